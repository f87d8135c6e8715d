"""A batch of older content (Article 25) becomes findable by the statement, after it was listed (publication 0009).

`search_enter` does the same for one as for many. OFFSET 0 keeps PostgreSQL from working a text out anew for every
place that names it.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"
LONGEST_TEXT = 60_000

ENTER = f"""
CREATE FUNCTION search_enter_many(publications bigint[]) RETURNS void LANGUAGE sql VOLATILE {PATH} AS $$
    DELETE FROM public.search_searchentry WHERE publication_id = ANY ($1);
    INSERT INTO public.search_searchentry (publication_id, object_id, kind, published_at, title, number, text, files,
                                           facets, title_grams, grams)
    SELECT p.id, p.object_id, p.kind, p.first_published_at, f.title, replace(f.number, ' ', ''), f.text, f.files,
           public.search_facets(p, d) || public.search_places(p.id),
           CASE WHEN p.kind = 'column' THEN '' ELSE public.search_grams(f.title || ' ' || f.number) END,
           CASE WHEN p.kind = 'column' THEN ''
                ELSE public.search_grams(left(f.text || ' ' || f.files, {LONGEST_TEXT})) END
    FROM public.publication_publication p,
         LATERAL (SELECT convert_from(p.document, 'UTF8')::jsonb AS d OFFSET 0) AS said,
         LATERAL (SELECT public.search_fold(p.title) AS title,
                         public.search_fold(coalesce(d #>> '{{policy,document_number}}', '')) AS number,
                         left(public.search_fold(public.search_words(d)), {LONGEST_TEXT}) AS text,
                         public.search_files(p.id) AS files OFFSET 0) AS f
    WHERE p.id = ANY ($1) AND p.ended_at IS NULL AND p.kind <> 'home' ORDER BY p.id;
$$;
REVOKE EXECUTE ON FUNCTION search_enter_many(bigint[]) FROM PUBLIC;

CREATE OR REPLACE FUNCTION search_enter(publication bigint) RETURNS void LANGUAGE sql VOLATILE {PATH} AS $$
    SELECT public.search_enter_many(ARRAY[$1])
$$;

CREATE FUNCTION search_batch_opened() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
DECLARE
    items bigint[] := ARRAY(SELECT id FROM born WHERE public.publication_enters_as_many(legacy, kind));
BEGIN
    IF items <> '{{}}' THEN
        PERFORM public.search_enter_many(items);
    END IF;
    RETURN NULL;
END
$$;

-- After publication_batch_opened, by name: the places are listed by then.
CREATE TRIGGER search_batch_opened AFTER INSERT ON publication_publication REFERENCING NEW TABLE AS born
    FOR EACH STATEMENT EXECUTE FUNCTION search_batch_opened();
DROP TRIGGER search_opened ON publication_publication;
CREATE TRIGGER search_opened AFTER INSERT ON publication_publication FOR EACH ROW
    WHEN (NOT publication_enters_as_many(NEW.legacy, NEW.kind)) EXECUTE FUNCTION search_opened();
"""

AS_BEFORE = """
DROP TRIGGER search_opened ON publication_publication;
CREATE TRIGGER search_opened AFTER INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION search_opened();
DROP TRIGGER search_batch_opened ON publication_publication;
DROP FUNCTION search_batch_opened();
-- search_enter stays as it is: it says the same as before, by way of search_enter_many.
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0005_pinned"), ("publication", "0009_batches")]

    operations = [migrations.RunSQL(ENTER, AS_BEFORE)]
