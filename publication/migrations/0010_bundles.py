"""A bundle whose documents say what belongs to it forgets what was given up; what is public already is waited for no more.

Article 14(1) ¶3: a policy names its interpretations in its signed bytes. An interpretation that was withdrawn for good
is no longer named by the policy's next submission, so it must not hold the policy back for ever. And an interpretation
written while its policy went online alone has nothing left to wait for.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

NAMED = f"""
-- Handed in under the bundle and not given up.
CREATE FUNCTION publication_bundle_members(bundle uuid) RETURNS SETOF public.publication_submission
LANGUAGE sql STABLE {PATH} AS $$
    SELECT s.* FROM public.publication_submission s WHERE s.bundle_id = $1
    AND NOT EXISTS (SELECT 1 FROM public.publication_submissionend e WHERE e.submission_id = s.id)
$$;

-- Which objects go live together: those handed in and those their documents name. Where none of them names any, also
-- what was withdrawn: nobody has said that the rest may go without it.
CREATE OR REPLACE FUNCTION publication_bundle_objects(bundle uuid) RETURNS SETOF uuid LANGUAGE sql STABLE {PATH} AS $$
    WITH named AS (
        SELECT o::uuid AS id FROM public.publication_bundle_members($1) s,
            jsonb_array_elements_text(convert_from(s.document, 'UTF8')::jsonb -> 'bundle') AS o)
    SELECT s.object_id FROM public.publication_bundle_members($1) s
    UNION SELECT id FROM named
    UNION SELECT s.object_id FROM public.publication_submission s
          WHERE s.bundle_id = $1 AND NOT EXISTS (SELECT 1 FROM named)
$$;

-- Every object of the bundle has an approved submission that is due, or is public and not being changed under it.
CREATE OR REPLACE FUNCTION publication_bundle_ready(bundle uuid) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT NOT EXISTS (
        SELECT 1 FROM public.publication_bundle_objects($1) AS o
        WHERE NOT EXISTS (
            SELECT 1 FROM public.publication_bundle_members($1) s
            JOIN public.publication_release r ON r.submission_id = s.id
            WHERE s.object_id = o AND (r.due_at IS NULL OR r.due_at <= clock_timestamp()))
        AND NOT (
            EXISTS (SELECT 1 FROM public.publication_publication p WHERE p.object_id = o AND p.ended_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM public.publication_bundle_members($1) s WHERE s.object_id = o)))
$$;

-- Whoever names what goes with him is handed in under the bundle that waits for it. Older rows named nothing.
ALTER TABLE publication_submission ADD CONSTRAINT publication_bundle CHECK (
    bundle_id IS NOT NULL
    OR jsonb_array_length(coalesce(convert_from(document, 'UTF8')::jsonb -> 'bundle', '[]')) = 0) NOT VALID;
"""

AS_BEFORE = f"""
ALTER TABLE publication_submission DROP CONSTRAINT publication_bundle;

CREATE OR REPLACE FUNCTION publication_bundle_objects(bundle uuid) RETURNS SETOF uuid LANGUAGE sql STABLE {PATH} AS $$
    SELECT s.object_id FROM public.publication_submission s WHERE s.bundle_id = $1
    UNION
    SELECT o::uuid FROM public.publication_submission s,
        jsonb_array_elements_text(convert_from(s.document, 'UTF8')::jsonb -> 'bundle') AS o
    WHERE s.bundle_id = $1 AND NOT EXISTS (SELECT 1 FROM public.publication_submissionend e
                                           WHERE e.submission_id = s.id)
$$;

CREATE OR REPLACE FUNCTION publication_bundle_ready(bundle uuid) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT NOT EXISTS (
        SELECT 1 FROM public.publication_bundle_objects($1) AS o
        WHERE NOT EXISTS (
            SELECT 1 FROM public.publication_submission s
            JOIN public.publication_release r ON r.submission_id = s.id
            WHERE s.object_id = o AND s.bundle_id = $1 AND (r.due_at IS NULL OR r.due_at <= clock_timestamp())
              AND NOT EXISTS (SELECT 1 FROM public.publication_submissionend e WHERE e.submission_id = s.id)))
$$;

DROP FUNCTION publication_bundle_members(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0009_batches")]

    operations = [migrations.RunSQL(NAMED, AS_BEFORE)]
