"""The two doors of the public process: handing in, and asking after one number with its code (as letters, 0002)."""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

FUNCTIONS = f"""
CREATE SEQUENCE mailbox_number;

-- The number it was received under, the same if the same form is sent twice; nothing when that place has sent enough.
CREATE FUNCTION mailbox_hand_in(letter uuid, code_digest text, sender text, facts jsonb) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER {PATH} AS $$
DECLARE
    found text := (SELECT r.number FROM public.mailbox_letter r WHERE r.id = letter);
BEGIN
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(mailbox_hand_in.sender, 5205));
    IF (SELECT count(*) >= 10 FROM public.mailbox_letter r
        WHERE r.sender = mailbox_hand_in.sender AND r.received_at > now() - interval '1 day') THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.mailbox_letter
        (id, number, code_digest, sender, box, kind, unit_code, name, telephone, title, text, may_publish)
    SELECT letter, 'X' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-'
               || lpad(nextval('public.mailbox_number')::text, 6, '0'),
           mailbox_hand_in.code_digest, mailbox_hand_in.sender, f.box, f.kind, coalesce(f.unit_code, ''), f.name,
           f.telephone, f.title, f.text, f.may_publish
    FROM jsonb_to_record(facts) AS f(box text, kind text, unit_code text, name text, telephone text, title text,
        text text, may_publish boolean)
    ON CONFLICT (id) DO NOTHING;
    RETURN (SELECT r.number FROM public.mailbox_letter r WHERE r.id = letter);
END
$$;

-- When it was received and what was done since, for whoever knows its code; never who wrote, nor what.
CREATE FUNCTION mailbox_state(number text, code_digest text)
RETURNS TABLE (received_at timestamptz, kind text, note text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
    SELECT r.received_at, s.kind, s.note, s.at
    FROM public.mailbox_letter r
    LEFT JOIN public.mailbox_letterstep s ON s.letter_id = r.id AND s.kind <> 'selected'
    WHERE r.number = mailbox_state.number AND r.code_digest = mailbox_state.code_digest
    ORDER BY s.id
$$;

REVOKE EXECUTE ON FUNCTION mailbox_hand_in(uuid, text, text, jsonb), mailbox_state(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mailbox_hand_in(uuid, text, text, jsonb), mailbox_state(text, text) TO portal_public;
"""

UNDO = """
DROP FUNCTION mailbox_state(text, text);
DROP FUNCTION mailbox_hand_in(uuid, text, text, jsonb);
DROP SEQUENCE mailbox_number;
"""


class Migration(migrations.Migration):
    dependencies = [("mailbox", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
