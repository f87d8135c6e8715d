"""The public side of a request, through the two functions that the public role may call (migration 0002).

The code that proves the applicant is derived from the form's own key, so that the same form sent twice gives the same
receipt; the database keeps its digest only.
"""

import hashlib
import hmac
import json
import uuid
from base64 import b32encode

from django.conf import settings
from django.core import signing
from django.db import connection
from django.utils import timezone

from letters import clock, wording

FORM_SECONDS = 12 * 3600
SALT = "letters.form"


def new_ticket() -> str:
    """The key of one blank form, signed by this site."""
    return signing.dumps(str(uuid.uuid4()), salt=SALT)


def key_of(ticket: str) -> uuid.UUID | None:
    """Nothing for a ticket that this site did not give out, or too long ago."""
    try:
        return uuid.UUID(signing.loads(ticket[:200], salt=SALT, max_age=FORM_SECONDS))
    except (signing.BadSignature, ValueError):
        return None


def code_of(key: uuid.UUID) -> str:
    """Sixty bits as twelve letters and digits; O and I are never read as 0 and 1, for Base32 has neither digit."""
    code = b32encode(keyed("code", key.bytes)[:8]).decode()[:12]
    return "-".join(code[at : at + 4] for at in (0, 4, 8))


def digest_of(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def sender_of(request) -> str:
    """Where it came from, as a digest of address and day: requests are counted, nobody is traced."""
    hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    behind = settings.TRUSTED_PROXIES
    address = hops[-behind] if 0 < behind <= len(hops) else request.META.get("REMOTE_ADDR", "")
    return keyed("sender", f"{timezone.localdate()} {address}".encode()).hex()


def keyed(purpose: str, content: bytes) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), purpose.encode() + b"\0" + content, "sha256")


def hand_in(key: uuid.UUID, facts: dict, sender: str, door="letters_hand_in") -> str | None:
    """The number under which it was received; nothing when this place has sent enough for today."""
    given = [str(key), digest_of(code_of(key)), sender, json.dumps(facts)]
    with connection.cursor() as cursor:
        cursor.callproc(door, given)
        return cursor.fetchone()[0]


def told(door: str, number: str, code: str) -> list[dict]:
    """What the function of that name says of a number to whoever knows its code."""
    with connection.cursor() as cursor:
        cursor.callproc(door, [number, digest_of(code)])
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def state(number: str, code: str) -> dict | None:
    """What the applicant may know of his request; nothing where number and code do not belong together."""
    rows = told("letters_state", number, code)
    if not rows:
        return None
    steps = [row for row in rows if row["kind"]]
    for step in steps:
        step["name"] = clock.NAMES[step["kind"]]
        step["answer"] = dict(wording.RESULTS).get(step["result"], "")
    received_at = rows[0]["received_at"]
    term = clock.term(received_at, [(step["kind"], step["at"]) for step in steps])
    return {"received_at": received_at, "steps": steps, "term": term, "left": term.left()}
