"""How often a text says what was asked, for ranking; columns are found by their names alone."""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"
LONGEST_TEXT = 60_000

TIMES = f"""
CREATE FUNCTION search_times(words text, wanted text[]) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(sum(least(9, (length($1) - length(replace($1, w, ''))) / length(w))), 0)::integer
    FROM unnest($2) AS w WHERE w <> ''
$$;

CREATE OR REPLACE FUNCTION search_enter(publication bigint) RETURNS void LANGUAGE sql VOLATILE {PATH} AS $$
    DELETE FROM public.search_searchentry WHERE publication_id = $1;
    INSERT INTO public.search_searchentry (publication_id, object_id, kind, published_at, title, number, text, files,
                                           facets, title_grams, grams)
    SELECT p.id, p.object_id, p.kind, p.first_published_at, f.title, replace(f.number, ' ', ''), f.text, f.files,
           public.search_facets(p, d) || public.search_places(p.id),
           CASE WHEN p.kind = 'column' THEN '' ELSE public.search_grams(f.title || ' ' || f.number) END,
           CASE WHEN p.kind = 'column' THEN ''
                ELSE public.search_grams(left(f.text || ' ' || f.files, {LONGEST_TEXT})) END
    FROM public.publication_publication p,
         LATERAL (SELECT convert_from(p.document, 'UTF8')::jsonb AS d) AS said,
         LATERAL (SELECT public.search_fold(p.title) AS title,
                         public.search_fold(coalesce(d #>> '{{policy,document_number}}', '')) AS number,
                         left(public.search_fold(public.search_words(d)), {LONGEST_TEXT}) AS text,
                         public.search_files(p.id) AS files) AS f
    WHERE p.id = $1 AND p.ended_at IS NULL AND p.kind <> 'home';
$$;

SELECT search_enter(publication_id) FROM search_searchentry WHERE kind = 'column';
"""

UNDO = "DROP FUNCTION search_times(text, text[]);"


class Migration(migrations.Migration):
    dependencies = [("search", "0003_hits")]

    operations = [migrations.RunSQL(TIMES, UNDO)]
