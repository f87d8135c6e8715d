"""Handing in, as PostgreSQL keeps it: bytes, address, route and steps are fixed at birth and for good.

Every function pins its `search_path` (an unpinned one was bypassed with a temporary table, publish-paths.md). A
refusal is a check violation whose constraint name carries a code; `publication/refused.py` has the sentence for it.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

COMMON = f"""
CREATE FUNCTION publication_refuse(code text, why text) RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = 'publication_' || code;
END
$$;

-- The server's time, whatever was asked for; another time than about now is refused aloud.
CREATE FUNCTION publication_server_time(given timestamptz) RETURNS timestamptz LANGUAGE plpgsql VOLATILE {PATH} AS $$
BEGIN
    IF given IS NULL OR abs(extract(epoch FROM given - clock_timestamp())) > 60 THEN
        PERFORM public.publication_refuse('time', 'only the server''s time counts');
    END IF;
    RETURN clock_timestamp();
END
$$;

-- One at a time for each submission; an advisory lock, because nobody holds the right to update these tables.
CREATE FUNCTION publication_lock(submission uuid) RETURNS void LANGUAGE plpgsql VOLATILE {PATH} AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('submission ' || submission::text, 20171025));
END
$$;

CREATE FUNCTION publication_permanent() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    PERFORM public.publication_refuse('permanent', TG_TABLE_NAME || ' is kept for ever: ' || TG_OP || ' is refused');
    RETURN NULL;
END
$$;

-- The office whose step it is: the source unit, or the one open office of that kind.
CREATE FUNCTION publication_office(whose text, source_unit bigint) RETURNS bigint LANGUAGE sql STABLE {PATH} AS $$
    SELECT CASE WHEN $1 = 'source' THEN $2
           ELSE (SELECT u.id FROM public.organisation_unit u WHERE u.closed_on IS NULL
                 AND u.kind = CASE $1 WHEN 'gov' THEN 'gov_office' WHEN 'egov' THEN 'egov_office' END) END
$$;
"""

SUBMISSION = f"""
-- Which route a kind of document may take; the choice among the routes of Article 14 is the rules' in Python.
CREATE FUNCTION publication_route_fits(kind text, route text, in_batch boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE {PATH} AS $$
    SELECT CASE
        WHEN $1 = 'batch' THEN NOT $3 AND $2 IN ('import', 'columns')
        WHEN $3 THEN $2 IN ('import', 'columns')
        WHEN $1 IN ('column', 'home') THEN $2 = 'columns'
        WHEN $1 = 'unit' THEN $2 <> 'import'
        ELSE $2 NOT IN ('import', 'columns') END
$$;

CREATE FUNCTION publication_submission_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    said jsonb := convert_from(NEW.document, 'UTF8')::jsonb;
    its_kind text := said ->> 'kind';
    its_batch public.publication_submission;
BEGIN
    NEW.created_at := public.publication_server_time(NEW.created_at);
    IF its_kind IS NULL OR said ->> 'object' IS DISTINCT FROM NEW.object_id::text
       OR said ->> 'site' IS DISTINCT FROM NEW.site THEN
        PERFORM public.publication_refuse('document', 'the document does not describe this submission');
    END IF;
    IF (said -> 'unit' ->> 'code') IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM public.organisation_unit u WHERE u.id = NEW.unit_id AND u.code = said -> 'unit' ->> 'code') THEN
        PERFORM public.publication_refuse('document', 'the document names another unit');
    END IF;
    IF NEW.route_version IS DISTINCT FROM (SELECT max(d.version) FROM public.publication_routedefinition d
                                           WHERE d.route = NEW.route AND d.variant = NEW.variant)
       OR NOT public.publication_route_fits(its_kind, NEW.route, NEW.batch_id IS NOT NULL) THEN
        PERFORM public.publication_refuse('route', 'no such route for this kind of document');
    END IF;
    IF its_kind = 'batch' THEN
        RETURN NEW;
    END IF;
    IF said ->> 'path' IS DISTINCT FROM NEW.path OR NOT EXISTS (
        SELECT 1 FROM public.publication_allottedpath a
        WHERE a.object_id = NEW.object_id AND a.site = NEW.site AND a.path = NEW.path) THEN
        PERFORM public.publication_refuse('allotted_path', 'the address is not the one allotted to the item');
    END IF;
    IF NEW.batch_id IS NOT NULL THEN
        SELECT * INTO its_batch FROM public.publication_submission b WHERE b.id = NEW.batch_id;
        IF its_batch.route <> NEW.route OR NEW.publish_at IS NOT NULL OR NEW.bundle_id IS NOT NULL
           OR NOT EXISTS (SELECT 1 FROM public.publication_batchitem i WHERE i.batch_id = NEW.batch_id
                          AND i.digest = encode(sha256(NEW.document), 'hex')) THEN
            PERFORM public.publication_refuse('batch', 'the batch does not list this content');
        END IF;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('object ' || NEW.object_id::text, 20171025));
    IF EXISTS (
        SELECT 1 FROM public.publication_submission s WHERE s.object_id = NEW.object_id
        AND NOT EXISTS (SELECT 1 FROM public.publication_submissionend e WHERE e.submission_id = s.id)
        AND NOT EXISTS (SELECT 1 FROM public.publication_publication p WHERE p.submission_id = s.id)) THEN
        PERFORM public.publication_refuse('already_open', 'the item waits under another submission');
    END IF;
    RETURN NEW;
END
$$;

-- SECURITY DEFINER: nobody else may write the list of a batch.
CREATE FUNCTION publication_batch_listed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    INSERT INTO public.publication_batchitem (batch_id, digest)
    SELECT DISTINCT NEW.id, item
    FROM jsonb_array_elements_text(convert_from(NEW.document, 'UTF8')::jsonb -> 'items') AS item;
    RETURN NULL;
END
$$;

CREATE TRIGGER submission_born BEFORE INSERT ON publication_submission
    FOR EACH ROW EXECUTE FUNCTION publication_submission_born();
CREATE TRIGGER submission_batch AFTER INSERT ON publication_submission
    FOR EACH ROW WHEN (NEW.route IN ('import', 'columns') AND NEW.batch_id IS NULL
                       AND publication_said(NEW.document, 'kind') = 'batch')
    EXECUTE FUNCTION publication_batch_listed();
"""

STEP = f"""
CREATE FUNCTION publication_step_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    s public.publication_submission;
    d public.publication_routedefinition;
BEGIN
    PERFORM public.publication_lock(NEW.submission_id);
    SELECT * INTO s FROM public.publication_submission WHERE id = NEW.submission_id;
    SELECT * INTO d FROM public.publication_routedefinition r WHERE r.route = s.route AND r.variant = s.variant
        AND r.version = s.route_version AND r.position = NEW.position;
    IF s.batch_id IS NOT NULL OR d.id IS NULL
       OR (NEW.opinion, NEW.task, NEW.posts, NEW.clause) IS DISTINCT FROM (d.opinion, d.task, d.posts, d.clause)
       OR NEW.unit_id IS DISTINCT FROM public.publication_office(d.whose, s.unit_id) THEN
        PERFORM public.publication_refuse('definition', 'the step is not the one its route defines');
    END IF;
    IF EXISTS (SELECT 1 FROM public.publication_signoff o WHERE o.submission_id = NEW.submission_id) THEN
        PERFORM public.publication_refuse('frozen', 'the route is frozen');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER step_born BEFORE INSERT ON publication_frozenstep
    FOR EACH ROW EXECUTE FUNCTION publication_step_born();
"""

ENDED = f"""
CREATE FUNCTION publication_end_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    PERFORM public.publication_lock(NEW.submission_id);
    NEW.at := public.publication_server_time(NEW.at);
    IF EXISTS (SELECT 1 FROM public.publication_publication p JOIN public.publication_submission s
               ON s.id = p.submission_id WHERE NEW.submission_id IN (s.id, s.batch_id)) THEN
        PERFORM public.publication_refuse('published', 'what is public ends by being taken down');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER end_born BEFORE INSERT ON publication_submissionend
    FOR EACH ROW EXECUTE FUNCTION publication_end_born();
"""

PERMANENT_TABLES = (
    "submission",
    "submissionend",
    "batchitem",
    "routedefinition",
    "frozenstep",
    "signoff",
    "allottedpath",
    "storedfile",
)
PERMANENT = "\n".join(
    f"CREATE TRIGGER {table}_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_{table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION publication_permanent();"
    for table in PERMANENT_TABLES
)

UNDO = (
    "".join(f"DROP TRIGGER {table}_permanent ON publication_{table};" for table in PERMANENT_TABLES)
    + """
DROP TRIGGER end_born ON publication_submissionend;
DROP TRIGGER step_born ON publication_frozenstep;
DROP TRIGGER submission_batch ON publication_submission;
DROP TRIGGER submission_born ON publication_submission;
DROP FUNCTION publication_end_born();
DROP FUNCTION publication_step_born();
DROP FUNCTION publication_batch_listed();
DROP FUNCTION publication_submission_born();
DROP FUNCTION publication_route_fits(text, text, boolean);
DROP FUNCTION publication_office(text, bigint);
DROP FUNCTION publication_permanent();
DROP FUNCTION publication_lock(uuid);
DROP FUNCTION publication_server_time(timestamptz);
DROP FUNCTION publication_refuse(text, text);
"""
)


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial"), ("organisation", "0002_rules")]

    operations = [
        migrations.RunSQL(COMMON + SUBMISSION + STEP + ENDED + PERMANENT, UNDO),
    ]
