"""The rules that PostgreSQL itself keeps about rows, referrals and conclusions (Article 13).

Same manner as ``organisation/migrations/0002_rules.py``: every function pins its ``search_path``, no clock
but the server's counts, violations are SQLSTATE 23514 so that Django raises ``IntegrityError``.
"""

from django.db import migrations


def pinned(sql):
    """Every function gets its ``search_path``: an unpinned one was bypassed with a temporary table."""
    return sql.replace("AS $$", "SET search_path = pg_catalog, public, pg_temp AS $$")


# What every rule of this app uses.
SHARED = r"""
CREATE FUNCTION secrecy_refuse(code text, reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', reason USING ERRCODE = 'check_violation', CONSTRAINT = 'secrecy_' || code;
END
$$;

CREATE FUNCTION secrecy_must_hold(person bigint, unit bigint, post text, delegation bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(public.organisation_holds(person, unit, post, clock_timestamp(), delegation), false) THEN
        PERFORM public.secrecy_refuse('not_holder', 'the person does not hold the post ' || post || ' in that unit');
    END IF;
END
$$;

CREATE FUNCTION secrecy_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is kept for ever: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'check_violation';
END
$$;
"""

# The canonical text of a decided row, mirrored by secrecy/digests.py: a value a line, moments in microseconds.
DIGEST = r"""
CREATE FUNCTION secrecy_moment(moment timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce((extract(epoch FROM moment) * 1000000)::bigint::text, '')
$$;

CREATE FUNCTION secrecy_row_digest(entry public.secrecy_secrecyrow) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\n',
        'secrecy-row/1', coalesce(entry.submission_id::text, ''), entry.content_digest, entry.unit_id,
        entry.author_id, to_char(entry.day, 'YYYY-MM-DD'), public.secrecy_moment(entry.created_at),
        entry.department, entry.name, entry.source, entry.reprint_source, entry.form, entry.other_form,
        entry.reviewer_opinion, coalesce(entry.reviewer_id::text, ''),
        coalesce(entry.reviewer_delegation_id::text, ''), public.secrecy_moment(entry.reviewed_at),
        entry.leader_opinion, coalesce(entry.leader_id::text, ''),
        coalesce(entry.leader_delegation_id::text, ''), public.secrecy_moment(entry.decided_at),
        coalesce(entry.cites_id::text, '')), 'UTF8')), 'hex')
$$;

CREATE FUNCTION secrecy_sheet_digest(sheet bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(string_agg(r.digest, E'\n' ORDER BY e.position), 'UTF8')), 'hex')
    FROM public.secrecy_sheetrow e JOIN public.secrecy_secrecyrow r ON r.id = e.row_id WHERE e.sheet_id = $1
$$;
"""

ROW = r"""
CREATE FUNCTION secrecy_row_born() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    earlier public.secrecy_secrecyrow;
BEGIN
    IF (NEW.reviewer_opinion, NEW.leader_opinion, NEW.proposed_form, NEW.proposed_other_form, NEW.digest)
        IS DISTINCT FROM ('', '', '', '', '') OR NEW.voided_at IS NOT NULL OR NEW.sealed_away
        OR NEW.reviewer_id IS NOT NULL OR NEW.leader_id IS NOT NULL THEN
        PERFORM public.secrecy_refuse('incomplete', 'a row is born without opinions');
    END IF;
    IF concat(NEW.department, NEW.name, NEW.reprint_source, NEW.other_form) ~ '[[:cntrl:]]' THEN
        PERFORM public.secrecy_refuse('incomplete', 'a cell of the table holds no control characters');
    END IF;
    IF NEW.cites_id IS NOT NULL THEN
        SELECT * INTO earlier FROM public.secrecy_secrecyrow WHERE id = NEW.cites_id;
        IF earlier.unit_id <> NEW.unit_id OR (earlier.voided_at IS NULL
           AND 'disagree' NOT IN (earlier.reviewer_opinion, earlier.leader_opinion)
           AND earlier.form = 'web') THEN
            PERFORM public.secrecy_refuse('incomplete', 'a row cites a refused or voided row of the same unit');
        END IF;
    END IF;
    NEW.created_at := clock_timestamp();
    NEW.day := (NEW.created_at AT TIME ZONE 'Asia/Shanghai')::date;
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_row_reviewed(was public.secrecy_secrecyrow, entry public.secrecy_secrecyrow)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF was.reviewer_opinion <> '' THEN
        PERFORM public.secrecy_refuse('frozen', 'an opinion is given once');
    END IF;
    IF EXISTS (SELECT 1 FROM public.secrecy_referral f WHERE f.row_id = was.id AND NOT EXISTS
               (SELECT 1 FROM public.secrecy_secrecyconclusion c WHERE c.referral_id = f.id)) THEN
        PERFORM public.secrecy_refuse('referral', 'the written conclusion of the secrecy body is awaited');
    END IF;
    IF entry.reviewer_opinion = 'agree' AND EXISTS (
        SELECT 1 FROM public.secrecy_secrecyconclusion c JOIN public.secrecy_referral f ON f.id = c.referral_id
        WHERE f.row_id = was.id AND (c.verdict = 'secret' OR (c.verdict = 'withheld'
              AND coalesce(nullif(entry.proposed_form, ''), entry.form) = 'web'))) THEN
        PERFORM public.secrecy_refuse('referral', 'the secrecy body concluded otherwise');
    END IF;
    PERFORM public.secrecy_must_hold(entry.reviewer_id, was.unit_id, 'secrecy_reviewer',
                                     entry.reviewer_delegation_id);
END
$$;

CREATE FUNCTION secrecy_row_decided(was public.secrecy_secrecyrow, entry public.secrecy_secrecyrow)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF was.leader_opinion <> '' OR was.reviewer_opinion <> 'agree' THEN
        PERFORM public.secrecy_refuse('order', 'the leader decides once, after the reviewer agreed');
    END IF;
    PERFORM public.secrecy_must_hold(entry.leader_id, was.unit_id, 'supervising_leader',
                                     entry.leader_delegation_id);
END
$$;

CREATE FUNCTION secrecy_row_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    reviewed boolean := NEW.reviewer_opinion IS DISTINCT FROM OLD.reviewer_opinion;
    decided boolean := NEW.leader_opinion IS DISTINCT FROM OLD.leader_opinion;
BEGIN
    IF (NEW.id, NEW.submission_id, NEW.content_digest, NEW.unit_id, NEW.author_id, NEW.day, NEW.created_at,
        NEW.department, NEW.name, NEW.source, NEW.reprint_source, NEW.cites_id) IS DISTINCT FROM
       (OLD.id, OLD.submission_id, OLD.content_digest, OLD.unit_id, OLD.author_id, OLD.day, OLD.created_at,
        OLD.department, OLD.name, OLD.source, OLD.reprint_source, OLD.cites_id) THEN
        PERFORM public.secrecy_refuse('frozen', 'what the author filled in does not change');
    END IF;
    IF (reviewed OR decided) AND (OLD.voided_at IS NOT NULL OR OLD.sealed_away) THEN
        PERFORM public.secrecy_refuse('void', 'a voided row takes no opinions');
    END IF;
    IF reviewed AND decided THEN
        PERFORM public.secrecy_refuse('order', 'two opinions are two acts');
    END IF;
    IF reviewed THEN
        PERFORM public.secrecy_row_reviewed(OLD, NEW);
        NEW.reviewed_at := clock_timestamp();
    ELSIF (NEW.reviewer_id, NEW.reviewer_delegation_id, NEW.reviewer_remark, NEW.reviewed_at,
           NEW.proposed_form, NEW.proposed_other_form) IS DISTINCT FROM
          (OLD.reviewer_id, OLD.reviewer_delegation_id, OLD.reviewer_remark, OLD.reviewed_at,
           OLD.proposed_form, OLD.proposed_other_form) THEN
        PERFORM public.secrecy_refuse('frozen', 'the reviewer''s opinion does not change');
    END IF;
    IF decided THEN
        PERFORM public.secrecy_row_decided(OLD, NEW);
        NEW.decided_at := clock_timestamp();
        IF NEW.leader_opinion = 'agree' AND OLD.proposed_form <> '' THEN
            NEW.form := OLD.proposed_form;
            NEW.other_form := OLD.proposed_other_form;
        END IF;
    ELSIF (NEW.leader_id, NEW.leader_delegation_id, NEW.leader_remark, NEW.decided_at, NEW.form, NEW.other_form)
          IS DISTINCT FROM
          (OLD.leader_id, OLD.leader_delegation_id, OLD.leader_remark, OLD.decided_at, OLD.form, OLD.other_form) THEN
        PERFORM public.secrecy_refuse('frozen', 'the leader''s opinion does not change');
    END IF;
    RETURN public.secrecy_row_closed(OLD, NEW);
END
$$;

CREATE FUNCTION secrecy_row_closed(was public.secrecy_secrecyrow, entry public.secrecy_secrecyrow)
RETURNS public.secrecy_secrecyrow LANGUAGE plpgsql AS $$
BEGIN
    IF was.voided_at IS NOT NULL AND (entry.voided_at, entry.void_reason) IS DISTINCT FROM
       (was.voided_at, was.void_reason) THEN
        PERFORM public.secrecy_refuse('frozen', 'a row is voided once');
    END IF;
    IF was.voided_at IS NULL AND entry.voided_at IS NOT NULL THEN
        entry.voided_at := clock_timestamp();
    END IF;
    IF was.sealed_away AND NOT entry.sealed_away AND EXISTS (
        SELECT 1 FROM public.secrecy_quarantine q
        WHERE q.submission_id = was.submission_id AND q.conclusion <> 'lifted') THEN
        PERFORM public.secrecy_refuse('quarantined', 'the row is under quarantine');
    END IF;
    entry.digest := was.digest;
    IF was.digest = '' AND (entry.leader_opinion <> '' OR entry.reviewer_opinion = 'disagree') THEN
        entry.digest := public.secrecy_row_digest(entry);
    END IF;
    RETURN entry;
END
$$;

CREATE TRIGGER row_born BEFORE INSERT ON secrecy_secrecyrow
    FOR EACH ROW EXECUTE FUNCTION secrecy_row_born();
CREATE TRIGGER row_changed BEFORE UPDATE ON secrecy_secrecyrow
    FOR EACH ROW EXECUTE FUNCTION secrecy_row_changed();
CREATE TRIGGER row_kept BEFORE DELETE OR TRUNCATE ON secrecy_secrecyrow
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
"""

REFERRAL = r"""
CREATE FUNCTION secrecy_referral_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE FUNCTION secrecy_conclusion_born() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry public.secrecy_secrecyrow;
BEGIN
    SELECT r.* INTO entry FROM public.secrecy_secrecyrow r
      JOIN public.secrecy_referral f ON f.row_id = r.id WHERE f.id = NEW.referral_id;
    PERFORM public.secrecy_must_hold(NEW.by_id, entry.unit_id, 'secrecy_body', NEW.delegation_id);
    IF NEW.by_id = entry.author_id THEN
        PERFORM public.secrecy_refuse('not_holder', 'whoever wrote the item does not conclude on it');
    END IF;
    IF btrim(NEW.text) = '' THEN
        PERFORM public.secrecy_refuse('incomplete', 'a conclusion is written');
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER referral_born BEFORE INSERT ON secrecy_referral
    FOR EACH ROW EXECUTE FUNCTION secrecy_referral_born();
CREATE TRIGGER referral_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON secrecy_referral
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
CREATE TRIGGER conclusion_born BEFORE INSERT ON secrecy_secrecyconclusion
    FOR EACH ROW EXECUTE FUNCTION secrecy_conclusion_born();
CREATE TRIGGER conclusion_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON secrecy_secrecyconclusion
    FOR EACH STATEMENT EXECUTE FUNCTION secrecy_kept();
"""

UNDO = """
DROP TRIGGER conclusion_kept ON secrecy_secrecyconclusion;
DROP TRIGGER conclusion_born ON secrecy_secrecyconclusion;
DROP TRIGGER referral_kept ON secrecy_referral;
DROP TRIGGER referral_born ON secrecy_referral;
DROP TRIGGER row_kept ON secrecy_secrecyrow;
DROP TRIGGER row_changed ON secrecy_secrecyrow;
DROP TRIGGER row_born ON secrecy_secrecyrow;
DROP FUNCTION secrecy_conclusion_born, secrecy_referral_born, secrecy_row_closed, secrecy_row_changed,
    secrecy_row_decided, secrecy_row_reviewed, secrecy_row_born, secrecy_sheet_digest,
    secrecy_row_digest, secrecy_moment, secrecy_kept, secrecy_must_hold, secrecy_refuse;
"""


class Migration(migrations.Migration):
    dependencies = [("secrecy", "0001_initial"), ("organisation", "0002_rules")]

    operations = [migrations.RunSQL(pinned(SHARED + DIGEST + ROW + REFERRAL), UNDO)]
