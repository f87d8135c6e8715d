"""The intake record, as PostgreSQL keeps it: at the server's minute, never altered, leading to one submission."""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

RULES = f"""
CREATE FUNCTION intake_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    NEW.received_at := public.publication_server_time(NEW.received_at);
    IF NEW.submission_id IS NOT NULL OR NEW.receiver_id = NEW.author_id
       OR NOT EXISTS (SELECT 1 FROM public.publication_storedfile f WHERE f.sha256 = NEW.form_sha256) THEN
        PERFORM public.publication_refuse('intake', 'an intake record is made by another person, with the scanned form');
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION intake_changed() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (to_jsonb(NEW) - 'submission_id') IS DISTINCT FROM (to_jsonb(OLD) - 'submission_id')
       OR OLD.submission_id IS NOT NULL OR NOT EXISTS (
           SELECT 1 FROM public.publication_submission s WHERE s.id = NEW.submission_id
           AND s.object_id = NEW.object_id AND s.unit_id = NEW.unit_id AND s.author_id = NEW.author_id) THEN
        PERFORM public.publication_refuse('permanent', 'an intake record leads to one submission and never changes');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER intake_born BEFORE INSERT ON intake_intake FOR EACH ROW EXECUTE FUNCTION intake_born();
CREATE TRIGGER intake_changed BEFORE UPDATE ON intake_intake FOR EACH ROW EXECUTE FUNCTION intake_changed();
CREATE TRIGGER intake_permanent BEFORE DELETE OR TRUNCATE ON intake_intake
    FOR EACH STATEMENT EXECUTE FUNCTION publication_permanent();
"""

UNDO = """
DROP TRIGGER intake_permanent ON intake_intake;
DROP TRIGGER intake_changed ON intake_intake;
DROP TRIGGER intake_born ON intake_intake;
DROP FUNCTION intake_changed, intake_born;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("publication", "0003_signatures")]

    operations = [migrations.RunSQL(RULES, UNDO)]
