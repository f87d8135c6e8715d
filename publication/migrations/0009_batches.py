"""A batch of older content (Article 25) enters lists and counters by the statement, not by the row.

What the rows of 0005 and 0007 do for one publication, these statements do for all items of 存量 that one INSERT brings:
the same rows, from the same signed bytes, a counter written once instead of a thousand times.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

# Which rows of an INSERT are entered by the statement; the triggers for each row leave them alone.
MANY = f"""
CREATE FUNCTION publication_enters_as_many(legacy boolean, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE {PATH} AS $$
    SELECT $1 AND $2 NOT IN ('column', 'home', 'unit')
$$;
"""

BATCH = f"""
CREATE FUNCTION publication_batch_opened() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
DECLARE
    items bigint[] := ARRAY(SELECT id FROM born WHERE public.publication_enters_as_many(legacy, kind));
BEGIN
    IF items = '{{}}' THEN
        RETURN NULL;
    END IF;
    DELETE FROM public.publication_tombstone t USING born b
    WHERE b.id = ANY (items) AND (t.site, t.path) = (b.site, b.path);
    INSERT INTO public.publication_publicationasset (publication_id, sha256, name, content_type, size)
    SELECT DISTINCT ON (b.id, f ->> 'sha256', f ->> 'name')
           b.id, f ->> 'sha256', f ->> 'name', f ->> 'content_type', (f ->> 'size')::bigint
    FROM born b, jsonb_array_elements(coalesce(convert_from(b.document, 'UTF8')::jsonb -> 'assets', '[]')) AS f
    WHERE b.id = ANY (items);
    WITH origins AS (SELECT DISTINCT o AS origin FROM born b, unnest(ARRAY[b."column", b.section]) AS o
                     WHERE b.id = ANY (items) AND o IS NOT NULL),
         places AS MATERIALIZED (SELECT origin, place FROM origins, public.publication_ancestors(origin) AS place)
    INSERT INTO public.publication_listing
        (column_object_id, publication_id, object_id, published_at, kind, unit_id, site, path, title, date, legacy,
         card)
    SELECT l.place, b.id, b.object_id, b.first_published_at, b.kind, b.unit_id, b.site, b.path, b.title,
           (b.first_published_at AT TIME ZONE 'Asia/Shanghai')::date, b.legacy, c.card
    FROM born b,
         LATERAL (SELECT public.publication_card(convert_from(b.document, 'UTF8')::jsonb) AS card OFFSET 0) AS c,
         LATERAL (SELECT DISTINCT p.place FROM places p WHERE p.origin IN (b."column", b.section)) AS l
    WHERE b.id = ANY (items) ORDER BY b.id;
    INSERT INTO public.publication_columncounter AS c (column_object_id, total)
    SELECT l.column_object_id, count(*) FROM public.publication_listing l WHERE l.publication_id = ANY (items)
    GROUP BY 1 ORDER BY 1
    ON CONFLICT (column_object_id) DO UPDATE SET total = c.total + excluded.total;
    INSERT INTO public.publication_facetcounter AS f (column_object_id, unit_id, year, kind, total)
    SELECT l.column_object_id, l.unit_id, extract(year FROM l.date), l.kind, count(*)
    FROM public.publication_listing l WHERE l.publication_id = ANY (items) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (column_object_id, unit_id, year, kind) DO UPDATE SET total = f.total + excluded.total;
    PERFORM public.publication_enter_policy(b.id) FROM born b WHERE b.id = ANY (items) AND b.kind = 'policy';
    PERFORM public.publication_note_change(ARRAY['site']);
    RETURN NULL;
END
$$;

CREATE TRIGGER publication_batch_opened AFTER INSERT ON publication_publication REFERENCING NEW TABLE AS born
    FOR EACH STATEMENT EXECUTE FUNCTION publication_batch_opened();
"""

# The same functions as before, now only for what enters by itself.
BY_ITSELF = """
DROP TRIGGER publication_opened ON publication_publication;
DROP TRIGGER publication_cards_opened ON publication_publication;
DROP TRIGGER publication_seen_opened ON publication_publication;
CREATE TRIGGER publication_opened AFTER INSERT ON publication_publication FOR EACH ROW
    WHEN (NOT publication_enters_as_many(NEW.legacy, NEW.kind)) EXECUTE FUNCTION publication_opened();
CREATE TRIGGER publication_cards_opened AFTER INSERT ON publication_publication FOR EACH ROW
    WHEN (NOT publication_enters_as_many(NEW.legacy, NEW.kind)) EXECUTE FUNCTION publication_cards_opened();
CREATE TRIGGER publication_seen_opened AFTER INSERT ON publication_publication FOR EACH ROW
    WHEN (NOT publication_enters_as_many(NEW.legacy, NEW.kind)) EXECUTE FUNCTION publication_changed_on_net();
"""

AS_BEFORE = """
DROP TRIGGER publication_batch_opened ON publication_publication;
DROP FUNCTION publication_batch_opened();
DROP TRIGGER publication_opened ON publication_publication;
DROP TRIGGER publication_cards_opened ON publication_publication;
DROP TRIGGER publication_seen_opened ON publication_publication;
CREATE TRIGGER publication_opened AFTER INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_opened();
CREATE TRIGGER publication_cards_opened AFTER INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_cards_opened();
CREATE TRIGGER publication_seen_opened AFTER INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_changed_on_net();
DROP FUNCTION publication_enters_as_many(boolean, text);
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0008_changes")]

    operations = [migrations.RunSQL(MANY + BATCH + BY_ITSELF, AS_BEFORE)]
