"""The rules that PostgreSQL itself keeps about rows, sheets, seals, referrals and quarantine (Article 13).

Same manner as ``organisation/migrations/0002_rules.py``: every function pins its ``search_path``, no clock but the
server's counts, violations are SQLSTATE 23514 so that Django raises ``IntegrityError``.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

# The canonical text of a decided row, mirrored by secrecy/digests.py: one value a line, moments in microseconds.
DIGEST = f"""
CREATE FUNCTION secrecy_moment(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE {PATH} AS $$
    SELECT coalesce((extract(epoch FROM moment) * 1000000)::bigint::text, '')
$$;

CREATE FUNCTION secrecy_row_digest(entry public.secrecy_secrecyrow) RETURNS text LANGUAGE sql STABLE {PATH} AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\\n',
        'secrecy-row/1', coalesce(entry.submission_id::text, ''), entry.content_digest, entry.unit_id,
        entry.author_id, to_char(entry.day, 'YYYY-MM-DD'), public.secrecy_moment(entry.created_at),
        entry.department, entry.name, entry.source, entry.reprint_source, entry.form, entry.other_form,
        entry.reviewer_opinion, coalesce(entry.reviewer_id::text, ''),
        coalesce(entry.reviewer_delegation_id::text, ''), public.secrecy_moment(entry.reviewed_at),
        entry.leader_opinion, coalesce(entry.leader_id::text, ''),
        coalesce(entry.leader_delegation_id::text, ''), public.secrecy_moment(entry.decided_at),
        coalesce(entry.cites_id::text, '')), 'UTF8')), 'hex')
$$;

CREATE FUNCTION secrecy_sheet_digest(sheet bigint) RETURNS text LANGUAGE sql STABLE {PATH} AS $$
    SELECT encode(sha256(convert_to(string_agg(r.digest, E'\\n' ORDER BY e.position), 'UTF8')), 'hex')
    FROM public.secrecy_sheetrow e JOIN public.secrecy_secrecyrow r ON r.id = e.row_id WHERE e.sheet_id = $1
$$;

CREATE FUNCTION secrecy_refuse(reason text) RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    RAISE EXCEPTION '%', reason USING ERRCODE = 'check_violation';
END
$$;

CREATE FUNCTION secrecy_must_hold(person bigint, unit bigint, post text, delegation bigint) RETURNS void
LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF NOT coalesce(public.organisation_holds(person, unit, post, clock_timestamp(), delegation), false) THEN
        PERFORM public.secrecy_refuse('the person does not hold the post ' || post || ' in that unit');
    END IF;
END
$$;

CREATE FUNCTION secrecy_kept() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    RAISE EXCEPTION '% is kept for ever: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'check_violation';
END
$$;
"""

ROW = f"""
CREATE FUNCTION secrecy_row_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    earlier public.secrecy_secrecyrow;
BEGIN
    IF (NEW.reviewer_opinion, NEW.leader_opinion, NEW.proposed_form, NEW.proposed_other_form, NEW.digest)
        IS DISTINCT FROM ('', '', '', '', '') OR NEW.voided_at IS NOT NULL OR NEW.sealed_away
        OR NEW.reviewer_id IS NOT NULL OR NEW.leader_id IS NOT NULL THEN
        PERFORM public.secrecy_refuse('a row is born without opinions');
    END IF;
    IF concat(NEW.department, NEW.name, NEW.reprint_source, NEW.other_form) ~ '[[:cntrl:]]' THEN
        PERFORM public.secrecy_refuse('a cell of the table holds no control characters');
    END IF;
    IF NEW.cites_id IS NOT NULL THEN
        SELECT * INTO earlier FROM public.secrecy_secrecyrow WHERE id = NEW.cites_id;
        IF earlier.unit_id <> NEW.unit_id OR (earlier.voided_at IS NULL
           AND 'disagree' NOT IN (earlier.reviewer_opinion, earlier.leader_opinion)
           AND earlier.form = 'web') THEN
            PERFORM public.secrecy_refuse('a row cites a refused or voided row of the same unit');
        END IF;
    END IF;
    NEW.created_at := clock_timestamp();
    NEW.day := (NEW.created_at AT TIME ZONE 'Asia/Shanghai')::date;
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_row_reviewed(was public.secrecy_secrecyrow, entry public.secrecy_secrecyrow)
RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF was.reviewer_opinion <> '' THEN
        PERFORM public.secrecy_refuse('an opinion is given once');
    END IF;
    IF EXISTS (SELECT 1 FROM public.secrecy_referral f WHERE f.row_id = was.id AND NOT EXISTS
               (SELECT 1 FROM public.secrecy_secrecyconclusion c WHERE c.referral_id = f.id)) THEN
        PERFORM public.secrecy_refuse('the written conclusion of the secrecy body is awaited');
    END IF;
    IF entry.reviewer_opinion = 'agree' AND EXISTS (
        SELECT 1 FROM public.secrecy_secrecyconclusion c JOIN public.secrecy_referral f ON f.id = c.referral_id
        WHERE f.row_id = was.id AND (c.verdict = 'secret' OR (c.verdict = 'withheld'
              AND coalesce(nullif(entry.proposed_form, ''), entry.form) = 'web'))) THEN
        PERFORM public.secrecy_refuse('the secrecy body concluded otherwise');
    END IF;
    PERFORM public.secrecy_must_hold(entry.reviewer_id, was.unit_id, 'secrecy_reviewer',
                                     entry.reviewer_delegation_id);
END
$$;

CREATE FUNCTION secrecy_row_decided(was public.secrecy_secrecyrow, entry public.secrecy_secrecyrow)
RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF was.leader_opinion <> '' OR was.reviewer_opinion <> 'agree' THEN
        PERFORM public.secrecy_refuse('the leader decides once, after the reviewer agreed');
    END IF;
    PERFORM public.secrecy_must_hold(entry.leader_id, was.unit_id, 'supervising_leader',
                                     entry.leader_delegation_id);
END
$$;

CREATE FUNCTION secrecy_row_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    reviewed boolean := NEW.reviewer_opinion IS DISTINCT FROM OLD.reviewer_opinion;
    decided boolean := NEW.leader_opinion IS DISTINCT FROM OLD.leader_opinion;
BEGIN
    IF (NEW.id, NEW.submission_id, NEW.content_digest, NEW.unit_id, NEW.author_id, NEW.day, NEW.created_at,
        NEW.department, NEW.name, NEW.source, NEW.reprint_source, NEW.cites_id) IS DISTINCT FROM
       (OLD.id, OLD.submission_id, OLD.content_digest, OLD.unit_id, OLD.author_id, OLD.day, OLD.created_at,
        OLD.department, OLD.name, OLD.source, OLD.reprint_source, OLD.cites_id) THEN
        PERFORM public.secrecy_refuse('what the author filled in does not change');
    END IF;
    IF (reviewed OR decided) AND (OLD.voided_at IS NOT NULL OR OLD.sealed_away) THEN
        PERFORM public.secrecy_refuse('a voided row takes no opinions');
    END IF;
    IF reviewed AND decided THEN
        PERFORM public.secrecy_refuse('two opinions are two acts');
    END IF;
    IF reviewed THEN
        PERFORM public.secrecy_row_reviewed(OLD, NEW);
        NEW.reviewed_at := clock_timestamp();
    ELSIF (NEW.reviewer_id, NEW.reviewer_delegation_id, NEW.reviewer_remark, NEW.reviewed_at,
           NEW.proposed_form, NEW.proposed_other_form) IS DISTINCT FROM
          (OLD.reviewer_id, OLD.reviewer_delegation_id, OLD.reviewer_remark, OLD.reviewed_at,
           OLD.proposed_form, OLD.proposed_other_form) THEN
        PERFORM public.secrecy_refuse('the reviewer''s opinion does not change');
    END IF;
    IF decided THEN
        PERFORM public.secrecy_row_decided(OLD, NEW);
        NEW.decided_at := clock_timestamp();
        IF NEW.leader_opinion = 'agree' AND OLD.proposed_form <> '' THEN
            NEW.form := OLD.proposed_form;
            NEW.other_form := OLD.proposed_other_form;
        END IF;
    ELSIF (NEW.leader_id, NEW.leader_delegation_id, NEW.leader_remark, NEW.decided_at, NEW.form, NEW.other_form)
          IS DISTINCT FROM
          (OLD.leader_id, OLD.leader_delegation_id, OLD.leader_remark, OLD.decided_at, OLD.form, OLD.other_form) THEN
        PERFORM public.secrecy_refuse('the leader''s opinion does not change');
    END IF;
    RETURN public.secrecy_row_closed(OLD, NEW);
END
$$;

CREATE FUNCTION secrecy_row_closed(was public.secrecy_secrecyrow, entry public.secrecy_secrecyrow)
RETURNS public.secrecy_secrecyrow LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF was.voided_at IS NOT NULL AND (entry.voided_at, entry.void_reason) IS DISTINCT FROM
       (was.voided_at, was.void_reason) THEN
        PERFORM public.secrecy_refuse('a row is voided once');
    END IF;
    IF was.voided_at IS NULL AND entry.voided_at IS NOT NULL THEN
        entry.voided_at := clock_timestamp();
    END IF;
    IF was.sealed_away AND NOT entry.sealed_away AND EXISTS (
        SELECT 1 FROM public.secrecy_quarantine q
        WHERE q.submission_id = was.submission_id AND q.conclusion <> 'lifted') THEN
        PERFORM public.secrecy_refuse('the row is under quarantine');
    END IF;
    entry.digest := was.digest;
    IF was.digest = '' AND (entry.leader_opinion <> '' OR entry.reviewer_opinion = 'disagree') THEN
        entry.digest := public.secrecy_row_digest(entry);
    END IF;
    RETURN entry;
END
$$;

CREATE TRIGGER row_born BEFORE INSERT ON secrecy_secrecyrow
    FOR EACH ROW EXECUTE FUNCTION secrecy_row_born();
CREATE TRIGGER row_changed BEFORE UPDATE ON secrecy_secrecyrow
    FOR EACH ROW EXECUTE FUNCTION secrecy_row_changed();
CREATE TRIGGER row_kept BEFORE DELETE OR TRUNCATE ON secrecy_secrecyrow
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
"""

SHEET = f"""
CREATE FUNCTION secrecy_sheet_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(20171019);
    PERFORM public.secrecy_must_hold(NEW.formed_by_id, NEW.unit_id, 'dedicated', NEW.formed_delegation_id);
    NEW.formed_at := transaction_timestamp();
    NEW.year := extract(year FROM NEW.formed_at AT TIME ZONE 'Asia/Shanghai');
    SELECT coalesce(max(serial), 0) + 1 INTO NEW.serial FROM public.secrecy_secrecysheet WHERE year = NEW.year;
    NEW.number := 'XXBM-' || NEW.year || '-' || lpad(NEW.serial::text, 6, '0');
    NEW.pdf_sha256 := '';
    NEW.withdrawn_at := NULL;
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_sheet_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (NEW.id, NEW.number, NEW.year, NEW.serial, NEW.unit_id, NEW.author_id, NEW.reviewer_id, NEW.leader_id,
        NEW.day, NEW.row_digest, NEW.formed_by_id, NEW.formed_delegation_id, NEW.formed_at) IS DISTINCT FROM
       (OLD.id, OLD.number, OLD.year, OLD.serial, OLD.unit_id, OLD.author_id, OLD.reviewer_id, OLD.leader_id,
        OLD.day, OLD.row_digest, OLD.formed_by_id, OLD.formed_delegation_id, OLD.formed_at)
       OR (NEW.pdf_sha256 <> OLD.pdf_sha256 AND OLD.pdf_sha256 <> '')
       OR (NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND OLD.withdrawn_at IS NOT NULL) THEN
        PERFORM public.secrecy_refuse('a sheet does not change: make another');
    END IF;
    IF NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at THEN
        IF NOT EXISTS (SELECT 1 FROM public.secrecy_sheetrow e JOIN public.secrecy_secrecyrow r ON r.id = e.row_id
                       WHERE e.sheet_id = OLD.id AND r.sealed_away) THEN
            PERFORM public.secrecy_refuse('a sheet is withdrawn only where one of its rows is under quarantine');
        END IF;
        NEW.withdrawn_at := clock_timestamp();
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_sheetrow_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    sheet public.secrecy_secrecysheet;
    entry public.secrecy_secrecyrow;
BEGIN
    SELECT * INTO sheet FROM public.secrecy_secrecysheet WHERE id = NEW.sheet_id;
    SELECT * INTO entry FROM public.secrecy_secrecyrow WHERE id = NEW.row_id FOR SHARE;
    IF sheet.formed_at <> transaction_timestamp() OR sheet.pdf_sha256 <> '' THEN
        PERFORM public.secrecy_refuse('a sheet takes no later rows: make another');
    END IF;
    IF entry.leader_opinion = '' OR entry.voided_at IS NOT NULL OR entry.sealed_away THEN
        PERFORM public.secrecy_refuse('only fully decided rows stand on a sheet');
    END IF;
    IF (entry.unit_id, entry.author_id, entry.reviewer_id, entry.leader_id, entry.day) IS DISTINCT FROM
       (sheet.unit_id, sheet.author_id, sheet.reviewer_id, sheet.leader_id, sheet.day) THEN
        PERFORM public.secrecy_refuse('a sheet holds rows of one unit, author, reviewer, leader and day');
    END IF;
    NEW.released_at := NULL;
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_sheetrow_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (NEW.id, NEW.sheet_id, NEW.row_id, NEW.position) IS DISTINCT FROM
       (OLD.id, OLD.sheet_id, OLD.row_id, OLD.position) OR OLD.released_at IS NOT NULL
       OR NOT EXISTS (SELECT 1 FROM public.secrecy_secrecysheet s
                      WHERE s.id = OLD.sheet_id AND s.withdrawn_at IS NOT NULL) THEN
        PERFORM public.secrecy_refuse('a row leaves only a withdrawn sheet');
    END IF;
    NEW.released_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER sheet_born BEFORE INSERT ON secrecy_secrecysheet
    FOR EACH ROW EXECUTE FUNCTION secrecy_sheet_born();
CREATE TRIGGER sheet_changed BEFORE UPDATE ON secrecy_secrecysheet
    FOR EACH ROW EXECUTE FUNCTION secrecy_sheet_changed();
CREATE TRIGGER sheet_kept BEFORE DELETE OR TRUNCATE ON secrecy_secrecysheet
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
CREATE TRIGGER sheetrow_born BEFORE INSERT ON secrecy_sheetrow
    FOR EACH ROW EXECUTE FUNCTION secrecy_sheetrow_born();
CREATE TRIGGER sheetrow_changed BEFORE UPDATE ON secrecy_sheetrow
    FOR EACH ROW EXECUTE FUNCTION secrecy_sheetrow_changed();
CREATE TRIGGER sheetrow_kept BEFORE DELETE OR TRUNCATE ON secrecy_sheetrow
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
"""

SEAL = f"""
CREATE FUNCTION secrecy_evidence_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    sheet public.secrecy_secrecysheet;
BEGIN
    SELECT * INTO sheet FROM public.secrecy_secrecysheet WHERE id = NEW.sheet_id;
    IF sheet.withdrawn_at IS NOT NULL
       OR sheet.row_digest IS DISTINCT FROM public.secrecy_sheet_digest(NEW.sheet_id) THEN
        PERFORM public.secrecy_refuse('a seal stands on a sheet with its rows, unchanged');
    END IF;
    PERFORM public.secrecy_must_hold(NEW.recorded_by_id, sheet.unit_id, 'dedicated', NEW.recorded_delegation_id);
    IF NEW.sealed_at > clock_timestamp() THEN
        PERFORM public.secrecy_refuse('a seal is not set in the future');
    END IF;
    NEW.recorded_at := clock_timestamp();
    NEW.rejected_at := NULL;
    NEW.rejected_by_id := NULL;
    NEW.rejected_reason := '';
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_evidence_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF OLD.rejected_at IS NOT NULL OR NEW.rejected_at IS NULL OR NEW.rejected_by_id IS NULL
       OR (to_jsonb(NEW) - ARRAY['rejected_at', 'rejected_by_id', 'rejected_reason'])
          IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['rejected_at', 'rejected_by_id', 'rejected_reason']) THEN
        PERFORM public.secrecy_refuse('evidence of a seal does not change; it may be rejected once');
    END IF;
    NEW.rejected_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER evidence_born BEFORE INSERT ON secrecy_sealevidence
    FOR EACH ROW EXECUTE FUNCTION secrecy_evidence_born();
CREATE TRIGGER evidence_changed BEFORE UPDATE ON secrecy_sealevidence
    FOR EACH ROW EXECUTE FUNCTION secrecy_evidence_changed();
CREATE TRIGGER evidence_kept BEFORE DELETE OR TRUNCATE ON secrecy_sealevidence
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
"""

BODY = f"""
CREATE FUNCTION secrecy_referral_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_conclusion_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    entry public.secrecy_secrecyrow;
BEGIN
    SELECT r.* INTO entry FROM public.secrecy_secrecyrow r
      JOIN public.secrecy_referral f ON f.row_id = r.id WHERE f.id = NEW.referral_id;
    PERFORM public.secrecy_must_hold(NEW.by_id, entry.unit_id, 'secrecy_body', NEW.delegation_id);
    IF NEW.by_id = entry.author_id THEN
        PERFORM public.secrecy_refuse('whoever wrote the item does not conclude on it');
    END IF;
    IF btrim(NEW.text) = '' THEN
        PERFORM public.secrecy_refuse('a conclusion is written');
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_quarantine_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF NEW.conclusion <> '' OR NEW.concluded_by_id IS NOT NULL OR NEW.concluded_at IS NOT NULL THEN
        PERFORM public.secrecy_refuse('a quarantine is born without a conclusion');
    END IF;
    NEW.reported_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_quarantine_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    conclusion text[] := ARRAY['conclusion', 'conclusion_text', 'concluded_by_id', 'concluded_at',
                               'concluded_delegation_id'];
BEGIN
    IF OLD.conclusion <> '' OR NEW.conclusion = '' OR btrim(NEW.conclusion_text) = ''
       OR (to_jsonb(NEW) - conclusion) IS DISTINCT FROM (to_jsonb(OLD) - conclusion) THEN
        PERFORM public.secrecy_refuse('a quarantine is concluded once, in writing');
    END IF;
    PERFORM public.secrecy_must_hold(NEW.concluded_by_id, OLD.unit_id, 'secrecy_body', NEW.concluded_delegation_id);
    NEW.concluded_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER referral_born BEFORE INSERT ON secrecy_referral
    FOR EACH ROW EXECUTE FUNCTION secrecy_referral_born();
CREATE TRIGGER referral_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON secrecy_referral
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
CREATE TRIGGER conclusion_born BEFORE INSERT ON secrecy_secrecyconclusion
    FOR EACH ROW EXECUTE FUNCTION secrecy_conclusion_born();
CREATE TRIGGER conclusion_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON secrecy_secrecyconclusion
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
CREATE TRIGGER quarantine_born BEFORE INSERT ON secrecy_quarantine
    FOR EACH ROW EXECUTE FUNCTION secrecy_quarantine_born();
CREATE TRIGGER quarantine_changed BEFORE UPDATE ON secrecy_quarantine
    FOR EACH ROW EXECUTE FUNCTION secrecy_quarantine_changed();
CREATE TRIGGER quarantine_kept BEFORE DELETE OR TRUNCATE ON secrecy_quarantine
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
"""

TRIGGERS = {
    "secrecy_quarantine": ("quarantine_kept", "quarantine_changed", "quarantine_born"),
    "secrecy_secrecyconclusion": ("conclusion_kept", "conclusion_born"),
    "secrecy_referral": ("referral_kept", "referral_born"),
    "secrecy_sealevidence": ("evidence_kept", "evidence_changed", "evidence_born"),
    "secrecy_sheetrow": ("sheetrow_kept", "sheetrow_changed", "sheetrow_born"),
    "secrecy_secrecysheet": ("sheet_kept", "sheet_changed", "sheet_born"),
    "secrecy_secrecyrow": ("row_kept", "row_changed", "row_born"),
}
FUNCTIONS = """
DROP FUNCTION secrecy_quarantine_changed, secrecy_quarantine_born, secrecy_conclusion_born, secrecy_referral_born,
    secrecy_evidence_changed, secrecy_evidence_born, secrecy_sheetrow_changed, secrecy_sheetrow_born,
    secrecy_sheet_changed, secrecy_sheet_born, secrecy_row_changed, secrecy_row_closed, secrecy_row_decided,
    secrecy_row_reviewed, secrecy_row_born, secrecy_kept, secrecy_must_hold, secrecy_refuse, secrecy_sheet_digest,
    secrecy_row_digest, secrecy_moment;
"""
UNDO = "".join(
    f"DROP TRIGGER {name} ON {table};\n" for table, names in TRIGGERS.items() for name in names
)


class Migration(migrations.Migration):
    dependencies = [("secrecy", "0001_initial"), ("organisation", "0002_rules")]

    operations = [
        migrations.RunSQL(DIGEST + ROW + SHEET + SEAL + BODY, UNDO + FUNCTIONS),
    ]
