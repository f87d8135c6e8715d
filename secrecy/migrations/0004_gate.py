"""Article 13 at the gate, in PostgreSQL: no seal sign-off without the sealed sheet, no publication without either.

These triggers stand on tables of ``publication``, which knows nothing of this app. They are AFTER triggers, so that
they judge what is really written, and they refuse; they never change a row.
"""

from django.db import migrations

# Why the seal does not stand; NULL where it does.
STANDING = """
CREATE FUNCTION secrecy_why_unsealed(submission uuid, content text) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entry public.secrecy_secrecyrow;
BEGIN
    SELECT * INTO entry FROM public.secrecy_secrecyrow r WHERE r.submission_id = submission FOR SHARE;
    IF entry.id IS NULL THEN
        RETURN 'there is no row of the secrecy form';
    END IF;
    IF entry.voided_at IS NOT NULL OR entry.sealed_away THEN
        RETURN 'the row of the secrecy form is void';
    END IF;
    IF entry.content_digest <> content THEN
        RETURN 'the row of the secrecy form was filled in for another text';
    END IF;
    IF (entry.reviewer_opinion, entry.leader_opinion, entry.form) IS DISTINCT FROM ('agree', 'agree', 'web') THEN
        RETURN 'the row of the secrecy form does not agree to publication on the web';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.publication_signoff s WHERE s.submission_id = submission
                   AND s.decision = 'agree' AND s.opinion = 'secrecy' AND s.person_id = entry.reviewer_id)
       OR NOT EXISTS (SELECT 1 FROM public.publication_signoff s WHERE s.submission_id = submission
                   AND s.decision = 'agree' AND s.opinion = 'leader_opinion' AND s.person_id = entry.leader_id) THEN
        RETURN 'the opinions on the secrecy form are not those that were signed';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.secrecy_sheetrow e
                   JOIN public.secrecy_secrecysheet s ON s.id = e.sheet_id
                   JOIN public.secrecy_sealevidence v ON v.sheet_id = s.id
                   WHERE e.row_id = entry.id AND e.released_at IS NULL
                     AND s.withdrawn_at IS NULL AND v.rejected_at IS NULL) THEN
        RETURN 'no evidence of the seal on the sheet of this item';
    END IF;
    RETURN NULL;
END
$$;
"""

GATE = """
CREATE FUNCTION secrecy_seal_required() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    reason text := public.secrecy_why_unsealed(NEW.submission_id, NEW.digest::text);
BEGIN
    IF reason IS NOT NULL THEN
        PERFORM public.secrecy_refuse('unsealed', reason);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION secrecy_publication_sealed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    reason text;
BEGIN
    IF EXISTS (SELECT 1 FROM public.secrecy_quarantine q
               WHERE q.object_id = NEW.object_id AND q.conclusion <> 'lifted') THEN
        PERFORM public.secrecy_refuse('quarantined', 'the item is under quarantine');
    END IF;
    IF EXISTS (SELECT 1 FROM public.publication_frozenstep f
               WHERE f.submission_id = NEW.submission_id AND f.opinion = 'seal') THEN
        SELECT public.secrecy_why_unsealed(s.id, s.digest::text) INTO reason
        FROM public.publication_submission s WHERE s.id = NEW.submission_id;
        IF reason IS NOT NULL THEN
            PERFORM public.secrecy_refuse('unsealed', reason);
        END IF;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION secrecy_submission_clear() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.secrecy_quarantine q
               WHERE q.object_id = NEW.object_id AND q.conclusion <> 'lifted') THEN
        PERFORM public.secrecy_refuse('quarantined', 'the item is under quarantine');
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION secrecy_row_bound() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    handed_in public.publication_submission;
BEGIN
    SELECT * INTO handed_in FROM public.publication_submission s WHERE s.id = NEW.submission_id;
    IF handed_in.id IS NULL
       OR (handed_in.unit_id, handed_in.author_id) IS DISTINCT FROM (NEW.unit_id, NEW.author_id) THEN
        PERFORM public.secrecy_refuse('incomplete', 'the row does not belong to that submission');
    END IF;
    NEW.content_digest := handed_in.digest;
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_evidence_stored() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.publication_storedfile f WHERE f.sha256 = NEW.sha256) THEN
        PERFORM public.secrecy_refuse('incomplete', 'the file of the seal is not stored');
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER secrecy_seal_required AFTER INSERT ON publication_signoff
    FOR EACH ROW WHEN (NEW.opinion = 'seal' AND NEW.decision = 'agree')
    EXECUTE FUNCTION secrecy_seal_required();
CREATE TRIGGER secrecy_publication_sealed AFTER INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION secrecy_publication_sealed();
CREATE TRIGGER secrecy_submission_clear AFTER INSERT ON publication_submission
    FOR EACH ROW EXECUTE FUNCTION secrecy_submission_clear();
CREATE TRIGGER row_bound BEFORE INSERT ON secrecy_secrecyrow
    FOR EACH ROW WHEN (NEW.submission_id IS NOT NULL) EXECUTE FUNCTION secrecy_row_bound();
CREATE TRIGGER evidence_stored AFTER INSERT ON secrecy_sealevidence
    FOR EACH ROW WHEN (NEW.sha256 <> '') EXECUTE FUNCTION secrecy_evidence_stored();
"""

UNDO = """
DROP TRIGGER evidence_stored ON secrecy_sealevidence;
DROP TRIGGER row_bound ON secrecy_secrecyrow;
DROP TRIGGER secrecy_submission_clear ON publication_submission;
DROP TRIGGER secrecy_publication_sealed ON publication_publication;
DROP TRIGGER secrecy_seal_required ON publication_signoff;
DROP FUNCTION secrecy_evidence_stored, secrecy_row_bound, secrecy_submission_clear, secrecy_publication_sealed,
    secrecy_seal_required, secrecy_why_unsealed;
"""


class Migration(migrations.Migration):
    dependencies = [("secrecy", "0003_sheets"), ("publication", "0001_initial")]

    operations = [migrations.RunSQL(STANDING + GATE, UNDO)]
