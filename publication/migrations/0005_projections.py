"""Lists, counters, files and tombstones follow publications inside PostgreSQL; the public role's row security.

The application role has no right to write these tables: the trigger functions below run as their owner (SECURITY
DEFINER) and derive every row from the signed bytes. Their helpers may be called by the owner only.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

LISTING = f"""
-- The column and every open column above it; a loop, should the owner make one, ends by itself.
CREATE FUNCTION publication_ancestors(place uuid) RETURNS SETOF uuid LANGUAGE sql STABLE {PATH} AS $$
    WITH RECURSIVE up (id) AS (
        SELECT $1 WHERE $1 IS NOT NULL
        UNION
        SELECT p.parent FROM up JOIN public.publication_publication p ON p.object_id = up.id
        WHERE p.ended_at IS NULL AND p.parent IS NOT NULL)
    SELECT id FROM up
$$;

-- What lists show of a publication: one row for each column above it, and for its unit's subsite.
CREATE FUNCTION publication_places(publication bigint) RETURNS SETOF uuid LANGUAGE sql STABLE {PATH} AS $$
    SELECT public.publication_ancestors(p."column") FROM public.publication_publication p
    WHERE p.id = $1 AND p.kind NOT IN ('column', 'home', 'unit')
    UNION
    SELECT public.publication_ancestors(p.section) FROM public.publication_publication p
    WHERE p.id = $1 AND p.kind NOT IN ('column', 'home', 'unit')
$$;

CREATE FUNCTION publication_list(publication bigint) RETURNS void LANGUAGE sql VOLATILE {PATH} AS $$
    INSERT INTO public.publication_listing
        (column_object_id, publication_id, object_id, published_at, kind, unit_id, site, path, title, date, legacy)
    SELECT place, p.id, p.object_id, p.first_published_at, p.kind, p.unit_id, p.site, p.path, p.title,
           (p.first_published_at AT TIME ZONE 'Asia/Shanghai')::date, p.legacy
    FROM public.publication_publication p, public.publication_places(p.id) AS place
    WHERE p.id = $1 AND p.ended_at IS NULL;
    INSERT INTO public.publication_columncounter AS c (column_object_id, total)
    SELECT l.column_object_id, 1 FROM public.publication_listing l WHERE l.publication_id = $1 ORDER BY 1
    ON CONFLICT (column_object_id) DO UPDATE SET total = c.total + 1;
$$;

CREATE FUNCTION publication_unlist(publication bigint) RETURNS void LANGUAGE sql VOLATILE {PATH} AS $$
    UPDATE public.publication_columncounter c SET total = c.total - 1
    FROM public.publication_listing l WHERE l.publication_id = $1 AND c.column_object_id = l.column_object_id;
    DELETE FROM public.publication_listing WHERE publication_id = $1;
$$;

-- A column that came to stand elsewhere takes along everything below it (Article 18).
CREATE FUNCTION publication_relist_below(place uuid) RETURNS void LANGUAGE plpgsql VOLATILE {PATH} AS $$
DECLARE
    item bigint;
BEGIN
    FOR item IN
        WITH RECURSIVE down (id) AS (
            SELECT place
            UNION
            SELECT p.object_id FROM down JOIN public.publication_publication p ON p.parent = down.id
            WHERE p.ended_at IS NULL)
        SELECT p.id FROM public.publication_publication p
        WHERE p.ended_at IS NULL AND p.kind NOT IN ('column', 'home', 'unit')
          AND (p."column" IN (SELECT id FROM down) OR p.section IN (SELECT id FROM down))
        ORDER BY p.id
    LOOP
        PERFORM public.publication_unlist(item);
        PERFORM public.publication_list(item);
    END LOOP;
END
$$;

REVOKE EXECUTE ON FUNCTION publication_list(bigint), publication_unlist(bigint), publication_relist_below(uuid)
    FROM PUBLIC;
"""

FOLLOW = f"""
CREATE FUNCTION publication_opened() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    DELETE FROM public.publication_tombstone WHERE site = NEW.site AND path = NEW.path;
    INSERT INTO public.publication_publicationasset (publication_id, sha256, name, content_type, size)
    SELECT DISTINCT ON (f ->> 'sha256', f ->> 'name')
           NEW.id, f ->> 'sha256', f ->> 'name', f ->> 'content_type', (f ->> 'size')::bigint
    FROM jsonb_array_elements(coalesce(convert_from(NEW.document, 'UTF8')::jsonb -> 'assets', '[]')) AS f;
    IF NEW.kind NOT IN ('column', 'home', 'unit') THEN
        PERFORM public.publication_list(NEW.id);
    ELSIF NEW.supersedes_id IS NULL OR NEW.parent IS DISTINCT FROM (
        SELECT p.parent FROM public.publication_publication p WHERE p.id = NEW.supersedes_id) THEN
        PERFORM public.publication_relist_below(NEW.object_id);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION publication_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    PERFORM public.publication_unlist(NEW.id);
    DELETE FROM public.publication_publicationasset WHERE publication_id = NEW.id;
    IF NEW.end_reason <> 'superseded' THEN
        INSERT INTO public.publication_tombstone (site, path, ended_at, reason)
        VALUES (NEW.site, NEW.path, NEW.ended_at, coalesce(nullif(NEW.end_note, ''), NEW.end_reason))
        ON CONFLICT (site, path) DO UPDATE SET ended_at = excluded.ended_at, reason = excluded.reason;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER publication_opened AFTER INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_opened();
CREATE TRIGGER publication_closed AFTER UPDATE ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_closed();
"""

# The public process sees what is public now; the application sees all, also what has ended.
ROW_SECURITY = """
ALTER TABLE publication_publication ENABLE ROW LEVEL SECURITY;
CREATE POLICY publication_app ON publication_publication TO portal_app USING (true) WITH CHECK (true);
CREATE POLICY publication_public ON publication_publication FOR SELECT TO portal_public USING (ended_at IS NULL);
"""

UNDO = """
DROP POLICY publication_public ON publication_publication;
DROP POLICY publication_app ON publication_publication;
ALTER TABLE publication_publication DISABLE ROW LEVEL SECURITY;
DROP TRIGGER publication_closed ON publication_publication;
DROP TRIGGER publication_opened ON publication_publication;
DROP FUNCTION publication_closed();
DROP FUNCTION publication_opened();
DROP FUNCTION publication_relist_below(uuid);
DROP FUNCTION publication_unlist(bigint);
DROP FUNCTION publication_list(bigint);
DROP FUNCTION publication_places(bigint);
DROP FUNCTION publication_ancestors(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0004_gate")]

    operations = [migrations.RunSQL(LISTING + FOLLOW + ROW_SECURITY, UNDO)]
