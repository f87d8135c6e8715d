"""The two doors of the public process: handing in, and asking after one number with its code.

It has no right on the tables themselves, so whoever breaks into it reads nobody's request (docs/adr/0003). Ten requests
a day from one place at most; the place is a keyed digest, never an address of the net.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

FUNCTIONS = f"""
CREATE SEQUENCE letters_number;

-- The number it was received under, the same if the same form is sent twice; nothing when that place has sent enough.
CREATE FUNCTION letters_hand_in(request uuid, code_digest text, sender text, facts jsonb) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER {PATH} AS $$
DECLARE
    found text := (SELECT r.number FROM public.letters_informationrequest r WHERE r.id = request);
BEGIN
    IF found IS NOT NULL THEN
        RETURN found;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(letters_hand_in.sender, 5204));
    IF (SELECT count(*) >= 10 FROM public.letters_informationrequest r
        WHERE r.sender = letters_hand_in.sender AND r.received_at > now() - interval '1 day') THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.letters_informationrequest
        (id, number, code_digest, sender, unit_code, applicant_kind, name, paper_kind, paper_number, telephone, email,
         address, wanted, medium, way)
    SELECT request, to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY') || '-'
               || lpad(nextval('public.letters_number')::text, 6, '0'),
           letters_hand_in.code_digest, letters_hand_in.sender, f.unit_code, f.applicant_kind, f.name, f.paper_kind,
           f.paper_number, f.telephone, coalesce(f.email, ''), coalesce(f.address, ''), f.wanted, f.medium, f.way
    FROM jsonb_to_record(facts) AS f(unit_code text, applicant_kind text, name text, paper_kind text,
        paper_number text, telephone text, email text, address text, wanted text, medium text, way text)
    ON CONFLICT (id) DO NOTHING;
    RETURN (SELECT r.number FROM public.letters_informationrequest r WHERE r.id = request);
END
$$;

-- When it was received and what was done since, for whoever knows its code; never who asked or for what.
CREATE FUNCTION letters_state(number text, code_digest text)
RETURNS TABLE (received_at timestamptz, unit_code text, kind text, result text, note text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER {PATH} AS $$
    SELECT r.received_at, r.unit_code, s.kind, s.result, s.note, s.at
    FROM public.letters_informationrequest r LEFT JOIN public.letters_requeststep s ON s.request_id = r.id
    WHERE r.number = letters_state.number AND r.code_digest = letters_state.code_digest
    ORDER BY s.id
$$;

REVOKE EXECUTE ON FUNCTION letters_hand_in(uuid, text, text, jsonb), letters_state(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION letters_hand_in(uuid, text, text, jsonb), letters_state(text, text) TO portal_public;
"""

UNDO = """
DROP FUNCTION letters_state(text, text);
DROP FUNCTION letters_hand_in(uuid, text, text, jsonb);
DROP SEQUENCE letters_number;
"""


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
