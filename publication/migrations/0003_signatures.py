"""Signing, as PostgreSQL keeps it: in order, by who holds the post at that minute, one person one act (Article 14)."""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

SIGNED = f"""
-- How often a step has been asked for: once, and again each time the seal was sent back (Article 13, 退回补表).
CREATE FUNCTION publication_attempt(submission uuid, at_position int) RETURNS int LANGUAGE sql STABLE {PATH} AS $$
    SELECT 1 + count(*)::int FROM public.publication_signoff o
    WHERE o.submission_id = $1 AND o.decision = 'reopen' AND (o.detail ->> 'target')::int = $2
$$;

CREATE FUNCTION publication_signed(submission uuid, at_position int) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT EXISTS (SELECT 1 FROM public.publication_signoff o
        WHERE o.submission_id = $1 AND o.position = $2 AND o.decision = 'agree'
          AND o.attempt = public.publication_attempt($1, $2))
$$;

-- Is every step that the route defines frozen for this submission?
CREATE FUNCTION publication_route_whole(submission uuid) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT count(d.id) > 0 AND count(d.id) = count(f.id)
    FROM public.publication_submission s
    JOIN public.publication_routedefinition d
      ON d.route = s.route AND d.variant = s.variant AND d.version = s.route_version
    LEFT JOIN public.publication_frozenstep f ON f.submission_id = s.id AND f.position = d.position
    WHERE s.id = $1
$$;

CREATE FUNCTION publication_over(submission uuid) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT EXISTS (SELECT 1 FROM public.publication_submissionend e WHERE e.submission_id = $1)
        OR EXISTS (SELECT 1 FROM public.publication_signoff o WHERE o.submission_id = $1
                   AND o.decision IN ('return', 'refuse', 'escalate', 'quarantine', 'on_request', 'other_form'))
$$;

CREATE FUNCTION publication_complete(submission uuid) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    SELECT public.publication_route_whole($1) AND NOT EXISTS (
        SELECT 1 FROM public.publication_frozenstep f
        WHERE f.submission_id = $1 AND NOT public.publication_signed($1, f.position))
$$;
"""

# Opinions that one act may hold together, the earlier step first (architecture: Review).
MERGES = "('secrecy', 'review'), ('leader_opinion', 'approval'), ('leader_opinion', 'review')"

PARTS = f"""
-- Whoever wrote gives no opinion, and nobody gives one twice. 盖章 is exempt: the 专管人员 may have written the item.
CREATE FUNCTION publication_check_person(o public.publication_signoff, author bigint) RETURNS void
LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF o.opinion = 'seal' THEN
        RETURN;
    END IF;
    IF o.person_id = author THEN
        PERFORM public.publication_refuse('author_signs', 'the author gives no opinion on the item');
    END IF;
    IF EXISTS (SELECT 1 FROM public.publication_signoff e
               WHERE e.submission_id = o.submission_id AND e.person_id = o.person_id AND e.opinion <> 'seal'
                 AND e.act <> o.act AND e.position <> o.position) THEN
        PERFORM public.publication_refuse('one_act', 'one person acts once on an item');
    END IF;
END
$$;

CREATE FUNCTION publication_check_act(o public.publication_signoff) RETURNS void LANGUAGE plpgsql {PATH} AS $$
DECLARE
    earlier public.publication_signoff;
BEGIN
    SELECT * INTO earlier FROM public.publication_signoff e WHERE e.act = o.act ORDER BY e.id DESC LIMIT 1;
    IF earlier.id IS NULL THEN
        RETURN;
    END IF;
    IF earlier.submission_id <> o.submission_id OR earlier.person_id <> o.person_id
       OR earlier.decision <> 'agree' OR o.decision <> 'agree' OR earlier.position + 1 <> o.position
       OR (SELECT count(*) FROM public.publication_signoff e WHERE e.act = o.act) > 1
       OR (earlier.opinion::text, o.opinion::text) NOT IN ({MERGES}) THEN
        PERFORM public.publication_refuse('merge', 'these opinions are not one act');
    END IF;
END
$$;

CREATE FUNCTION publication_check_turn(o public.publication_signoff) RETURNS void LANGUAGE plpgsql {PATH} AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.publication_frozenstep f WHERE f.submission_id = o.submission_id
               AND f.position < o.position AND NOT public.publication_signed(o.submission_id, f.position)) THEN
        PERFORM public.publication_refuse('order', 'an earlier step is not signed');
    END IF;
    IF o.attempt <> public.publication_attempt(o.submission_id, o.position)
       OR public.publication_signed(o.submission_id, o.position) THEN
        PERFORM public.publication_refuse('already_signed', 'the step is signed');
    END IF;
    IF o.decision = 'reopen' AND NOT EXISTS (
        SELECT 1 FROM public.publication_frozenstep f WHERE f.submission_id = o.submission_id
        AND f.opinion = 'seal' AND f.position < o.position AND f.position::text = o.detail ->> 'target') THEN
        PERFORM public.publication_refuse('reopen', 'only an earlier seal is asked for again');
    END IF;
END
$$;
"""

SIGNOFF = f"""
CREATE FUNCTION publication_signoff_born() RETURNS trigger LANGUAGE plpgsql {PATH} AS $$
DECLARE
    s public.publication_submission;
    step public.publication_frozenstep;
BEGIN
    PERFORM public.publication_lock(NEW.submission_id);
    NEW.signed_at := public.publication_server_time(NEW.signed_at);
    SELECT * INTO s FROM public.publication_submission WHERE id = NEW.submission_id;
    SELECT * INTO step FROM public.publication_frozenstep f
        WHERE f.submission_id = NEW.submission_id AND f.position = NEW.position;
    IF NEW.decision NOT IN ('agree', 'return', 'refuse', 'escalate', 'refer', 'quarantine', 'on_request',
                            'other_form', 'reopen', 'hold') THEN
        PERFORM public.publication_refuse('step', 'there is no such decision');
    END IF;
    IF NEW.digest IS DISTINCT FROM s.digest THEN
        PERFORM public.publication_refuse('digest', 'these are not the submitted bytes');
    END IF;
    IF public.publication_over(NEW.submission_id) THEN
        PERFORM public.publication_refuse('ended', 'the submission has ended');
    END IF;
    IF NOT public.publication_route_whole(NEW.submission_id) THEN
        PERFORM public.publication_refuse('definition', 'the frozen steps are not the route''s');
    END IF;
    IF step.id IS NULL OR NEW.opinion <> step.opinion OR NEW.unit_id <> step.unit_id
       OR NOT NEW.post = ANY (step.posts) THEN
        PERFORM public.publication_refuse('step', 'the route has no such step for this post');
    END IF;
    PERFORM public.publication_check_turn(NEW);
    PERFORM public.publication_check_person(NEW, s.author_id);
    PERFORM public.publication_check_act(NEW);
    IF NOT public.organisation_holds_locked(NEW.person_id, NEW.unit_id, NEW.post::text, NEW.signed_at,
                                            NEW.delegation_id) THEN
        PERFORM public.publication_refuse('not_holder', 'the post is not held at this minute');
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER signoff_born BEFORE INSERT ON publication_signoff
    FOR EACH ROW EXECUTE FUNCTION publication_signoff_born();
"""

UNDO = """
DROP TRIGGER signoff_born ON publication_signoff;
DROP FUNCTION publication_signoff_born();
DROP FUNCTION publication_check_turn(publication_signoff);
DROP FUNCTION publication_check_act(publication_signoff);
DROP FUNCTION publication_check_person(publication_signoff, bigint);
DROP FUNCTION publication_complete(uuid);
DROP FUNCTION publication_over(uuid);
DROP FUNCTION publication_route_whole(uuid);
DROP FUNCTION publication_signed(uuid, int);
DROP FUNCTION publication_attempt(uuid, int);
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0002_submissions")]

    operations = [migrations.RunSQL(SIGNED + PARTS + SIGNOFF, UNDO)]
