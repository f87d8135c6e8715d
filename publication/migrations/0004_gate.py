"""The gate: only fully signed bytes become public, and a publication only ever closes (Article 14)."""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

RELEASE = f"""
-- Which objects go live together: the list in the document, else everything handed in under the bundle.
CREATE FUNCTION publication_bundle_objects(bundle uuid) RETURNS SETOF uuid LANGUAGE sql STABLE {PATH} AS $$
    SELECT s.object_id FROM public.publication_submission s WHERE s.bundle_id = $1
    UNION
    SELECT o::uuid FROM public.publication_submission s,
        jsonb_array_elements_text(convert_from(s.document, 'UTF8')::jsonb -> 'bundle') AS o
    WHERE s.bundle_id = $1 AND NOT EXISTS (SELECT 1 FROM public.publication_submissionend e
                                           WHERE e.submission_id = s.id)
$$;

-- Every object of the bundle has an approved submission that is due and was not withdrawn.
CREATE FUNCTION publication_bundle_ready(bundle uuid) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT NOT EXISTS (
        SELECT 1 FROM public.publication_bundle_objects($1) AS o
        WHERE NOT EXISTS (
            SELECT 1 FROM public.publication_submission s
            JOIN public.publication_release r ON r.submission_id = s.id
            WHERE s.object_id = o AND s.bundle_id = $1 AND (r.due_at IS NULL OR r.due_at <= clock_timestamp())
              AND NOT EXISTS (SELECT 1 FROM public.publication_submissionend e WHERE e.submission_id = s.id)))
$$;

CREATE FUNCTION publication_release_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    s public.publication_submission;
BEGIN
    PERFORM public.publication_lock(NEW.submission_id);
    NEW.created_at := public.publication_server_time(NEW.created_at);
    SELECT * INTO s FROM public.publication_submission WHERE id = NEW.submission_id;
    IF public.publication_over(NEW.submission_id) THEN
        PERFORM public.publication_refuse('ended', 'the submission has ended');
    END IF;
    IF s.batch_id IS NOT NULL OR NOT public.publication_complete(NEW.submission_id) THEN
        PERFORM public.publication_refuse('unsigned', 'not every step is signed');
    END IF;
    IF (NEW.due_at, NEW.bundle_id) IS DISTINCT FROM (s.publish_at, s.bundle_id) OR NEW.done_at IS NOT NULL
       OR (NEW.due_at IS NULL AND NEW.bundle_id IS NULL) THEN
        PERFORM public.publication_refuse('not_due', 'the release waits for what was signed, nothing else');
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION publication_release_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (NEW.id, NEW.submission_id, NEW.due_at, NEW.bundle_id, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.submission_id, OLD.due_at, OLD.bundle_id, OLD.created_at)
       OR OLD.done_at IS NOT NULL OR NEW.done_at IS NULL OR NOT EXISTS (
        SELECT 1 FROM public.publication_publication p WHERE p.submission_id = NEW.submission_id) THEN
        PERFORM public.publication_refuse('permanent', 'a release is only ever done');
    END IF;
    NEW.done_at := clock_timestamp();
    RETURN NEW;
END
$$;
"""

BORN = f"""
-- Signed by itself or by its batch, not ended, due: everything that must be true of the submission.
CREATE FUNCTION publication_check_ready(s public.publication_submission) RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF public.publication_over(s.id) OR (s.batch_id IS NOT NULL AND public.publication_over(s.batch_id)) THEN
        PERFORM public.publication_refuse('ended', 'the submission has ended');
    END IF;
    IF NOT public.publication_complete(coalesce(s.batch_id, s.id)) THEN
        PERFORM public.publication_refuse('unsigned', 'not every step is signed');
    END IF;
    IF s.batch_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM public.publication_batchitem i
                                              WHERE i.batch_id = s.batch_id AND i.digest = s.digest) THEN
        PERFORM public.publication_refuse('batch', 'the batch does not list this content');
    END IF;
    IF s.publish_at > clock_timestamp() THEN
        PERFORM public.publication_refuse('not_due', 'the time of publication has not come');
    END IF;
    IF s.bundle_id IS NOT NULL AND NOT public.publication_bundle_ready(s.bundle_id) THEN
        PERFORM public.publication_refuse('bundle', 'the bundle is not ready');
    END IF;
    IF s.expire_at <= clock_timestamp() THEN
        PERFORM public.publication_refuse('expired', 'the time of the item is over');
    END IF;
END
$$;

-- The same submission again only to restore what was taken down; anything else needs new signatures.
CREATE FUNCTION publication_check_again(p public.publication_publication, earlier public.publication_publication)
RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF earlier.id IS NOT NULL AND earlier.ended_at IS NULL THEN
        PERFORM public.publication_refuse('not_closed', 'the item is public already');
    END IF;
    IF p.restores_id IS NULL THEN
        IF EXISTS (SELECT 1 FROM public.publication_publication e WHERE e.submission_id = p.submission_id) THEN
            PERFORM public.publication_refuse('unsigned', 'these signatures have been used');
        END IF;
    ELSIF NOT EXISTS (SELECT 1 FROM public.publication_takedown t WHERE t.id = p.restores_id
                      AND t.publication_id = earlier.id AND t.decision = 'restored')
          OR earlier.submission_id IS DISTINCT FROM p.submission_id THEN
        PERFORM public.publication_refuse('take_down', 'there is no decision to restore this');
    END IF;
END
$$;

-- What stands in a column needs that column to be public; the lock keeps it so until the commit.
CREATE FUNCTION publication_check_place(said jsonb) RETURNS void LANGUAGE plpgsql {PATH} AS $$
DECLARE
    place uuid := coalesce(said ->> 'column', CASE WHEN said ->> 'kind' = 'column' THEN said ->> 'parent' END)::uuid;
BEGIN
    IF place IS NULL THEN
        RETURN;
    END IF;
    PERFORM 1 FROM public.publication_publication c WHERE c.object_id = place AND c.ended_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        PERFORM public.publication_refuse('column_closed', 'the column is not public');
    END IF;
END
$$;

CREATE FUNCTION publication_publication_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    s public.publication_submission;
    earlier public.publication_publication;
    said jsonb;
BEGIN
    PERFORM public.publication_lock(NEW.submission_id);
    NEW.published_at := public.publication_server_time(NEW.published_at);
    SELECT * INTO s FROM public.publication_submission WHERE id = NEW.submission_id;
    IF NEW.document IS DISTINCT FROM s.document
       OR (NEW.object_id, NEW.site, NEW.path, NEW.unit_id) IS DISTINCT FROM (s.object_id, s.site, s.path, s.unit_id) THEN
        PERFORM public.publication_refuse('digest', 'these are not the signed bytes');
    END IF;
    IF NEW.ended_at IS NOT NULL OR NEW.end_reason <> '' OR NEW.end_note <> '' THEN
        PERFORM public.publication_refuse('permanent', 'a publication is born open');
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
    NEW.legacy := s.batch_id IS NOT NULL AND s.route = 'import';
    RETURN NEW;
END
$$;
"""

CLOSED = f"""
CREATE FUNCTION publication_check_closing(p public.publication_publication) RETURNS void
LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF p.end_reason = 'superseded' THEN
        IF NOT EXISTS (SELECT 1 FROM public.publication_submission s WHERE s.object_id = p.object_id
                       AND s.id <> p.submission_id AND NOT public.publication_over(s.id)
                       AND public.publication_complete(coalesce(s.batch_id, s.id)) AND NOT EXISTS (
                           SELECT 1 FROM public.publication_publication e WHERE e.submission_id = s.id)) THEN
            PERFORM public.publication_refuse('unsigned', 'there is no approved correction');
        END IF;
        RETURN;
    END IF;
    IF p.end_reason = 'taken_down' AND NOT EXISTS (SELECT 1 FROM public.publication_takedown t
                                                   WHERE t.publication_id = p.id AND t.decision = '') THEN
        PERFORM public.publication_refuse('take_down', 'nobody took it down');
    END IF;
    IF p.end_reason = 'expired' AND (p.expire_at IS NULL OR p.expire_at > clock_timestamp()) THEN
        PERFORM public.publication_refuse('not_due', 'its time is not over');
    END IF;
    IF EXISTS (SELECT 1 FROM public.publication_publication c WHERE c.ended_at IS NULL
               AND p.object_id IN (c."column", c.parent, c.section)) THEN
        PERFORM public.publication_refuse('children_open', 'something public stands below it');
    END IF;
END
$$;

CREATE FUNCTION publication_publication_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (NEW.id, NEW.submission_id, NEW.object_id, NEW.site, NEW.path, NEW.unit_id, NEW.document, NEW.published_at,
        NEW.first_published_at, NEW.expire_at, NEW.supersedes_id, NEW.restores_id, NEW.legacy)
       IS DISTINCT FROM (OLD.id, OLD.submission_id, OLD.object_id, OLD.site, OLD.path, OLD.unit_id, OLD.document,
        OLD.published_at, OLD.first_published_at, OLD.expire_at, OLD.supersedes_id, OLD.restores_id, OLD.legacy)
       OR OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
       OR NEW.end_reason NOT IN ('superseded', 'taken_down', 'expired', 'withdrawn') THEN
        PERFORM public.publication_refuse('permanent', 'a publication only closes, once');
    END IF;
    NEW.ended_at := public.publication_server_time(NEW.ended_at);
    PERFORM public.publication_check_closing(NEW);
    RETURN NEW;
END
$$;
"""

TAKE_DOWN = f"""
-- Who may take down: the unit's reviewer and leaders, the e-gov office's staff, and whoever signed it (disowning).
CREATE FUNCTION publication_takedown_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    p public.publication_publication;
    near boolean;
BEGIN
    NEW.at := public.publication_server_time(NEW.at);
    SELECT * INTO p FROM public.publication_publication WHERE id = NEW.publication_id;
    near := (NEW.unit_id = p.unit_id
             AND NEW.post IN ('reviewer', 'branch_leader', 'supervising_leader', 'principal_leader'))
         OR (NEW.unit_id = public.publication_office('egov', NULL)
             AND NEW.post IN ('web_manager', 'web_editor', 'supervising_leader', 'portal_leader', 'security_officer'));
    IF near THEN
        near := public.organisation_holds(NEW."by", NEW.unit_id, NEW.post::text, NEW.at, NEW.delegation_id);
    ELSE
        near := EXISTS (SELECT 1 FROM public.publication_signoff o JOIN public.publication_submission s
                        ON o.submission_id IN (s.id, s.batch_id) WHERE s.id = p.submission_id
                        AND (o.person_id, o.unit_id, o.post::text) = (NEW."by", NEW.unit_id, NEW.post::text));
    END IF;
    IF NOT near OR p.ended_at IS NOT NULL OR NEW.decision <> '' OR NEW.decided_by IS NOT NULL
       OR NEW.decided_at IS NOT NULL OR NEW.ratify_due NOT BETWEEN NEW.at AND NEW.at + interval '25 hours' THEN
        PERFORM public.publication_refuse('take_down', 'this person cannot take it down so');
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION publication_takedown_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (NEW.id, NEW.publication_id, NEW."by", NEW.unit_id, NEW.post, NEW.delegation_id, NEW.at, NEW.reason_code,
        NEW.remark, NEW.ratify_due) IS DISTINCT FROM (OLD.id, OLD.publication_id, OLD."by", OLD.unit_id, OLD.post,
        OLD.delegation_id, OLD.at, OLD.reason_code, OLD.remark, OLD.ratify_due) OR OLD.decision <> '' THEN
        PERFORM public.publication_refuse('permanent', 'a take-down is decided once and stays');
    END IF;
    NEW.decided_at := public.publication_server_time(NEW.decided_at);
    IF NEW.decision NOT IN ('ratified', 'restored') OR NOT EXISTS (
        SELECT 1 FROM public.publication_publication p
        JOIN public.publication_submission s ON s.id = p.submission_id
        JOIN public.publication_frozenstep f ON f.submission_id = coalesce(s.batch_id, s.id)
        WHERE p.id = NEW.publication_id AND f.opinion IN ('approval', 'decision')
          AND f.unit_id = NEW.decided_unit_id AND NEW.decided_post = ANY (f.posts)
          AND public.organisation_holds(NEW.decided_by, f.unit_id, NEW.decided_post::text, NEW.decided_at,
                                        NEW.decided_delegation_id)) THEN
        PERFORM public.publication_refuse('take_down', 'the approver of the route decides');
    END IF;
    RETURN NEW;
END
$$;
"""

TRIGGERS = """
CREATE TRIGGER release_born BEFORE INSERT ON publication_release
    FOR EACH ROW EXECUTE FUNCTION publication_release_born();
CREATE TRIGGER release_changed BEFORE UPDATE ON publication_release
    FOR EACH ROW EXECUTE FUNCTION publication_release_changed();
CREATE TRIGGER publication_born BEFORE INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_publication_born();
CREATE TRIGGER publication_changed BEFORE UPDATE ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_publication_changed();
CREATE TRIGGER takedown_born BEFORE INSERT ON publication_takedown
    FOR EACH ROW EXECUTE FUNCTION publication_takedown_born();
CREATE TRIGGER takedown_changed BEFORE UPDATE ON publication_takedown
    FOR EACH ROW EXECUTE FUNCTION publication_takedown_changed();
CREATE TRIGGER release_kept BEFORE DELETE OR TRUNCATE ON publication_release
    FOR EACH STATEMENT EXECUTE FUNCTION publication_permanent();
CREATE TRIGGER publication_kept BEFORE DELETE OR TRUNCATE ON publication_publication
    FOR EACH STATEMENT EXECUTE FUNCTION publication_permanent();
CREATE TRIGGER takedown_kept BEFORE DELETE OR TRUNCATE ON publication_takedown
    FOR EACH STATEMENT EXECUTE FUNCTION publication_permanent();
"""

UNDO = """
DROP TRIGGER takedown_kept ON publication_takedown;
DROP TRIGGER publication_kept ON publication_publication;
DROP TRIGGER release_kept ON publication_release;
DROP TRIGGER takedown_changed ON publication_takedown;
DROP TRIGGER takedown_born ON publication_takedown;
DROP TRIGGER publication_changed ON publication_publication;
DROP TRIGGER publication_born ON publication_publication;
DROP TRIGGER release_changed ON publication_release;
DROP TRIGGER release_born ON publication_release;
DROP FUNCTION publication_takedown_changed(), publication_takedown_born(),
    publication_publication_changed(), publication_check_closing(publication_publication),
    publication_publication_born(), publication_check_place(jsonb),
    publication_check_again(publication_publication, publication_publication),
    publication_check_ready(publication_submission), publication_release_changed(),
    publication_release_born(), publication_bundle_ready(uuid), publication_bundle_objects(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0003_signatures")]

    operations = [migrations.RunSQL(RELEASE + BORN + CLOSED + TAKE_DOWN + TRIGGERS, UNDO)]
