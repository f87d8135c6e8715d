"""Printings, custody, and rows of what never is an item of the portal, as PostgreSQL keeps them (Articles 13, 19).

Note 2: every publication is registered, web or not. A row without a submission is of that kind; it never becomes one
for the web, and whoever fills it in holds the unit's post for it.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

KEEPING = f"""
CREATE FUNCTION secrecy_print_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('sheet ' || NEW.sheet_id, 20171019));
    SELECT count(*) + 1 INTO NEW.number FROM public.secrecy_sheetprint p WHERE p.sheet_id = NEW.sheet_id;
    IF NEW.number > 1 AND btrim(NEW.reason) = '' THEN
        PERFORM public.secrecy_refuse('print', 'who prints a sheet again says why');
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_custody_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    kept public.secrecy_secrecysheet;
BEGIN
    SELECT * INTO kept FROM public.secrecy_secrecysheet s WHERE s.id = NEW.sheet_id;
    IF btrim(NEW.place) = '' OR btrim(NEW.keeper) = '' THEN
        PERFORM public.secrecy_refuse('incomplete', 'custody names the place and the keeper');
    END IF;
    IF NOT coalesce(public.organisation_holds(NEW.by_id, kept.unit_id, 'archivist', clock_timestamp()), false) THEN
        PERFORM public.secrecy_must_hold(NEW.by_id, kept.unit_id, 'dedicated', NULL);
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER print_born BEFORE INSERT ON secrecy_sheetprint
    FOR EACH ROW EXECUTE FUNCTION secrecy_print_born();
CREATE TRIGGER print_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON secrecy_sheetprint
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
CREATE TRIGGER custody_born BEFORE INSERT ON secrecy_custody
    FOR EACH ROW EXECUTE FUNCTION secrecy_custody_born();
CREATE TRIGGER custody_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON secrecy_custody
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
"""

OFF_THE_WEB = f"""
CREATE FUNCTION secrecy_offweb_row() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF NEW.form = 'web' OR NEW.proposed_form = 'web' THEN
        PERFORM public.secrecy_refuse('offweb', 'without a submission nothing goes on the web');
    END IF;
    IF TG_OP = 'INSERT'
       AND NOT coalesce(public.organisation_holds(NEW.author_id, NEW.unit_id, 'dedicated', clock_timestamp()), false)
       AND NOT coalesce(public.organisation_holds(NEW.author_id, NEW.unit_id, 'author', clock_timestamp()), false) THEN
        PERFORM public.secrecy_refuse('offweb', 'the unit''s author or dedicated person fills in the row');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER row_offweb_born BEFORE INSERT ON secrecy_secrecyrow
    FOR EACH ROW WHEN (NEW.submission_id IS NULL) EXECUTE FUNCTION secrecy_offweb_row();
CREATE TRIGGER row_offweb_changed BEFORE UPDATE ON secrecy_secrecyrow
    FOR EACH ROW WHEN (NEW.submission_id IS NULL) EXECUTE FUNCTION secrecy_offweb_row();
"""

UNDO = """
DROP TRIGGER row_offweb_changed ON secrecy_secrecyrow;
DROP TRIGGER row_offweb_born ON secrecy_secrecyrow;
DROP TRIGGER custody_kept ON secrecy_custody;
DROP TRIGGER custody_born ON secrecy_custody;
DROP TRIGGER print_kept ON secrecy_sheetprint;
DROP TRIGGER print_born ON secrecy_sheetprint;
DROP FUNCTION secrecy_offweb_row, secrecy_custody_born, secrecy_print_born;
"""


class Migration(migrations.Migration):
    dependencies = [("secrecy", "0008_keeping")]

    operations = [migrations.RunSQL(KEEPING + OFF_THE_WEB, UNDO)]
