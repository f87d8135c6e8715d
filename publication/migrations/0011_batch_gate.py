"""The items of a batch of older content (Article 25) are judged by the statement, not by the row.

What 0004 asks of each publication is asked here of all rows that one INSERT brings, in as many questions as there are
rules. Each row still proves for itself that it carries its submission's bytes; the moment it falls short of anything,
the whole INSERT is refused, as before.

Measured before: the plans of functions called for each row were made while the tables were small and read them whole
ever after (a batch cost its square); and a lock by advice for each item ran out of room at some ten thousand. So rows
are locked as rows, and these functions are told to use their indexes.
"""

from importlib import import_module

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"
PINNED = f"{PATH} SET enable_seqscan = off"


def function(migration: str, constant: str, name: str) -> str:
    """A function as an earlier migration wrote it, to put it back or to change one line of it."""
    written = getattr(import_module(f"publication.migrations.{migration}"), constant)
    start = written.index(f"CREATE FUNCTION {name}(")
    end = written.index("\n$$;", start) + len("\n$$;")
    return f"CREATE OR REPLACE {written[start:end].removeprefix('CREATE ')}\n"


SAID = f"""
-- The same answer from the text itself, without building the whole value first.
CREATE OR REPLACE FUNCTION publication_said(document bytea, key text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE {PATH} AS $$ SELECT convert_from(document, 'UTF8')::json ->> key $$;
"""
SAID_BEFORE = f"""
CREATE OR REPLACE FUNCTION publication_said(document bytea, key text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE {PATH} AS $$ SELECT convert_from(document, 'UTF8')::jsonb ->> key $$;
"""

SUBMITTED = function("0002_submissions", "SUBMISSION", "publication_submission_born")
BY_ADVICE = "PERFORM pg_advisory_xact_lock(hashtextextended('object ' || NEW.object_id::text, 20171025));"
BY_ROW = "PERFORM public.publication_hold_item(NEW.object_id);"

HOLD = f"""
-- One submission of an item at a time. Its address is a row that nobody else may lock.
CREATE FUNCTION publication_hold_item(item uuid) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER {PINNED} AS $$
BEGIN
    PERFORM 1 FROM public.publication_allottedpath WHERE object_id = item FOR NO KEY UPDATE;
END
$$;
REVOKE EXECUTE ON FUNCTION publication_hold_item(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION publication_hold_item(uuid) TO portal_app;

{SUBMITTED.replace(BY_ADVICE, BY_ROW).replace(PATH, PINNED)}
CREATE OR REPLACE FUNCTION publication_end_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    its_batch uuid := (SELECT batch_id FROM public.publication_submission WHERE id = NEW.submission_id);
BEGIN
    PERFORM public.publication_lock(NEW.submission_id);
    IF its_batch IS NOT NULL THEN
        PERFORM public.publication_lock(its_batch);
    END IF;
    NEW.at := public.publication_server_time(NEW.at);
    IF EXISTS (SELECT 1 FROM public.publication_publication p JOIN public.publication_submission s
               ON s.id = p.submission_id WHERE NEW.submission_id IN (s.id, s.batch_id)) THEN
        PERFORM public.publication_refuse('published', 'what is public ends by being taken down');
    END IF;
    RETURN NEW;
END
$$;
"""

BORN = f"""
-- An item of older content that was not public before takes the way of the many; any other goes on as in 0004.
CREATE FUNCTION publication_member_born(p public.publication_publication, s public.publication_submission,
                                        OUT born public.publication_publication)
LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    earlier public.publication_publication;
BEGIN
    SELECT * INTO earlier FROM public.publication_publication e
        WHERE e.object_id = p.object_id ORDER BY e.id DESC LIMIT 1;
    PERFORM public.publication_check_again(p, earlier);
    born := p;
    born.supersedes_id := earlier.id;
    born.first_published_at := CASE WHEN earlier.end_reason IN ('superseded', 'taken_down')
                                    THEN earlier.first_published_at ELSE p.published_at END;
    born.expire_at := s.expire_at;
    born.legacy := true;
END
$$;

CREATE OR REPLACE FUNCTION publication_publication_born() RETURNS trigger LANGUAGE plpgsql {PINNED} AS $$
DECLARE
    s public.publication_submission;
    earlier public.publication_publication;
    said jsonb;
BEGIN
    SELECT * INTO s FROM public.publication_submission WHERE id = NEW.submission_id;
    -- Its row never changes; a member of a batch is locked with its batch.
    PERFORM public.publication_lock(CASE WHEN s.route = 'import' THEN coalesce(s.batch_id, s.id) ELSE NEW.submission_id END);
    NEW.published_at := public.publication_server_time(NEW.published_at);
    IF NEW.document IS DISTINCT FROM s.document
       OR (NEW.object_id, NEW.site, NEW.path, NEW.unit_id) IS DISTINCT FROM (s.object_id, s.site, s.path, s.unit_id) THEN
        PERFORM public.publication_refuse('digest', 'these are not the signed bytes');
    END IF;
    IF NEW.ended_at IS NOT NULL OR NEW.end_reason <> '' OR NEW.end_note <> '' THEN
        PERFORM public.publication_refuse('permanent', 'a publication is born open');
    END IF;
    IF s.batch_id IS NOT NULL AND s.route = 'import' THEN
        RETURN public.publication_member_born(NEW, s);
    END IF;
    said := convert_from(NEW.document, 'UTF8')::jsonb;
    IF said ->> 'kind' = 'batch' THEN
        PERFORM public.publication_refuse('batch', 'a batch itself is not public');
    END IF;
    PERFORM public.publication_check_ready(s);
    SELECT * INTO earlier FROM public.publication_publication e
        WHERE e.object_id = NEW.object_id ORDER BY e.id DESC LIMIT 1;
    PERFORM public.publication_check_again(NEW, earlier);
    PERFORM public.publication_check_place(said);
    NEW.supersedes_id := earlier.id;
    NEW.first_published_at := CASE WHEN earlier.end_reason IN ('superseded', 'taken_down')
                                   THEN earlier.first_published_at ELSE NEW.published_at END;
    NEW.expire_at := s.expire_at;
    NEW.legacy := false;
    RETURN NEW;
END
$$;
"""

JUDGED = f"""
-- Every rule of publication_check_ready and publication_check_place, for all items of older content at once.
CREATE FUNCTION publication_batch_judged() RETURNS trigger LANGUAGE plpgsql {PINNED}
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    items uuid[] := ARRAY(SELECT submission_id FROM born WHERE legacy);
    its_batch uuid;
    place uuid;
BEGIN
    IF items = '{{}}' THEN
        RETURN NULL;
    END IF;
    FOR its_batch IN SELECT DISTINCT batch_id FROM public.publication_submission WHERE id = ANY (items) LOOP
        IF public.publication_over(its_batch) THEN
            PERFORM public.publication_refuse('ended', 'the submission has ended');
        END IF;
        IF NOT public.publication_complete(its_batch) THEN
            PERFORM public.publication_refuse('unsigned', 'not every step is signed');
        END IF;
    END LOOP;
    IF EXISTS (SELECT 1 FROM public.publication_submissionend WHERE submission_id = ANY (items))
       OR EXISTS (SELECT 1 FROM public.publication_signoff WHERE submission_id = ANY (items)) THEN
        PERFORM public.publication_refuse('ended', 'the submission has ended');
    END IF;
    IF EXISTS (SELECT 1 FROM public.publication_submission s WHERE s.id = ANY (items) AND NOT EXISTS (
        SELECT 1 FROM public.publication_batchitem i WHERE i.batch_id = s.batch_id AND i.digest = s.digest)) THEN
        PERFORM public.publication_refuse('batch', 'the batch does not list this content');
    END IF;
    IF EXISTS (SELECT 1 FROM public.publication_submission s WHERE s.id = ANY (items)
               AND (s.publish_at IS NOT NULL OR s.bundle_id IS NOT NULL)) THEN
        PERFORM public.publication_refuse('not_due', 'older content waits for nothing');
    END IF;
    IF EXISTS (SELECT 1 FROM born WHERE legacy AND expire_at <= clock_timestamp()) THEN
        PERFORM public.publication_refuse('expired', 'the time of the item is over');
    END IF;
    FOR place IN SELECT DISTINCT coalesce("column", CASE WHEN kind = 'column' THEN parent END) FROM born
                 WHERE legacy LOOP
        CONTINUE WHEN place IS NULL;
        PERFORM public.publication_check_place(jsonb_build_object('column', place));
    END LOOP;
    RETURN NULL;
END
$$;

-- Before publication_batch_opened, by name: nothing is listed that was not judged.
CREATE TRIGGER publication_batch_judged AFTER INSERT ON publication_publication REFERENCING NEW TABLE AS born
    FOR EACH STATEMENT EXECUTE FUNCTION publication_batch_judged();

ALTER FUNCTION publication_check_place(jsonb) SET enable_seqscan = off;
ALTER FUNCTION publication_enter_policy(bigint) SET enable_seqscan = off;
ALTER FUNCTION publication_list(bigint) SET enable_seqscan = off;
ALTER FUNCTION publication_unlist(bigint) SET enable_seqscan = off;
"""


AS_BEFORE = (
    """
DROP TRIGGER publication_batch_judged ON publication_publication;
DROP FUNCTION publication_batch_judged();
"""
    + SUBMITTED
    + function("0002_submissions", "ENDED", "publication_end_born")
    + function("0004_gate", "BORN", "publication_publication_born")
    + """
DROP FUNCTION publication_member_born(publication_publication, publication_submission);
DROP FUNCTION publication_hold_item(uuid);
ALTER FUNCTION publication_check_place(jsonb) RESET enable_seqscan;
ALTER FUNCTION publication_enter_policy(bigint) RESET enable_seqscan;
ALTER FUNCTION publication_list(bigint) RESET enable_seqscan;
ALTER FUNCTION publication_unlist(bigint) RESET enable_seqscan;
"""
)


class Migration(migrations.Migration):
    dependencies = [("publication", "0010_bundles")]

    operations = [
        migrations.RunSQL(SAID, SAID_BEFORE),
        migrations.RunSQL(HOLD + BORN + JUDGED, AS_BEFORE),
    ]
