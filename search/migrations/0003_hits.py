"""How hits are fetched, and how questions are counted.

Newest first, in widening windows: the last 8,192 publications, the last 65,536, all. A common word has its thousand
hits in a small window; a rare one has few hits in all. So no query sorts more than a bounded number of rows, and the
planner is told so (pinned plan): an estimate can never send it along a date index (performance.md).
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

HITS = f"""
-- One of the alternatives of every clause stands in the text: grams alone would also find scattered pairs.
CREATE FUNCTION search_holds(words text, clauses text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT NOT EXISTS (SELECT 1 FROM unnest($2) AS c WHERE NOT EXISTS (
        SELECT 1 FROM unnest(string_to_array(c, '|')) AS w WHERE strpos($1, w) > 0))
$$;

CREATE FUNCTION search_hits(query tsquery, clauses text[], wanted text[], in_title boolean, most integer)
RETURNS SETOF bigint LANGUAGE plpgsql STABLE {PATH}
SET enable_seqscan = off SET enable_indexscan = off SET work_mem = '64MB' SET jit = off AS $$
DECLARE
    newest bigint := (SELECT max(publication_id) >> 12 FROM public.search_searchentry);
    width integer;
    ids bigint[];
    statement text := format(
        'SELECT publication_id, published_at FROM public.search_searchentry WHERE %I @@ $1',
        CASE WHEN in_title THEN 'title_grams' ELSE 'grams' END);
BEGIN
    IF cardinality(wanted) > 0 THEN
        statement := statement || ' AND facets @> $2';
    END IF;
    FOREACH width IN ARRAY ARRAY[2, 16, 0] LOOP
        CONTINUE WHEN width > 0 AND newest < width * 2;
        EXECUTE 'SELECT array_agg(publication_id ORDER BY published_at DESC, publication_id DESC) FROM ('
            || 'SELECT h.publication_id, h.published_at FROM (' || statement
            || CASE WHEN width > 0 THEN ' AND facets && $3' ELSE '' END
            || ' ORDER BY published_at DESC, publication_id DESC OFFSET 0) AS h'
            || CASE WHEN cardinality(clauses) > 0 THEN ' WHERE (SELECT public.search_holds('
                 || CASE WHEN in_title THEN 'e.title || '' '' || e.number' ELSE 'e.text || '' '' || e.files' END
                 || ', $4) FROM public.search_searchentry e WHERE e.publication_id = h.publication_id)' ELSE '' END
            || ' LIMIT $5) AS found'
        INTO ids USING query, wanted,
            ARRAY(SELECT 'b:' || n FROM generate_series(newest - width + 1, newest) AS n), clauses, most;
        EXIT WHEN cardinality(ids) >= most;
    END LOOP;
    RETURN QUERY SELECT unnest(ids);
END
$$;
"""

NOTE = f"""
-- What was asked, counted by day. Long numbers (telephones, identity cards) and addresses of mail are not kept.
CREATE FUNCTION search_note(term text, found integer) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER {PATH} AS $$
    INSERT INTO public.search_askedterm AS a (id, day, term, times, found)
    SELECT gen_random_uuid(), (now() AT TIME ZONE 'Asia/Shanghai')::date, masked, 1, greatest(found, 0)
    FROM (SELECT left(regexp_replace(regexp_replace(search_note.term, '\\S*@\\S*', '*', 'g'),
                                     '[0-9][0-9xX -]{{5,}}[0-9xX]', '*', 'g'), 40) AS masked) AS m
    WHERE btrim(masked, '* ') <> ''
    ON CONFLICT (day, term) DO UPDATE SET times = a.times + 1, found = excluded.found
$$;

REVOKE EXECUTE ON FUNCTION search_note(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_note(text, integer) TO portal_app, portal_public;
"""

UNDO = """
DROP FUNCTION search_note(text, integer);
DROP FUNCTION search_hits(tsquery, text[], text[], boolean, integer);
DROP FUNCTION search_holds(text, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_follow")]

    operations = [migrations.RunSQL(HITS + NOTE, UNDO)]
