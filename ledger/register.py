"""The review register (Article 19): lines are added at the end and chained, never altered.

Each line's hash is SM3 (GB/T 32905, here through OpenSSL) over its number, the hash before it, its time, its kind,
its ids and its facts in canonical form. So an altered, removed or inserted line shows, to anyone who recomputes; the
day's last hash kept outside the machine shows even a whole rewritten chain.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

import orjson
from django.db import connection, transaction

from ledger.canonical import canonical
from ledger.models import RegisterEntry

GENESIS = "0" * 64
ROWS = 1000
LOCK = 20171025  # advisory lock of the register: the day the regulation came into force


def lock():
    """Hold the end of the register until the transaction ends. Take it before other locks: no deadlock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def append(kind, *, facts, submission_id=None, publication_id=None, object_id=None) -> RegisterEntry:
    """Add one line in the caller's transaction."""
    return append_many([(kind, facts, submission_id, publication_id, object_id)])[0]


@transaction.atomic(savepoint=False)
def append_many(lines) -> list[RegisterEntry]:
    """Add lines (kind, facts, submission_id, publication_id, object_id), in this order."""
    lock()
    number, previous, now = _end()
    entries, written = [], []
    for kind, facts, submission_id, publication_id, object_id in lines:
        number += 1
        entry = RegisterEntry(
            number=number,
            kind=kind,
            submission_id=submission_id,
            publication_id=publication_id,
            object_id=object_id,
            facts=facts,
            recorded_at=now,
            previous_hash=previous,
        )
        written.append(canonical(facts))
        previous = entry.hash = _hash(said(entry), written[-1])
        entries.append(entry)
    for start in range(0, len(entries), ROWS):
        _write(entries[start : start + ROWS], written[start : start + ROWS], now)
    return entries


WRITE = """
    INSERT INTO ledger_registerentry
        (number, kind, submission_id, publication_id, object_id, facts, recorded_at, previous_hash, hash)
    SELECT number, kind, submission, publication, object, facts::jsonb, %s, previous, hash
    FROM unnest(%s::bigint[], %s::text[], %s::uuid[], %s::bigint[], %s::uuid[], %s::text[], %s::text[], %s::text[])
        AS line (number, kind, submission, publication, object, facts, previous, hash) ORDER BY number
    RETURNING number, id
"""
COLUMNS = ("number", "kind", "submission_id", "publication_id", "object_id")


def _write(entries, written, now) -> None:
    """One statement; the bytes that were hashed are the ones that are stored."""
    columns = [[getattr(entry, name) for entry in entries] for name in COLUMNS]
    columns[2], columns[4] = ([None if key is None else str(key) for key in columns[i]] for i in (2, 4))
    hashes = [[entry.previous_hash for entry in entries], [entry.hash for entry in entries]]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [now, *columns, [facts.decode() for facts in written], *hashes])
        ids = dict(cursor.fetchall())
    for entry in entries:
        entry.pk, entry._state.adding = ids[entry.number], False


def _end() -> tuple[int, str, datetime]:
    """Number and hash of the last line, and the server's time, never before the last line's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, hash, greatest(clock_timestamp(), recorded_at)"
            " FROM ledger_registerentry ORDER BY number DESC LIMIT 1"
        )
        row = cursor.fetchone()
        if row is None:
            cursor.execute("SELECT 0, %s, clock_timestamp()", [GENESIS])
            row = cursor.fetchone()
    return row


TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def hash_of(entry) -> str:
    """SM3 over everything the line says. `number|previous|time|kind|ids|facts`, ids empty where there is none."""
    return _hash(said(entry), canonical(entry.facts))


def said(entry) -> list[str]:
    """What a line says besides its facts."""
    ids = (entry.submission_id, entry.publication_id, entry.object_id)
    return [
        str(entry.number),
        entry.previous_hash,
        entry.recorded_at.astimezone(UTC).strftime(TIME),
        entry.kind,
        *("" if key is None else str(key) for key in ids),
    ]


def _hash(said, facts: bytes) -> str:
    return hashlib.new("sm3", "|".join(said).encode() + b"|" + facts).hexdigest()


# The line as text, in the order of `hash_of`: a million lines are read without a million objects.
LINES = """
    SELECT number, hash, previous_hash, facts::text,
           ARRAY[number::text, previous_hash,
                 to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), kind,
                 coalesce(submission_id::text, ''), coalesce(publication_id::text, ''), coalesce(object_id::text, '')]
    FROM ledger_registerentry ORDER BY number"""


def offenders() -> Iterator[str]:
    """Every line that does not follow from the one before, named; read as a stream."""
    expected, previous = 1, GENESIS
    for number, found, before, facts, said in _lines():
        if number != expected:
            yield f"register {expected}..{number - 1}: missing"
        elif before != previous:
            yield f"register {number}: does not follow from the entry before"
        if found != _hash(said, _as_written(facts)):
            yield f"register {number}: altered"
        expected, previous = number + 1, found


def _lines():
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINES)
        while rows := cursor.fetchmany(1000):
            yield from rows


def _as_written(facts: str) -> bytes:
    """The canonical form without its checks: what was never canonical has another hash anyway."""
    return orjson.dumps(orjson.loads(facts), option=orjson.OPT_SORT_KEYS)


def head() -> tuple[int, str]:
    """Number and hash of the last line: what is printed and sent outside each day."""
    number, last, _now = _end()
    return number, last
