"""The register only grows, at its end, at the server's time; PostgreSQL refuses the rest (Article 19)."""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

CHAIN = f"""
CREATE FUNCTION ledger_refuse(code text, why text) RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_' || code;
END
$$;

CREATE FUNCTION ledger_entry_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    last_entry public.ledger_registerentry;
    moment timestamptz := clock_timestamp();
BEGIN
    PERFORM pg_advisory_xact_lock(20171025);
    SELECT * INTO last_entry FROM public.ledger_registerentry ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(last_entry.number, 0) + 1 THEN
        PERFORM public.ledger_refuse('number', 'the register goes on with the next number');
    END IF;
    IF NEW.previous_hash <> coalesce(last_entry.hash, repeat('0', 64)) THEN
        PERFORM public.ledger_refuse('chain', 'the entry does not follow from the one before');
    END IF;
    IF NEW.hash !~ '^[0-9a-f]{{64}}$' THEN
        PERFORM public.ledger_refuse('chain', 'the hash is not a hash');
    END IF;
    IF abs(extract(epoch FROM NEW.recorded_at - moment)) > 60 OR NEW.recorded_at < last_entry.recorded_at THEN
        PERFORM public.ledger_refuse('time', 'only the server''s time counts');
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION ledger_permanent() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    PERFORM public.ledger_refuse('permanent', TG_TABLE_NAME || ' is kept for ever: ' || TG_OP || ' is refused');
    RETURN NULL;
END
$$;

CREATE TRIGGER entry_born BEFORE INSERT ON ledger_registerentry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_born();
CREATE TRIGGER entry_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_registerentry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_permanent();
"""

UNDO = """
DROP TRIGGER entry_permanent ON ledger_registerentry;
DROP TRIGGER entry_born ON ledger_registerentry;
DROP FUNCTION ledger_permanent();
DROP FUNCTION ledger_entry_born();
DROP FUNCTION ledger_refuse(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(CHAIN, UNDO)]
