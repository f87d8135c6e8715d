"""A package's record, as PostgreSQL keeps it: what arrived never changes, received becomes taken in once."""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

RULES = f"""
CREATE FUNCTION intake_package_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    NEW.at := public.publication_server_time(NEW.at);
    IF NEW.intake_id IS NOT NULL OR NEW.outcome NOT IN ('received', 'refused')
       OR (NEW.outcome = 'refused') <> (NEW.reason <> '') THEN
        PERFORM public.publication_refuse('intake', 'a package is received, or refused with its reason');
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION intake_package_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF OLD.outcome <> 'received' OR NEW.outcome <> 'taken' OR NEW.intake_id IS NULL
       OR (to_jsonb(NEW) - ARRAY['outcome', 'intake_id']) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['outcome', 'intake_id'])
    THEN
        PERFORM public.publication_refuse('permanent', 'a package is taken in once and never changes');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER package_born BEFORE INSERT ON intake_packagefile
    FOR EACH ROW EXECUTE FUNCTION intake_package_born();
CREATE TRIGGER package_changed BEFORE UPDATE ON intake_packagefile
    FOR EACH ROW EXECUTE FUNCTION intake_package_changed();
CREATE TRIGGER package_permanent BEFORE DELETE OR TRUNCATE ON intake_packagefile
    FOR EACH STATEMENT EXECUTE FUNCTION publication_permanent();
"""

UNDO = """
DROP TRIGGER package_permanent ON intake_packagefile;
DROP TRIGGER package_changed ON intake_packagefile;
DROP TRIGGER package_born ON intake_packagefile;
DROP FUNCTION intake_package_changed, intake_package_born;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_packagefile")]

    operations = [migrations.RunSQL(RULES, UNDO)]
