"""Search entries follow publications inside PostgreSQL, in the publishing transaction.

As with lists (publication 0005): every row is derived from the signed bytes by functions that run as their owner, so
the application cannot make the public find a word that nobody signed, and what is withdrawn is gone at its commit.
"""

from django.db import migrations

from search.folding import CAPITALS, LONGEST_RUN, RUN, SEPARATORS, SMALL

PATH = "SET search_path = pg_catalog, public, pg_temp"
LONGEST_TEXT = 60_000  # characters: a tsvector holds one megabyte

FOLDING = f"""
CREATE FUNCTION search_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE {PATH} AS $$
    SELECT btrim(regexp_replace(translate(normalize(words, NFKC), '{CAPITALS}', '{SMALL}'), '{SEPARATORS}', ' ', 'g'))
$$;

-- Single characters, pairs of neighbours, and Latin runs as wholes.
CREATE FUNCTION search_grams(folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE {PATH} AS $$
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT gram)), ''::tsvector) FROM (
        SELECT left(m[1], {LONGEST_RUN}) AS gram FROM regexp_matches($1, '{RUN}', 'g') AS m
        UNION ALL
        SELECT unnest(ARRAY[one, one || nullif(next, ' ')]) FROM (
            SELECT one, lead(one) OVER (ORDER BY place) AS next
            FROM string_to_table(regexp_replace($1, '{RUN}', ' ', 'g'), NULL) WITH ORDINALITY AS s (one, place)
        ) AS neighbours WHERE one <> ' '
    ) AS made WHERE gram IS NOT NULL
$$;

CREATE FUNCTION search_plain(html text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE {PATH} AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace($1,
        '</?(p|li|ul|ol|h[1-6]|br|hr|td|th|tr|table|div|blockquote)\\M[^>]*>', ' ', 'gi'),
        '<[^>]*>', '', 'g'), '&#?[0-9a-zA-Z]+;', ' ', 'g')
$$;

-- Every word of a document that a reader sees; addresses, digests and names of types are none.
CREATE FUNCTION search_words(d jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE {PATH} AS $$
    SELECT coalesce(string_agg(public.search_plain(word), ' '), '') FROM (
        SELECT value #>> '{{}}' AS word FROM unnest(ARRAY['$.title', '$.policy.**', '$.body.**', '$.attachments[*].title',
            '$.keywords.**', '$.unit.name', '$.unit.short', '$.source.name', '$.unit_face.**', '$.column_info.description',
            '$.guide.**', '$.topic.**', '$.leader.**']) WITH ORDINALITY AS wanted (path, place),
            LATERAL jsonb_path_query(d, (path || ' ? (@.type() == "string")')::jsonpath) AS value
        ORDER BY place
    ) AS said WHERE word !~ '^[a-z0-9_./:-]*$'
$$;
"""

ENTRIES = f"""
CREATE FUNCTION search_facets(p public.publication_publication, d jsonb) RETURNS text[] LANGUAGE sql STABLE {PATH} AS $$
    SELECT array_agg(DISTINCT facet) FROM (
        VALUES ('k:' || p.kind), ('u:' || (d #>> '{{unit,code}}')), ('s:' || p.site),
               ('l:' || coalesce(d ->> 'language', 'zh-hans')),
               ('y:' || extract(year FROM p.first_published_at AT TIME ZONE 'Asia/Shanghai')),
               ('b:' || (p.id >> 12)), ('v:' || nullif(d #>> '{{policy,validity}}', '')),
               ('t:' || nullif(d #>> '{{policy,subject}}', '')), ('i:' || nullif(d #>> '{{policy,issuer}}', ''))
    ) AS own (facet) WHERE facet IS NOT NULL
$$;

CREATE FUNCTION search_places(publication bigint) RETURNS text[] LANGUAGE sql STABLE {PATH} AS $$
    SELECT coalesce(array_agg('c:' || column_object_id), '{{}}') FROM public.publication_listing
    WHERE publication_id = $1
$$;

-- Words of the files that the publication releases, as far as they have been read.
CREATE FUNCTION search_files(publication bigint) RETURNS text LANGUAGE sql STABLE {PATH} AS $$
    SELECT coalesce(left(public.search_fold(string_agg(f.text, ' ' ORDER BY f.sha256)), {LONGEST_TEXT}), '')
    FROM public.search_filetext f WHERE f.sha256 IN (
        SELECT a.sha256 FROM public.publication_publicationasset a WHERE a.publication_id = $1)
$$;

CREATE FUNCTION search_enter(publication bigint) RETURNS void LANGUAGE sql VOLATILE {PATH} AS $$
    DELETE FROM public.search_searchentry WHERE publication_id = $1;
    INSERT INTO public.search_searchentry (publication_id, object_id, kind, published_at, title, number, text, files,
                                           facets, title_grams, grams)
    SELECT p.id, p.object_id, p.kind, p.first_published_at, f.title, replace(f.number, ' ', ''), f.text, f.files,
           public.search_facets(p, d) || public.search_places(p.id),
           public.search_grams(f.title || ' ' || f.number),
           public.search_grams(left(f.text || ' ' || f.files, {LONGEST_TEXT}))
    FROM public.publication_publication p,
         LATERAL (SELECT convert_from(p.document, 'UTF8')::jsonb AS d) AS said,
         LATERAL (SELECT public.search_fold(p.title) AS title,
                         public.search_fold(coalesce(d #>> '{{policy,document_number}}', '')) AS number,
                         left(public.search_fold(public.search_words(d)), {LONGEST_TEXT}) AS text,
                         public.search_files(p.id) AS files) AS f
    WHERE p.id = $1 AND p.ended_at IS NULL AND p.kind <> 'home';
$$;
"""

FOLLOW = f"""
CREATE FUNCTION search_opened() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    PERFORM public.search_enter(NEW.id);
    RETURN NULL;
END
$$;

CREATE FUNCTION search_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    DELETE FROM public.search_searchentry WHERE publication_id = NEW.id;
    RETURN NULL;
END
$$;

-- A column that moved takes its items along (Article 18): their places are written anew.
CREATE FUNCTION search_relisted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    UPDATE public.search_searchentry e
    SET facets = ARRAY(SELECT f FROM unnest(e.facets) AS f WHERE f NOT LIKE 'c:%')
                 || public.search_places(e.publication_id)
    WHERE e.publication_id IN (SELECT publication_id FROM changed);
    RETURN NULL;
END
$$;

CREATE FUNCTION search_file_read() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    PERFORM public.search_enter(a.publication_id) FROM (
        SELECT DISTINCT publication_id FROM public.publication_publicationasset WHERE sha256 = NEW.sha256) AS a;
    RETURN NULL;
END
$$;

-- The row once more from the signed bytes: for `search.entries.index`. It can say nothing else than they do.
CREATE FUNCTION search_refresh(publication bigint) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
    SELECT public.search_enter($1)
$$;

REVOKE EXECUTE ON FUNCTION search_enter(bigint), search_refresh(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_refresh(bigint) TO portal_app;

CREATE TRIGGER search_opened AFTER INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION search_opened();
CREATE TRIGGER search_closed AFTER UPDATE ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION search_closed();
CREATE TRIGGER search_relisted AFTER INSERT ON publication_listing REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION search_relisted();
CREATE TRIGGER search_file_read AFTER INSERT ON search_filetext
    FOR EACH ROW EXECUTE FUNCTION search_file_read();
"""

TABLES = """
ALTER TABLE search_searchentry ALTER COLUMN grams SET STATISTICS 0;
ALTER TABLE search_searchentry ALTER COLUMN title_grams SET STATISTICS 0;
ALTER TABLE search_searchentry ALTER COLUMN text SET STATISTICS 0;
ALTER TABLE search_searchentry ALTER COLUMN files SET STATISTICS 0;
SELECT search_enter(id) FROM publication_publication WHERE ended_at IS NULL;
"""

UNDO = """
DROP TRIGGER search_file_read ON search_filetext;
DROP TRIGGER search_relisted ON publication_listing;
DROP TRIGGER search_closed ON publication_publication;
DROP TRIGGER search_opened ON publication_publication;
DROP FUNCTION search_refresh(bigint);
DROP FUNCTION search_file_read();
DROP FUNCTION search_relisted();
DROP FUNCTION search_closed();
DROP FUNCTION search_opened();
DROP FUNCTION search_enter(bigint);
DROP FUNCTION search_files(bigint);
DROP FUNCTION search_places(bigint);
DROP FUNCTION search_facets(publication_publication, jsonb);
DROP FUNCTION search_words(jsonb);
DROP FUNCTION search_plain(text);
DROP FUNCTION search_grams(text);
DROP FUNCTION search_fold(text);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("publication", "0007_cards_follow")]

    operations = [migrations.RunSQL(FOLDING + ENTRIES + FOLLOW + TABLES, UNDO)]
