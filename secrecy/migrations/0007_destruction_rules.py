"""Destruction, as PostgreSQL keeps it: confirmed, approved, before two witnesses, and then really gone (Article 13).

The second witness's signature empties what was handed in and never was public, in that transaction and by the owner's
function: the application role cannot. Digests, signatures, opinions and times stay as the stub. `secrecy_destroying`
is true only inside that transaction, so that what is kept for ever can be emptied there and nowhere else.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"
STUB = "（已销毁）"

DESTRUCTION = f"""
CREATE FUNCTION secrecy_wrote(person bigint, object uuid) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT EXISTS (SELECT 1 FROM public.publication_submission s WHERE s.object_id = $2 AND s.author_id = $1)
$$;

CREATE FUNCTION secrecy_destruction_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    closed public.secrecy_quarantine;
BEGIN
    SELECT * INTO closed FROM public.secrecy_quarantine q WHERE q.id = NEW.quarantine_id FOR SHARE;
    IF closed.conclusion <> 'confirmed' OR closed.unit_id <> NEW.unit_id
       OR btrim(NEW.grounds) = '' OR btrim(NEW.carriers) = ''
       OR NEW.approved IS NOT NULL OR NEW.decided_by_id IS NOT NULL OR NEW.destroyed_at IS NOT NULL
       OR NEW.inventory <> '[]' OR public.secrecy_wrote(NEW.proposed_by_id, closed.object_id) THEN
        PERFORM public.secrecy_refuse('destruction', 'only what was confirmed as secret is proposed for destruction');
    END IF;
    PERFORM public.secrecy_must_hold(NEW.proposed_by_id, NEW.unit_id, 'secrecy_body', NEW.proposed_delegation_id);
    NEW.proposed_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_destruction_decided(was public.secrecy_destruction, entry public.secrecy_destruction)
RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF was.approved IS NOT NULL OR entry.approved IS NULL OR entry.decided_by_id = was.proposed_by_id
       OR entry.decided_post NOT IN ('supervising_leader', 'principal_leader')
       OR (NOT entry.approved AND btrim(entry.decision_remark) = '')
       OR public.secrecy_wrote(entry.decided_by_id, (SELECT q.object_id FROM public.secrecy_quarantine q
                                                     WHERE q.id = was.quarantine_id)) THEN
        PERFORM public.secrecy_refuse('destruction', 'another person, a leader of the unit, decides once');
    END IF;
    PERFORM public.secrecy_must_hold(entry.decided_by_id, was.unit_id, entry.decided_post,
                                     entry.decided_delegation_id);
END
$$;

CREATE FUNCTION secrecy_destruction_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    decision text[] := ARRAY['approved', 'decided_by_id', 'decided_post', 'decided_delegation_id', 'decided_at',
                             'decision_remark'];
    own text[] := decision;
BEGIN
    IF NEW.destroyed_at IS DISTINCT FROM OLD.destroyed_at THEN
        own := ARRAY['destroyed_at'];
        IF OLD.destroyed_at IS NOT NULL OR (SELECT count(*) FROM public.secrecy_witness w
                                            WHERE w.destruction_id = OLD.id) <> 2 THEN
            PERFORM public.secrecy_refuse('destruction', 'two witnesses see a destruction');
        END IF;
        NEW.destroyed_at := transaction_timestamp();
    ELSIF NEW.inventory IS DISTINCT FROM OLD.inventory THEN
        own := ARRAY['inventory'];
        IF OLD.approved IS NOT TRUE OR OLD.destroyed_at IS NOT NULL THEN
            PERFORM public.secrecy_refuse('destruction', 'the list is written when it is destroyed');
        END IF;
    ELSE
        PERFORM public.secrecy_destruction_decided(OLD, NEW);
        NEW.decided_at := clock_timestamp();
    END IF;
    IF (to_jsonb(NEW) - own) IS DISTINCT FROM (to_jsonb(OLD) - own) THEN
        PERFORM public.secrecy_refuse('frozen', 'a destruction is proposed, decided and carried out once');
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_witness_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    seen public.secrecy_destruction;
BEGIN
    SELECT * INTO seen FROM public.secrecy_destruction d WHERE d.id = NEW.destruction_id FOR UPDATE;
    IF seen.approved IS NOT TRUE OR seen.destroyed_at IS NOT NULL THEN
        PERFORM public.secrecy_refuse('destruction', 'a witness signs when it was approved, and before it is done');
    END IF;
    IF NEW.person_id IN (seen.proposed_by_id, seen.decided_by_id)
       OR public.secrecy_wrote(NEW.person_id, (SELECT q.object_id FROM public.secrecy_quarantine q
                                               WHERE q.id = seen.quarantine_id))
       OR NOT EXISTS (SELECT 1 FROM public.organisation_unit u WHERE u.id = NEW.unit_id
                      AND (u.id = seen.unit_id OR u.kind IN ('gov_office', 'egov_office'))) THEN
        PERFORM public.secrecy_refuse('destruction', 'a witness neither wrote, proposed nor approved');
    END IF;
    PERFORM public.secrecy_must_hold(NEW.person_id, NEW.unit_id, NEW.post, NULL);
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$$;

-- SECURITY DEFINER: nobody but the second witness completes it.
CREATE FUNCTION secrecy_witnessed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    IF (SELECT count(*) FROM public.secrecy_witness w WHERE w.destruction_id = NEW.destruction_id) = 2 THEN
        UPDATE public.secrecy_destruction SET destroyed_at = transaction_timestamp() WHERE id = NEW.destruction_id;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER destruction_born BEFORE INSERT ON secrecy_destruction
    FOR EACH ROW EXECUTE FUNCTION secrecy_destruction_born();
CREATE TRIGGER destruction_changed BEFORE UPDATE ON secrecy_destruction
    FOR EACH ROW EXECUTE FUNCTION secrecy_destruction_changed();
CREATE TRIGGER destruction_kept BEFORE DELETE OR TRUNCATE ON secrecy_destruction
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
CREATE TRIGGER witness_born BEFORE INSERT ON secrecy_witness
    FOR EACH ROW EXECUTE FUNCTION secrecy_witness_born();
CREATE TRIGGER witness_done AFTER INSERT ON secrecy_witness
    FOR EACH ROW EXECUTE FUNCTION secrecy_witnessed();
CREATE TRIGGER witness_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON secrecy_witness
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
"""

# Which rows may be emptied: those of an object whose destruction is being completed, submissions never public.
EMPTIED = f"""
CREATE FUNCTION secrecy_destroying(object uuid) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT EXISTS (SELECT 1 FROM public.secrecy_destruction d
                   JOIN public.secrecy_quarantine q ON q.id = d.quarantine_id
                   WHERE q.object_id = $1 AND d.destroyed_at = transaction_timestamp())
$$;

CREATE FUNCTION secrecy_destroying_submission(submission uuid) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT EXISTS (SELECT 1 FROM public.publication_submission s WHERE s.id = $1
                   AND public.secrecy_destroying(s.object_id)
                   AND NOT EXISTS (SELECT 1 FROM public.publication_publication p WHERE p.submission_id = s.id))
$$;

CREATE FUNCTION secrecy_destroying_sheet(sheet bigint) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT EXISTS (SELECT 1 FROM public.secrecy_sheetrow e JOIN public.secrecy_secrecyrow r ON r.id = e.row_id
                   WHERE e.sheet_id = $1 AND public.secrecy_destroying_submission(r.submission_id))
$$;

-- Only the columns named may differ.
CREATE FUNCTION secrecy_emptied() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV) THEN
        PERFORM public.secrecy_refuse('frozen', 'a destruction empties the words and leaves the rest');
    END IF;
    RETURN NEW;
END
$$;

-- What remains of the bytes: whose they were and where they would have stood, nothing of what they said.
CREATE FUNCTION secrecy_stub(document bytea) RETURNS bytea LANGUAGE sql STABLE {PATH} AS $$
    SELECT convert_to(((SELECT jsonb_object_agg(key, value) FROM jsonb_each(convert_from($1, 'UTF8')::jsonb)
                        WHERE key IN ('format', 'type', 'kind', 'object', 'site', 'path', 'language', 'unit'))
                       || jsonb_build_object('title', '{STUB}'))::text, 'UTF8')
$$;

DROP TRIGGER submission_permanent ON publication_submission;
CREATE TRIGGER submission_permanent BEFORE DELETE OR TRUNCATE ON publication_submission
    FOR EACH STATEMENT EXECUTE FUNCTION publication_permanent();
CREATE TRIGGER submission_kept BEFORE UPDATE ON publication_submission
    FOR EACH ROW WHEN (NOT secrecy_destroying_submission(OLD.id)) EXECUTE FUNCTION publication_permanent();
CREATE TRIGGER submission_emptied BEFORE UPDATE ON publication_submission
    FOR EACH ROW WHEN (NEW.document <> secrecy_stub(OLD.document)) EXECUTE FUNCTION publication_permanent();
CREATE TRIGGER submission_stub BEFORE UPDATE ON publication_submission
    FOR EACH ROW EXECUTE FUNCTION secrecy_emptied('document', 'digest', 'title');

DROP TRIGGER row_changed ON secrecy_secrecyrow;
CREATE TRIGGER row_changed BEFORE UPDATE ON secrecy_secrecyrow
    FOR EACH ROW WHEN (NOT secrecy_destroying_submission(OLD.submission_id)) EXECUTE FUNCTION secrecy_row_changed();
CREATE TRIGGER row_emptied BEFORE UPDATE ON secrecy_secrecyrow
    FOR EACH ROW WHEN (secrecy_destroying_submission(OLD.submission_id))
    EXECUTE FUNCTION secrecy_emptied('name', 'reprint_source', 'other_form', 'proposed_other_form',
                                     'reviewer_remark', 'leader_remark');

DROP TRIGGER evidence_changed ON secrecy_sealevidence;
CREATE TRIGGER evidence_changed BEFORE UPDATE ON secrecy_sealevidence
    FOR EACH ROW WHEN (NOT secrecy_destroying_sheet(OLD.sheet_id)) EXECUTE FUNCTION secrecy_evidence_changed();
CREATE TRIGGER evidence_emptied BEFORE UPDATE ON secrecy_sealevidence
    FOR EACH ROW WHEN (secrecy_destroying_sheet(OLD.sheet_id)) EXECUTE FUNCTION secrecy_emptied('file_name');

DROP TRIGGER paper_answered ON review_paperopinion;
CREATE TRIGGER paper_answered BEFORE UPDATE ON review_paperopinion
    FOR EACH ROW WHEN (NOT secrecy_destroying_submission(OLD.submission_id))
    EXECUTE FUNCTION review_paper_answered();
CREATE TRIGGER paper_emptied BEFORE UPDATE ON review_paperopinion
    FOR EACH ROW WHEN (secrecy_destroying_submission(OLD.submission_id)) EXECUTE FUNCTION secrecy_emptied('file_name');
"""

# Carried out as the owner, by the trigger on the destruction's last change and by nothing else.
DESTROY = f"""
CREATE FUNCTION secrecy_destroy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
DECLARE
    its_object uuid := (SELECT q.object_id FROM public.secrecy_quarantine q WHERE q.id = NEW.quarantine_id);
    unseen uuid[] := ARRAY(
        SELECT s.id FROM public.publication_submission s WHERE s.object_id = its_object
        AND NOT EXISTS (SELECT 1 FROM public.publication_publication p WHERE p.submission_id = s.id));
BEGIN
    UPDATE public.publication_submission SET document = public.secrecy_stub(document) WHERE id = ANY (unseen);
    UPDATE public.review_case SET title = '{STUB}' WHERE submission_id = ANY (unseen);
    UPDATE public.secrecy_secrecyrow SET name = '{STUB}', reviewer_remark = '', leader_remark = '',
        reprint_source = CASE WHEN reprint_source = '' THEN '' ELSE '{STUB}' END,
        other_form = CASE WHEN other_form = '' THEN '' ELSE '{STUB}' END,
        proposed_other_form = CASE WHEN proposed_other_form = '' THEN '' ELSE '{STUB}' END
        WHERE submission_id = ANY (unseen);
    UPDATE public.secrecy_sealevidence v SET file_name = '' WHERE public.secrecy_destroying_sheet(v.sheet_id);
    UPDATE public.review_paperopinion SET file_name = '' WHERE submission_id = ANY (unseen);
    UPDATE public.checks_checkrun SET findings = '[]' WHERE submission_id = ANY (unseen);
    IF NOT EXISTS (SELECT 1 FROM public.publication_publication p WHERE p.object_id = its_object) THEN
        UPDATE public.checks_override SET excerpt = '', reason = '' WHERE object_id = its_object;
        UPDATE public.checks_evidence SET name = '', url = '', organ = '' WHERE object_id = its_object;
        UPDATE public.checks_sourceexception SET title = '{STUB}', source_name = '', source_url = '', why = '',
            reason = '' WHERE object_id = its_object;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER destruction_done AFTER UPDATE OF destroyed_at ON secrecy_destruction
    FOR EACH ROW WHEN (OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL)
    EXECUTE FUNCTION secrecy_destroy();
"""

UNDO = """
DROP TRIGGER destruction_done ON secrecy_destruction;
DROP TRIGGER paper_emptied ON review_paperopinion;
DROP TRIGGER paper_answered ON review_paperopinion;
CREATE TRIGGER paper_answered BEFORE UPDATE ON review_paperopinion
    FOR EACH ROW EXECUTE FUNCTION review_paper_answered();
DROP TRIGGER evidence_emptied ON secrecy_sealevidence;
DROP TRIGGER evidence_changed ON secrecy_sealevidence;
CREATE TRIGGER evidence_changed BEFORE UPDATE ON secrecy_sealevidence
    FOR EACH ROW EXECUTE FUNCTION secrecy_evidence_changed();
DROP TRIGGER row_emptied ON secrecy_secrecyrow;
DROP TRIGGER row_changed ON secrecy_secrecyrow;
CREATE TRIGGER row_changed BEFORE UPDATE ON secrecy_secrecyrow
    FOR EACH ROW EXECUTE FUNCTION secrecy_row_changed();
DROP TRIGGER submission_stub ON publication_submission;
DROP TRIGGER submission_emptied ON publication_submission;
DROP TRIGGER submission_kept ON publication_submission;
DROP TRIGGER submission_permanent ON publication_submission;
CREATE TRIGGER submission_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_submission
    FOR EACH STATEMENT EXECUTE FUNCTION publication_permanent();
DROP TRIGGER witness_kept ON secrecy_witness;
DROP TRIGGER witness_done ON secrecy_witness;
DROP TRIGGER witness_born ON secrecy_witness;
DROP TRIGGER destruction_kept ON secrecy_destruction;
DROP TRIGGER destruction_changed ON secrecy_destruction;
DROP TRIGGER destruction_born ON secrecy_destruction;
DROP FUNCTION secrecy_destroy, secrecy_stub, secrecy_emptied, secrecy_destroying_sheet,
    secrecy_destroying_submission, secrecy_destroying, secrecy_witnessed, secrecy_witness_born,
    secrecy_destruction_changed, secrecy_destruction_decided, secrecy_destruction_born, secrecy_wrote;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("secrecy", "0006_destruction"),
        ("publication", "0009_batches"),
        ("review", "0003_paper_rules"),
        ("checks", "0002_originals"),
    ]

    operations = [migrations.RunSQL(DESTRUCTION + EMPTIED + DESTROY, UNDO)]
