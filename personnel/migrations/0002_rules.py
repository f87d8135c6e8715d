"""What PostgreSQL itself keeps of a change of persons: filed once, decided once by another, in effect from receipt on.

SQLSTATE 23514 (check violation) makes Django raise ``IntegrityError``, as in organisation's rules.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

RULES = f"""
CREATE FUNCTION personnel_filing_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF NEW.decision <> '' OR NEW.decided_by_id IS NOT NULL OR NEW.decided_at IS NOT NULL
       OR NEW.effective_at IS NOT NULL OR NEW.handed_over_at IS NOT NULL THEN
        RAISE EXCEPTION 'a filing is born undecided' USING ERRCODE = '23514';
    END IF;
    NEW.filed_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE FUNCTION personnel_filing_decided(was personnel_changefiling, made personnel_changefiling)
RETURNS personnel_changefiling LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF was.decision <> '' OR made.decision NOT IN ('received', 'returned') OR made.decided_by_id IS NULL THEN
        RAISE EXCEPTION 'a filing is decided once' USING ERRCODE = '23514';
    END IF;
    IF made.decided_by_id IN (was.filed_by_id, was.leaver_id, made.successor_id) THEN
        RAISE EXCEPTION 'another person receives a filing' USING ERRCODE = '23514';
    END IF;
    made.decided_at := clock_timestamp();
    IF made.decision = 'received' THEN
        IF made.successor_id IS NULL THEN
            RAISE EXCEPTION 'a filing is received with the successor''s account' USING ERRCODE = '23514';
        END IF;
        made.effective_at := greatest(was.wanted_at, made.decided_at);
    ELSE
        made.effective_at := NULL;
    END IF;
    RETURN made;
END
$$;

CREATE FUNCTION personnel_filing_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    free text[] := ARRAY['successor_id', 'decision', 'decided_by_id', 'decided_at', 'decision_note',
                         'effective_at', 'handed_over_at'];
BEGIN
    IF (to_jsonb(NEW) - free) IS DISTINCT FROM (to_jsonb(OLD) - free)
       OR (OLD.successor_id IS NOT NULL AND NEW.successor_id IS DISTINCT FROM OLD.successor_id) THEN
        RAISE EXCEPTION 'what was filed does not change' USING ERRCODE = '23514';
    END IF;
    IF (to_jsonb(NEW) - 'handed_over_at') IS DISTINCT FROM (to_jsonb(OLD) - 'handed_over_at') THEN
        IF NEW.handed_over_at IS DISTINCT FROM OLD.handed_over_at THEN
            RAISE EXCEPTION 'work is handed over after receipt' USING ERRCODE = '23514';
        END IF;
        RETURN public.personnel_filing_decided(OLD, NEW);
    END IF;
    IF NEW.handed_over_at IS DISTINCT FROM OLD.handed_over_at THEN
        IF OLD.handed_over_at IS NOT NULL OR OLD.decision <> 'received'
           OR OLD.effective_at > clock_timestamp() THEN
            RAISE EXCEPTION 'work is handed over once, when the filing is in effect' USING ERRCODE = '23514';
        END IF;
        NEW.handed_over_at := clock_timestamp();
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION personnel_line_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    PERFORM 1 FROM public.personnel_changefiling f
      WHERE f.id = NEW.filing_id AND f.effective_at <= clock_timestamp() AND f.handed_over_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the hand-over list is written in its minute' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER filing_born BEFORE INSERT ON personnel_changefiling
    FOR EACH ROW EXECUTE FUNCTION personnel_filing_born();
CREATE TRIGGER filing_changed BEFORE UPDATE ON personnel_changefiling
    FOR EACH ROW EXECUTE FUNCTION personnel_filing_changed();
CREATE TRIGGER filing_kept BEFORE DELETE OR TRUNCATE ON personnel_changefiling
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_nothing_is_deleted();
CREATE TRIGGER line_born BEFORE INSERT ON personnel_handedover
    FOR EACH ROW EXECUTE FUNCTION personnel_line_born();
CREATE TRIGGER line_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON personnel_handedover
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_nothing_is_deleted();
"""

UNDO = """
DROP TRIGGER line_kept ON personnel_handedover;
DROP TRIGGER line_born ON personnel_handedover;
DROP TRIGGER filing_kept ON personnel_changefiling;
DROP TRIGGER filing_changed ON personnel_changefiling;
DROP TRIGGER filing_born ON personnel_changefiling;
DROP FUNCTION personnel_line_born, personnel_filing_changed, personnel_filing_decided, personnel_filing_born;
"""


class Migration(migrations.Migration):
    dependencies = [("personnel", "0001_initial"), ("organisation", "0003_units_and_accounts")]

    operations = [migrations.RunSQL(RULES, UNDO)]
