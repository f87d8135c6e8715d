"""The rules that PostgreSQL itself keeps about sheets, seals and quarantine (Article 13).

Same manner as ``organisation/migrations/0002_rules.py``: every function pins its ``search_path``, no clock
but the server's counts, violations are SQLSTATE 23514 so that Django raises ``IntegrityError``.
"""

from django.db import migrations


def pinned(sql):
    """Every function gets its ``search_path``: an unpinned one was bypassed with a temporary table."""
    return sql.replace("AS $$", "SET search_path = pg_catalog, public, pg_temp AS $$")


SHEET = r"""
CREATE FUNCTION secrecy_sheet_born() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION secrecy_sheet_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.number, NEW.year, NEW.serial, NEW.unit_id, NEW.author_id, NEW.reviewer_id, NEW.leader_id,
        NEW.day, NEW.row_digest, NEW.formed_by_id, NEW.formed_delegation_id, NEW.formed_at) IS DISTINCT FROM
       (OLD.id, OLD.number, OLD.year, OLD.serial, OLD.unit_id, OLD.author_id, OLD.reviewer_id, OLD.leader_id,
        OLD.day, OLD.row_digest, OLD.formed_by_id, OLD.formed_delegation_id, OLD.formed_at)
       OR (NEW.pdf_sha256 <> OLD.pdf_sha256 AND OLD.pdf_sha256 <> '')
       OR (NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND OLD.withdrawn_at IS NOT NULL) THEN
        PERFORM public.secrecy_refuse('frozen', 'a sheet does not change: make another');
    END IF;
    IF NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at THEN
        IF NOT EXISTS (SELECT 1 FROM public.secrecy_sheetrow e JOIN public.secrecy_secrecyrow r ON r.id = e.row_id
                       WHERE e.sheet_id = OLD.id AND r.sealed_away) THEN
            PERFORM public.secrecy_refuse('frozen', 'a sheet is withdrawn only where one of its rows is under quarantine');
        END IF;
        NEW.withdrawn_at := clock_timestamp();
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_sheetrow_born() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sheet public.secrecy_secrecysheet;
    entry public.secrecy_secrecyrow;
BEGIN
    SELECT * INTO sheet FROM public.secrecy_secrecysheet WHERE id = NEW.sheet_id;
    SELECT * INTO entry FROM public.secrecy_secrecyrow WHERE id = NEW.row_id FOR SHARE;
    IF sheet.formed_at <> transaction_timestamp() OR sheet.pdf_sha256 <> '' THEN
        PERFORM public.secrecy_refuse('sheet', 'a sheet takes no later rows: make another');
    END IF;
    IF entry.leader_opinion = '' OR entry.voided_at IS NOT NULL OR entry.sealed_away THEN
        PERFORM public.secrecy_refuse('sheet', 'only fully decided rows stand on a sheet');
    END IF;
    IF (entry.unit_id, entry.author_id, entry.reviewer_id, entry.leader_id, entry.day) IS DISTINCT FROM
       (sheet.unit_id, sheet.author_id, sheet.reviewer_id, sheet.leader_id, sheet.day) THEN
        PERFORM public.secrecy_refuse('sheet', 'a sheet holds rows of one unit, author, reviewer, leader and day');
    END IF;
    NEW.released_at := NULL;
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_sheetrow_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.sheet_id, NEW.row_id, NEW.position) IS DISTINCT FROM
       (OLD.id, OLD.sheet_id, OLD.row_id, OLD.position) OR OLD.released_at IS NOT NULL
       OR NOT EXISTS (SELECT 1 FROM public.secrecy_secrecysheet s
                      WHERE s.id = OLD.sheet_id AND s.withdrawn_at IS NOT NULL) THEN
        PERFORM public.secrecy_refuse('frozen', 'a row leaves only a withdrawn sheet');
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

SEAL = r"""
CREATE FUNCTION secrecy_evidence_born() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sheet public.secrecy_secrecysheet;
BEGIN
    SELECT * INTO sheet FROM public.secrecy_secrecysheet WHERE id = NEW.sheet_id;
    IF sheet.withdrawn_at IS NOT NULL
       OR sheet.row_digest IS DISTINCT FROM public.secrecy_sheet_digest(NEW.sheet_id) THEN
        PERFORM public.secrecy_refuse('sheet', 'a seal stands on a sheet with its rows, unchanged');
    END IF;
    PERFORM public.secrecy_must_hold(NEW.recorded_by_id, sheet.unit_id, 'dedicated', NEW.recorded_delegation_id);
    IF NEW.sealed_at > clock_timestamp() THEN
        PERFORM public.secrecy_refuse('incomplete', 'a seal is not set in the future');
    END IF;
    NEW.recorded_at := clock_timestamp();
    NEW.rejected_at := NULL;
    NEW.rejected_by_id := NULL;
    NEW.rejected_reason := '';
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_evidence_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.rejected_at IS NOT NULL OR NEW.rejected_at IS NULL OR NEW.rejected_by_id IS NULL
       OR (to_jsonb(NEW) - ARRAY['rejected_at', 'rejected_by_id', 'rejected_reason'])
          IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['rejected_at', 'rejected_by_id', 'rejected_reason']) THEN
        PERFORM public.secrecy_refuse('frozen', 'evidence of a seal does not change; it may be rejected once');
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

QUARANTINE = r"""
CREATE FUNCTION secrecy_quarantine_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.conclusion <> '' OR NEW.concluded_by_id IS NOT NULL OR NEW.concluded_at IS NOT NULL THEN
        PERFORM public.secrecy_refuse('incomplete', 'a quarantine is born without a conclusion');
    END IF;
    NEW.reported_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_quarantine_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    conclusion text[] := ARRAY['conclusion', 'conclusion_text', 'concluded_by_id', 'concluded_at',
                               'concluded_delegation_id'];
BEGIN
    IF OLD.conclusion <> '' OR NEW.conclusion = '' OR btrim(NEW.conclusion_text) = ''
       OR (to_jsonb(NEW) - conclusion) IS DISTINCT FROM (to_jsonb(OLD) - conclusion) THEN
        PERFORM public.secrecy_refuse('frozen', 'a quarantine is concluded once, in writing');
    END IF;
    PERFORM public.secrecy_must_hold(NEW.concluded_by_id, OLD.unit_id, 'secrecy_body', NEW.concluded_delegation_id);
    NEW.concluded_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER quarantine_born BEFORE INSERT ON secrecy_quarantine
    FOR EACH ROW EXECUTE FUNCTION secrecy_quarantine_born();
CREATE TRIGGER quarantine_changed BEFORE UPDATE ON secrecy_quarantine
    FOR EACH ROW EXECUTE FUNCTION secrecy_quarantine_changed();
CREATE TRIGGER quarantine_kept BEFORE DELETE OR TRUNCATE ON secrecy_quarantine
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
"""

UNDO = """
DROP TRIGGER quarantine_kept ON secrecy_quarantine;
DROP TRIGGER quarantine_changed ON secrecy_quarantine;
DROP TRIGGER quarantine_born ON secrecy_quarantine;
DROP TRIGGER evidence_kept ON secrecy_sealevidence;
DROP TRIGGER evidence_changed ON secrecy_sealevidence;
DROP TRIGGER evidence_born ON secrecy_sealevidence;
DROP TRIGGER sheetrow_kept ON secrecy_sheetrow;
DROP TRIGGER sheetrow_changed ON secrecy_sheetrow;
DROP TRIGGER sheetrow_born ON secrecy_sheetrow;
DROP TRIGGER sheet_kept ON secrecy_secrecysheet;
DROP TRIGGER sheet_changed ON secrecy_secrecysheet;
DROP TRIGGER sheet_born ON secrecy_secrecysheet;
DROP FUNCTION secrecy_quarantine_changed, secrecy_quarantine_born, secrecy_evidence_changed,
    secrecy_evidence_born, secrecy_sheetrow_changed, secrecy_sheetrow_born, secrecy_sheet_changed,
    secrecy_sheet_born;
"""


class Migration(migrations.Migration):
    dependencies = [("secrecy", "0002_rows")]

    operations = [migrations.RunSQL(pinned(SHEET + SEAL + QUARANTINE), UNDO)]
