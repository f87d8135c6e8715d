"""The rules that PostgreSQL itself keeps about appointments and delegations.

Every function pins its ``search_path``: an unpinned one was fooled by a temporary table (publish-paths.md).
None trusts a clock but the server's. SQLSTATE 23514 (check violation) makes Django raise ``IntegrityError``.
"""

from django.db import migrations

# Who holds what. `organisation_holds` only reads; `organisation_holds_locked` also locks the appointments it
# relies on, so that none of them ends between the check and the commit of what was signed under it.
HOLDS = """
CREATE FUNCTION organisation_appointed(holder bigint, in_unit bigint, of_post text, moment timestamptz)
RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
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
RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.organisation_post p
        WHERE p.leader AND public.organisation_appointed($1, $2, p.code, $3))
$$;

CREATE FUNCTION organisation_holds(holder bigint, in_unit bigint, of_post text, moment timestamptz,
                                   by_delegation bigint DEFAULT NULL)
RETURNS boolean LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
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
RETURNS boolean LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, public, pg_temp AS $$
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
SHORTEN = """
CREATE FUNCTION organisation_checked_end(begins timestamptz, was timestamptz, wanted timestamptz)
RETURNS timestamptz LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF wanted IS NOT DISTINCT FROM was THEN
        RETURN was;
    END IF;
    IF wanted IS NULL OR wanted > was THEN
        RAISE EXCEPTION 'the end may only be set or brought forward' USING ERRCODE = '23514';
    END IF;
    IF was <= clock_timestamp() OR wanted < greatest(begins, transaction_timestamp()) THEN
        RAISE EXCEPTION 'the end may not lie in the past' USING ERRCODE = '23514';
    END IF;
    RETURN greatest(wanted, begins, clock_timestamp());
END
$$;

CREATE FUNCTION organisation_nothing_is_deleted() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is kept for ever: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '23514';
END
$$;
"""

APPOINTMENT = """
CREATE FUNCTION organisation_appointment_born() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.confirmed_by_id IS NOT NULL OR NEW.confirmed_at IS NOT NULL THEN
        RAISE EXCEPTION 'an appointment is born unconfirmed' USING ERRCODE = '23514';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.organisation_post p, public.organisation_unit u
                   WHERE u.id = NEW.unit_id AND p.code = NEW.post_id
                     AND (cardinality(p.kinds) = 0 OR u.kind = ANY (p.kinds))) THEN
        RAISE EXCEPTION 'this kind of unit does not have that post' USING ERRCODE = '23514';
    END IF;
    -- One appointment of a person at a time, so that two units cannot appoint him unaware of each other.
    PERFORM 1 FROM public.organisation_user p WHERE p.id = NEW.person_id AND p.is_active FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a closed account holds no post' USING ERRCODE = '23514';
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

CREATE FUNCTION organisation_appointment_changed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.person_id, NEW.unit_id, NEW.post_id, NEW.starts_at, NEW.concurrent, NEW.requested_by_id,
        NEW.requested_at) IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.unit_id, OLD.post_id, OLD.starts_at,
        OLD.concurrent, OLD.requested_by_id, OLD.requested_at) THEN
        RAISE EXCEPTION 'an appointment does not change: end it and make another' USING ERRCODE = '23514';
    END IF;
    NEW.ends_at := public.organisation_checked_end(OLD.starts_at, OLD.ends_at, NEW.ends_at);
    IF (NEW.confirmed_by_id, NEW.confirmed_at)
       IS NOT DISTINCT FROM (OLD.confirmed_by_id, OLD.confirmed_at) THEN
        RETURN NEW;
    END IF;
    IF OLD.confirmed_by_id IS NOT NULL OR NEW.confirmed_by_id IS NULL OR OLD.ends_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'an appointment is confirmed once, while it runs' USING ERRCODE = '23514';
    END IF;
    IF NEW.confirmed_by_id IN (OLD.requested_by_id, OLD.person_id) THEN
        RAISE EXCEPTION 'a second person confirms, not the appointee' USING ERRCODE = '23514';
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

DELEGATION = """
CREATE FUNCTION organisation_delegation_born() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    first_moment timestamptz := greatest(NEW.starts_at, clock_timestamp());
BEGIN
    IF NEW.confirmed_by_id IS NOT NULL OR NEW.confirmed_at IS NOT NULL THEN
        RAISE EXCEPTION 'a delegation is born unconfirmed' USING ERRCODE = '23514';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM public.organisation_post p WHERE p.code = NEW.post_id AND p.signing) THEN
        RAISE EXCEPTION 'only a signing post is delegated' USING ERRCODE = '23514';
    END IF;
    IF NOT public.organisation_appointed(NEW.grantor_id, NEW.unit_id, NEW.post_id, first_moment) THEN
        RAISE EXCEPTION 'the grantor does not hold the post himself' USING ERRCODE = '23514';
    END IF;
    IF NOT public.organisation_leads(NEW.delegate_id, NEW.unit_id, first_moment) THEN
        RAISE EXCEPTION 'the delegate is not a leader of the unit' USING ERRCODE = '23514';
    END IF;
    NEW.created_at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE FUNCTION organisation_delegation_changed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.grantor_id, NEW.delegate_id, NEW.unit_id, NEW.post_id, NEW.starts_at, NEW.reason,
        NEW.created_by_id, NEW.created_at)
       IS DISTINCT FROM (OLD.id, OLD.grantor_id, OLD.delegate_id, OLD.unit_id, OLD.post_id,
                         OLD.starts_at, OLD.reason, OLD.created_by_id, OLD.created_at) THEN
        RAISE EXCEPTION 'a delegation does not change: end it and make another' USING ERRCODE = '23514';
    END IF;
    NEW.ends_at := public.organisation_checked_end(OLD.starts_at, OLD.ends_at, NEW.ends_at);
    IF (NEW.confirmed_by_id, NEW.confirmed_at)
       IS NOT DISTINCT FROM (OLD.confirmed_by_id, OLD.confirmed_at) THEN
        RETURN NEW;
    END IF;
    IF OLD.confirmed_by_id IS NOT NULL OR NEW.confirmed_by_id IS NULL OR OLD.ends_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'a delegation is confirmed once, while it runs' USING ERRCODE = '23514';
    END IF;
    IF NEW.confirmed_by_id IN (OLD.created_by_id, OLD.delegate_id) THEN
        RAISE EXCEPTION 'a second person confirms, not the delegate' USING ERRCODE = '23514';
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

UNDO = """
DROP TRIGGER delegation_kept ON organisation_delegation;
DROP TRIGGER delegation_changed ON organisation_delegation;
DROP TRIGGER delegation_born ON organisation_delegation;
DROP TRIGGER appointment_kept ON organisation_appointment;
DROP TRIGGER appointment_changed ON organisation_appointment;
DROP TRIGGER appointment_born ON organisation_appointment;
DROP FUNCTION organisation_delegation_changed, organisation_delegation_born,
    organisation_appointment_changed, organisation_appointment_born,
    organisation_nothing_is_deleted, organisation_checked_end, organisation_holds_locked, organisation_holds,
    organisation_leads, organisation_appointed;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        migrations.RunSQL(HOLDS + SHORTEN + APPOINTMENT + DELEGATION, UNDO),
    ]
