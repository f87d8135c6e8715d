"""What 代为发布 keeps of an item goes when the item is destroyed (secrecy 0007): names and words, not the record."""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

RULES = f"""
-- SECURITY DEFINER: only the completed destruction empties a record.
CREATE FUNCTION intake_destroy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
DECLARE
    its_object uuid := (SELECT q.object_id FROM public.secrecy_quarantine q WHERE q.id = NEW.quarantine_id);
BEGIN
    IF EXISTS (SELECT 1 FROM public.publication_publication p WHERE p.object_id = its_object) THEN
        RETURN NULL;
    END IF;
    UPDATE public.intake_packagefile SET file_name = '' WHERE intake_id IN (
        SELECT i.id FROM public.intake_intake i WHERE i.object_id = its_object);
    UPDATE public.intake_intake i SET title = '（已销毁）', form_name = '', files = coalesce(
        (SELECT jsonb_agg(f - 'name') FROM jsonb_array_elements(i.files) f), '[]') WHERE i.object_id = its_object;
    RETURN NULL;
END
$$;

CREATE FUNCTION intake_destroying(intake bigint) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT EXISTS (SELECT 1 FROM public.intake_intake i WHERE i.id = $1 AND public.secrecy_destroying(i.object_id))
$$;

DROP TRIGGER intake_changed ON intake_intake;
CREATE TRIGGER intake_changed BEFORE UPDATE ON intake_intake
    FOR EACH ROW WHEN (NOT secrecy_destroying(OLD.object_id)) EXECUTE FUNCTION intake_changed();
CREATE TRIGGER intake_emptied BEFORE UPDATE ON intake_intake
    FOR EACH ROW WHEN (secrecy_destroying(OLD.object_id)) EXECUTE FUNCTION secrecy_emptied('title', 'form_name', 'files');
DROP TRIGGER package_changed ON intake_packagefile;
CREATE TRIGGER package_changed BEFORE UPDATE ON intake_packagefile
    FOR EACH ROW WHEN (NOT intake_destroying(OLD.intake_id)) EXECUTE FUNCTION intake_package_changed();
CREATE TRIGGER package_emptied BEFORE UPDATE ON intake_packagefile
    FOR EACH ROW WHEN (intake_destroying(OLD.intake_id)) EXECUTE FUNCTION secrecy_emptied('file_name');
CREATE TRIGGER intake_destroyed AFTER UPDATE OF destroyed_at ON secrecy_destruction
    FOR EACH ROW WHEN (OLD.destroyed_at IS NULL AND NEW.destroyed_at IS NOT NULL)
    EXECUTE FUNCTION intake_destroy();
"""

UNDO = """
DROP TRIGGER intake_destroyed ON secrecy_destruction;
DROP TRIGGER package_emptied ON intake_packagefile;
DROP TRIGGER package_changed ON intake_packagefile;
CREATE TRIGGER package_changed BEFORE UPDATE ON intake_packagefile
    FOR EACH ROW EXECUTE FUNCTION intake_package_changed();
DROP TRIGGER intake_emptied ON intake_intake;
DROP TRIGGER intake_changed ON intake_intake;
CREATE TRIGGER intake_changed BEFORE UPDATE ON intake_intake FOR EACH ROW EXECUTE FUNCTION intake_changed();
DROP FUNCTION intake_destroying, intake_destroy;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_package_rules"), ("secrecy", "0007_destruction_rules")]

    operations = [migrations.RunSQL(RULES, UNDO)]
