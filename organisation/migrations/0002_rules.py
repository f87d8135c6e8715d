"""The rules that PostgreSQL itself keeps about appointments, delegations, names and accounts.

Every function pins its ``search_path`` (an unpinned one was bypassed with a temporary table, publish-paths.md). None
trusts a clock but the server's. SQLSTATE 23514 (check violation) makes Django raise ``IntegrityError``.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

# Who holds what. `organisation_holds` only reads; `organisation_holds_locked` also locks the appointments it relies
# on, so that an appointment cannot end between the check and the commit of what was signed under it.
HOLDS = f"""
CREATE FUNCTION organisation_appointed(holder bigint, in_unit bigint, of_post text, moment timestamptz)
RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT EXISTS (
        SELECT 1
        FROM public.organisation_appointment a
        JOIN public.organisation_post p ON p.code = a.post_id
        JOIN public.organisation_unit u ON u.id = a.unit_id
        WHERE a.person_id = $1 AND a.unit_id = $2 AND a.post_id = $3
          AND a.starts_at <= $4 AND (a.ends_at IS NULL OR $4 < a.ends_at)
          AND ((NOT p.signing AND NOT a.concurrent) OR a.confirmed_at <= $4)
          AND (u.closed_on IS NULL OR ($4 AT TIME ZONE 'Asia/Shanghai')::date < u.closed_on))
$$;

CREATE FUNCTION organisation_leads(holder bigint, in_unit bigint, moment timestamptz)
RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.organisation_post p
        WHERE p.leader AND public.organisation_appointed($1, $2, p.code, $3))
$$;

CREATE FUNCTION organisation_holds(holder bigint, in_unit bigint, of_post text, moment timestamptz,
                                   by_delegation bigint DEFAULT NULL)
RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT CASE WHEN $5 IS NULL THEN public.organisation_appointed($1, $2, $3, $4)
    ELSE EXISTS (
        SELECT 1 FROM public.organisation_delegation d
        WHERE d.id = $5 AND d.delegate_id = $1 AND d.unit_id = $2 AND d.post_id = $3
          AND d.starts_at <= $4 AND $4 < d.ends_at AND d.confirmed_at <= $4
          AND public.organisation_appointed(d.grantor_id, $2, $3, $4)
          AND public.organisation_leads($1, $2, $4))
    END
$$;

CREATE FUNCTION organisation_holds_locked(holder bigint, in_unit bigint, of_post text, moment timestamptz,
                                          by_delegation bigint DEFAULT NULL)
RETURNS boolean LANGUAGE plpgsql VOLATILE {PATH} AS $$
BEGIN
    PERFORM 1 FROM public.organisation_delegation d WHERE d.id = by_delegation FOR SHARE;
    PERFORM 1 FROM public.organisation_appointment a
      WHERE a.unit_id = in_unit AND (a.person_id = holder OR a.person_id =
            (SELECT d.grantor_id FROM public.organisation_delegation d WHERE d.id = by_delegation))
      ORDER BY a.id FOR SHARE;
    RETURN public.organisation_holds(holder, in_unit, of_post, moment, by_delegation);
END
$$;
"""

# An end may be set or brought forward, never into the past: what was signed under it stays signed under it.
SHORTEN = f"""
CREATE FUNCTION organisation_checked_end(begins timestamptz, was timestamptz, wanted timestamptz)
RETURNS timestamptz LANGUAGE plpgsql VOLATILE {PATH} AS $$
BEGIN
    IF wanted IS NOT DISTINCT FROM was THEN
        RETURN was;
    END IF;
    IF wanted IS NULL OR wanted > was THEN
        RAISE EXCEPTION 'the end may only be set or brought forward' USING ERRCODE = 'check_violation';
    END IF;
    IF was <= clock_timestamp() OR wanted < greatest(begins, transaction_timestamp()) THEN
        RAISE EXCEPTION 'the end may not lie in the past' USING ERRCODE = 'check_violation';
    END IF;
    RETURN greatest(wanted, begins, clock_timestamp());
END
$$;

CREATE FUNCTION organisation_nothing_is_deleted() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    RAISE EXCEPTION '% is kept for ever: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'check_violation';
END
$$;
"""

APPOINTMENT = f"""
CREATE FUNCTION organisation_appointment_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF NEW.confirmed_by_id IS NOT NULL OR NEW.confirmed_at IS NOT NULL THEN
        RAISE EXCEPTION 'an appointment is born unconfirmed' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.organisation_post p JOIN public.organisation_unit u ON u.id = NEW.unit_id
                   WHERE p.code = NEW.post_id AND (cardinality(p.kinds) = 0 OR u.kind = ANY (p.kinds))) THEN
        RAISE EXCEPTION 'this kind of unit does not have that post' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.organisation_user p WHERE p.id = NEW.person_id AND p.is_active) THEN
        RAISE EXCEPTION 'a closed account holds no post' USING ERRCODE = 'check_violation';
    END IF;
    NEW.requested_at := clock_timestamp();
    NEW.concurrent := NEW.concurrent OR EXISTS (
        SELECT 1 FROM public.organisation_appointment a
        WHERE a.person_id = NEW.person_id AND a.unit_id <> NEW.unit_id
          AND (a.ends_at IS NULL OR a.ends_at > NEW.starts_at)
          AND (NEW.ends_at IS NULL OR NEW.ends_at > a.starts_at));
    RETURN NEW;
END
$$;

CREATE FUNCTION organisation_appointment_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (NEW.id, NEW.person_id, NEW.unit_id, NEW.post_id, NEW.starts_at, NEW.concurrent, NEW.requested_by_id,
        NEW.requested_at) IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.unit_id, OLD.post_id, OLD.starts_at,
        OLD.concurrent, OLD.requested_by_id, OLD.requested_at) THEN
        RAISE EXCEPTION 'an appointment does not change: end it and make another' USING ERRCODE = 'check_violation';
    END IF;
    NEW.ends_at := public.organisation_checked_end(OLD.starts_at, OLD.ends_at, NEW.ends_at);
    IF (NEW.confirmed_by_id, NEW.confirmed_at) IS NOT DISTINCT FROM (OLD.confirmed_by_id, OLD.confirmed_at) THEN
        RETURN NEW;
    END IF;
    IF OLD.confirmed_by_id IS NOT NULL OR NEW.confirmed_by_id IS NULL OR OLD.ends_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'an appointment is confirmed once, while it runs' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.confirmed_by_id IN (OLD.requested_by_id, OLD.person_id) THEN
        RAISE EXCEPTION 'a second person confirms, not the appointee' USING ERRCODE = 'check_violation';
    END IF;
    NEW.confirmed_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER appointment_born BEFORE INSERT ON organisation_appointment
    FOR EACH ROW EXECUTE FUNCTION organisation_appointment_born();
CREATE TRIGGER appointment_changed BEFORE UPDATE ON organisation_appointment
    FOR EACH ROW EXECUTE FUNCTION organisation_appointment_changed();
CREATE TRIGGER appointment_kept BEFORE DELETE OR TRUNCATE ON organisation_appointment
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_nothing_is_deleted();
"""

DELEGATION = f"""
CREATE FUNCTION organisation_delegation_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    first_moment timestamptz := greatest(NEW.starts_at, clock_timestamp());
BEGIN
    IF NEW.confirmed_by_id IS NOT NULL OR NEW.confirmed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a delegation is born unconfirmed' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.organisation_post p WHERE p.code = NEW.post_id AND p.signing) THEN
        RAISE EXCEPTION 'only a signing post is delegated' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT public.organisation_appointed(NEW.grantor_id, NEW.unit_id, NEW.post_id, first_moment) THEN
        RAISE EXCEPTION 'the grantor does not hold the post himself' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT public.organisation_leads(NEW.delegate_id, NEW.unit_id, first_moment) THEN
        RAISE EXCEPTION 'the delegate is not a leader of the unit' USING ERRCODE = 'check_violation';
    END IF;
    NEW.created_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE FUNCTION organisation_delegation_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (NEW.id, NEW.grantor_id, NEW.delegate_id, NEW.unit_id, NEW.post_id, NEW.starts_at, NEW.reason,
        NEW.created_by_id, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.grantor_id, OLD.delegate_id, OLD.unit_id,
        OLD.post_id, OLD.starts_at, OLD.reason, OLD.created_by_id, OLD.created_at) THEN
        RAISE EXCEPTION 'a delegation does not change: end it and make another' USING ERRCODE = 'check_violation';
    END IF;
    NEW.ends_at := public.organisation_checked_end(OLD.starts_at, OLD.ends_at, NEW.ends_at);
    IF (NEW.confirmed_by_id, NEW.confirmed_at) IS NOT DISTINCT FROM (OLD.confirmed_by_id, OLD.confirmed_at) THEN
        RETURN NEW;
    END IF;
    IF OLD.confirmed_by_id IS NOT NULL OR NEW.confirmed_by_id IS NULL OR OLD.ends_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'a delegation is confirmed once, while it runs' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.confirmed_by_id IN (OLD.created_by_id, OLD.delegate_id) THEN
        RAISE EXCEPTION 'a second person confirms, not the delegate' USING ERRCODE = 'check_violation';
    END IF;
    NEW.confirmed_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER delegation_born BEFORE INSERT ON organisation_delegation
    FOR EACH ROW EXECUTE FUNCTION organisation_delegation_born();
CREATE TRIGGER delegation_changed BEFORE UPDATE ON organisation_delegation
    FOR EACH ROW EXECUTE FUNCTION organisation_delegation_changed();
CREATE TRIGGER delegation_kept BEFORE DELETE OR TRUNCATE ON organisation_delegation
    FOR EACH STATEMENT EXECUTE FUNCTION organisation_nothing_is_deleted();
"""

UNIT = f"""
CREATE FUNCTION organisation_today() RETURNS date LANGUAGE sql STABLE {PATH} AS $$
    SELECT (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date
$$;

CREATE FUNCTION organisation_unit_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (NEW.id, NEW.code, NEW.kind) IS DISTINCT FROM (OLD.id, OLD.code, OLD.kind) THEN
        RAISE EXCEPTION 'code and kind of a unit do not change' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.closed_on IS DISTINCT FROM OLD.closed_on AND
       (OLD.closed_on <= public.organisation_today() OR NEW.closed_on < public.organisation_today()) THEN
        RAISE EXCEPTION 'the closing of a unit does not lie in the past' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION organisation_name_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.organisation_unitname n WHERE n.unit_id = NEW.unit_id
               AND n.valid_from < coalesce(NEW.valid_to, 'infinity')
               AND NEW.valid_from < coalesce(n.valid_to, 'infinity')) THEN
        RAISE EXCEPTION 'a unit has one name at a time' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION organisation_name_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (NEW.id, NEW.unit_id, NEW.name, NEW.short_name, NEW.valid_from) IS DISTINCT FROM
       (OLD.id, OLD.unit_id, OLD.name, OLD.short_name, OLD.valid_from) THEN
        RAISE EXCEPTION 'a name does not change: it ends and another begins' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.valid_to IS DISTINCT FROM OLD.valid_to AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to
       OR NEW.valid_to < public.organisation_today()) THEN
        RAISE EXCEPTION 'a name ends today or later, and once' USING ERRCODE = 'check_violation';
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
ACCOUNT = f"""
CREATE FUNCTION organisation_account_closed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    UPDATE public.organisation_appointment SET ends_at = greatest(starts_at, clock_timestamp())
     WHERE person_id = NEW.id AND (ends_at IS NULL OR ends_at > greatest(starts_at, clock_timestamp()));
    UPDATE public.organisation_delegation SET ends_at = greatest(starts_at, clock_timestamp())
     WHERE NEW.id IN (grantor_id, delegate_id) AND ends_at > greatest(starts_at, clock_timestamp());
    RETURN NULL;
END
$$;

CREATE FUNCTION organisation_reset_recorded() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
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
DROP TRIGGER delegation_kept ON organisation_delegation;
DROP TRIGGER delegation_changed ON organisation_delegation;
DROP TRIGGER delegation_born ON organisation_delegation;
DROP TRIGGER appointment_kept ON organisation_appointment;
DROP TRIGGER appointment_changed ON organisation_appointment;
DROP TRIGGER appointment_born ON organisation_appointment;
DROP FUNCTION organisation_reset_recorded, organisation_account_closed, organisation_name_changed,
    organisation_name_born, organisation_unit_changed, organisation_today, organisation_delegation_changed,
    organisation_delegation_born, organisation_appointment_changed, organisation_appointment_born,
    organisation_nothing_is_deleted, organisation_checked_end, organisation_holds_locked, organisation_holds,
    organisation_leads, organisation_appointed;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        migrations.RunSQL(HOLDS + SHORTEN + APPOINTMENT + DELEGATION + UNIT + ACCOUNT, UNDO),
    ]
