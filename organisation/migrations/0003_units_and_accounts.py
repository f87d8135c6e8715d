"""The rules that PostgreSQL itself keeps about units, their names, accounts and the desk's record; see 0002."""

from django.db import migrations

UNIT = """
CREATE FUNCTION organisation_today() RETURNS date LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date
$$;

CREATE FUNCTION organisation_unit_changed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.code, NEW.kind) IS DISTINCT FROM (OLD.id, OLD.code, OLD.kind) THEN
        RAISE EXCEPTION 'code and kind of a unit do not change' USING ERRCODE = '23514';
    END IF;
    IF NEW.closed_on IS DISTINCT FROM OLD.closed_on AND
       (OLD.closed_on <= public.organisation_today() OR NEW.closed_on < public.organisation_today()) THEN
        RAISE EXCEPTION 'the closing of a unit does not lie in the past' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION organisation_name_born() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.organisation_unitname n WHERE n.unit_id = NEW.unit_id
               AND n.valid_from < coalesce(NEW.valid_to, 'infinity')
               AND NEW.valid_from < coalesce(n.valid_to, 'infinity')) THEN
        RAISE EXCEPTION 'a unit has one name at a time' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION organisation_name_changed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.unit_id, NEW.name, NEW.short_name, NEW.valid_from) IS DISTINCT FROM
       (OLD.id, OLD.unit_id, OLD.name, OLD.short_name, OLD.valid_from) THEN
        RAISE EXCEPTION 'a name does not change: it ends and another begins' USING ERRCODE = '23514';
    END IF;
    IF NEW.valid_to IS DISTINCT FROM OLD.valid_to AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to
       OR NEW.valid_to < public.organisation_today()) THEN
        RAISE EXCEPTION 'a name ends today or later, and once' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER unit_changed BEFORE UPDATE ON organisation_unit
    FOR EACH ROW EXECUTE FUNCTION organisation_unit_changed();
CREATE TRIGGER unit_kept BEFORE DELETE OR TRUNCATE ON organisation_unit
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_nothing_is_deleted();
CREATE TRIGGER name_born BEFORE INSERT ON organisation_unitname
    FOR EACH ROW EXECUTE FUNCTION organisation_name_born();
CREATE TRIGGER name_changed BEFORE UPDATE ON organisation_unitname
    FOR EACH ROW EXECUTE FUNCTION organisation_name_changed();
CREATE TRIGGER name_kept BEFORE DELETE OR TRUNCATE ON organisation_unitname
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_nothing_is_deleted();
"""

# Article 11: the leaver's posts end with the account, in the same statement.
ACCOUNT = """
CREATE FUNCTION organisation_account_closed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.organisation_appointment SET ends_at = greatest(starts_at, clock_timestamp())
     WHERE person_id = NEW.id AND (ends_at IS NULL OR ends_at > greatest(starts_at, clock_timestamp()));
    UPDATE public.organisation_delegation SET ends_at = greatest(starts_at, clock_timestamp())
     WHERE NEW.id IN (grantor_id, delegate_id) AND ends_at > greatest(starts_at, clock_timestamp());
    RETURN NULL;
END
$$;

CREATE FUNCTION organisation_reset_recorded() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER account_closed AFTER UPDATE OF is_active ON organisation_user
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION organisation_account_closed();
CREATE TRIGGER account_kept BEFORE DELETE OR TRUNCATE ON organisation_user
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_nothing_is_deleted();
CREATE TRIGGER reset_recorded BEFORE INSERT ON organisation_passwordreset
    FOR EACH ROW EXECUTE FUNCTION organisation_reset_recorded();
CREATE TRIGGER reset_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON organisation_passwordreset
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_nothing_is_deleted();
"""

UNDO = """
DROP TRIGGER reset_kept ON organisation_passwordreset;
DROP TRIGGER reset_recorded ON organisation_passwordreset;
DROP TRIGGER account_kept ON organisation_user;
DROP TRIGGER account_closed ON organisation_user;
DROP TRIGGER name_kept ON organisation_unitname;
DROP TRIGGER name_changed ON organisation_unitname;
DROP TRIGGER name_born ON organisation_unitname;
DROP TRIGGER unit_kept ON organisation_unit;
DROP TRIGGER unit_changed ON organisation_unit;
DROP FUNCTION organisation_reset_recorded, organisation_account_closed, organisation_name_changed,
    organisation_name_born, organisation_unit_changed, organisation_today;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_rules")]

    operations = [migrations.RunSQL(UNIT + ACCOUNT, UNDO)]
