"""Opinions on paper, as PostgreSQL keeps them: entered once, compared by a second person, never altered (Article 14).

The last trigger stands on the sign-offs of ``publication``: a signature "on paper" without its checked record, or with
another medium than the two there are, is refused to everybody.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"
ANSWER = "ARRAY['verified_by_id', 'verified_at', 'rejected_by_id', 'rejected_at', 'rejected_reason']"

RULES = f"""
CREATE FUNCTION review_paper_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    NEW.entered_at := public.publication_server_time(NEW.entered_at);
    IF NEW.verified_at IS NOT NULL OR NEW.verified_by_id IS NOT NULL OR NEW.rejected_at IS NOT NULL
       OR NEW.rejected_by_id IS NOT NULL OR NEW.entered_by_id = NEW.person_id
       OR NEW.signed_on > (NEW.entered_at AT TIME ZONE 'Asia/Shanghai')::date
       OR NOT EXISTS (SELECT 1 FROM public.publication_submission s
                      WHERE s.id = NEW.submission_id AND s.digest = NEW.digest)
       OR NOT EXISTS (SELECT 1 FROM public.publication_storedfile f WHERE f.sha256 = NEW.sha256) THEN
        PERFORM public.publication_refuse('paper', 'an opinion on paper is entered by another person, with its scan');
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION review_paper_answered() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF (to_jsonb(NEW) - {ANSWER}) IS DISTINCT FROM (to_jsonb(OLD) - {ANSWER})
       OR OLD.verified_at IS NOT NULL OR OLD.rejected_at IS NOT NULL
       OR (NEW.verified_at IS NULL) = (NEW.rejected_at IS NULL) THEN
        PERFORM public.publication_refuse('permanent', 'an opinion on paper is answered once and never altered');
    END IF;
    IF NEW.verified_at IS NOT NULL THEN
        NEW.verified_at := public.publication_server_time(NEW.verified_at);
        IF NEW.verified_by_id IS NULL OR NEW.verified_by_id IN (NEW.entered_by_id, NEW.person_id) THEN
            PERFORM public.publication_refuse('paper', 'a second person compares the entry with the paper');
        END IF;
    ELSE
        NEW.rejected_at := public.publication_server_time(NEW.rejected_at);
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION review_signoff_medium() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF NEW.medium = 'online' THEN
        RETURN NEW;
    END IF;
    IF NEW.medium <> 'paper' OR NOT EXISTS (
        SELECT 1 FROM public.review_paperopinion p
        WHERE p.id::text = NEW.detail ->> 'paper' AND p.submission_id = NEW.submission_id
          AND p.person_id = NEW.person_id AND p.digest = NEW.digest AND NEW.position = ANY (p.positions)
          AND p.verified_at IS NOT NULL) THEN
        PERFORM public.publication_refuse('paper', 'no checked scan stands behind this signature on paper');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER paper_born BEFORE INSERT ON review_paperopinion
    FOR EACH ROW EXECUTE FUNCTION review_paper_born();
CREATE TRIGGER paper_answered BEFORE UPDATE ON review_paperopinion
    FOR EACH ROW EXECUTE FUNCTION review_paper_answered();
CREATE TRIGGER paper_permanent BEFORE DELETE OR TRUNCATE ON review_paperopinion
    FOR EACH STATEMENT EXECUTE FUNCTION publication_permanent();
CREATE TRIGGER signoff_medium BEFORE INSERT ON publication_signoff
    FOR EACH ROW EXECUTE FUNCTION review_signoff_medium();
"""

UNDO = """
DROP TRIGGER signoff_medium ON publication_signoff;
DROP TRIGGER paper_permanent ON review_paperopinion;
DROP TRIGGER paper_answered ON review_paperopinion;
DROP TRIGGER paper_born ON review_paperopinion;
DROP FUNCTION review_signoff_medium, review_paper_answered, review_paper_born;
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0002_paper"), ("publication", "0003_signatures")]

    operations = [migrations.RunSQL(RULES, UNDO)]
