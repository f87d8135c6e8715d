"""Proof that what is public was signed, is whole and is unaltered, from the database and the public store alone.

Written apart from the gate on purpose: the gate's triggers could be switched off by whoever owns the database;
these queries look at what is there. Each check is one statement whose rows are offenders, so memory stays the
same at any size; `offenders` runs them all.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from ledger import register
from publication.files import is_public, public_path

CHUNK = 1024 * 1024
BATCH_ROWS = 2000

# Submissions whose signatures count: those published by themselves, and batches that published others.
RELIED_ON = """
    SELECT s.* FROM publication_submission s
    WHERE EXISTS (SELECT 1 FROM publication_publication p WHERE p.submission_id = s.id AND s.batch_id IS NULL)
       OR EXISTS (SELECT 1 FROM publication_publication p JOIN publication_submission m ON m.id = p.submission_id
                  WHERE m.batch_id = s.id)"""

# Every position's signature that counts: the one after the last time it was asked for again.
VALID = """
    SELECT o.* FROM publication_signoff o
    WHERE o.decision = 'agree' AND o.attempt = 1 + (
        SELECT count(*) FROM publication_signoff r
        WHERE r.submission_id = o.submission_id AND r.decision = 'reopen'
          AND (r.detail ->> 'target')::int = o.position)"""

STATEMENTS = {
    "bytes differ from what was signed": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_submission s ON s.id = p.submission_id
        WHERE p.document <> s.document OR p.digest <> s.digest
           OR encode(sha256(p.document), 'hex') <> p.digest OR p.object_id <> s.object_id
           OR (p.site, p.path) IS DISTINCT FROM (s.site, s.path)""",
    "shown under another address, title or unit than its bytes say": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_submission s ON s.id = p.submission_id,
        LATERAL (SELECT convert_from(p.document, 'UTF8')::jsonb AS d) j
        WHERE j.d ->> 'path' IS DISTINCT FROM p.path OR j.d ->> 'title' IS DISTINCT FROM p.title
           OR j.d ->> 'object' IS DISTINCT FROM p.object_id::text OR p.unit_id <> s.unit_id""",
    "its steps are not those of its route": """
        SELECT 'submission ' || s.id FROM relied_on s
        LEFT JOIN LATERAL (
            SELECT count(*) FILTER (WHERE f.id IS NULL OR d.id IS NULL OR f.opinion <> d.opinion
                                       OR f.task <> d.task OR f.posts <> d.posts) AS wrong, count(*) AS steps
            FROM (SELECT * FROM publication_frozenstep WHERE submission_id = s.id) f
            FULL JOIN (SELECT * FROM publication_routedefinition WHERE route = s.route AND variant = s.variant
                       AND version = s.route_version) d ON d.position = f.position) x ON true
        WHERE x.steps = 0 OR x.wrong > 0""",
    "a step is not signed": """
        SELECT 'submission ' || s.id || ' step ' || f.position FROM relied_on s
        JOIN publication_frozenstep f ON f.submission_id = s.id
        WHERE NOT EXISTS (SELECT 1 FROM valid o WHERE o.submission_id = s.id AND o.position = f.position)""",
    "signed other bytes, for another office or step": """
        SELECT 'signature ' || o.id FROM relied_on s JOIN valid o ON o.submission_id = s.id
        LEFT JOIN publication_frozenstep f ON f.submission_id = s.id AND f.position = o.position
        WHERE f.id IS NULL OR o.digest <> s.digest OR o.unit_id <> f.unit_id OR o.opinion <> f.opinion
           OR NOT o.post = ANY (f.posts)""",
    "the post was not held at that minute": """
        SELECT 'signature ' || o.id FROM relied_on s JOIN valid o ON o.submission_id = s.id
        WHERE NOT organisation_holds(o.person_id, o.unit_id, o.post::text, o.signed_at, o.delegation_id)""",
    "signed by the author": """
        SELECT 'signature ' || o.id FROM relied_on s JOIN valid o ON o.submission_id = s.id
        WHERE o.person_id = s.author_id AND o.opinion <> 'seal'""",
    "one person signed in two acts": """
        SELECT 'submission ' || s.id || ' person ' || o.person_id FROM relied_on s
        JOIN valid o ON o.submission_id = s.id AND o.opinion <> 'seal'
        GROUP BY s.id, o.person_id HAVING count(DISTINCT o.act) > 1""",
    "signed before the step before it": """
        SELECT 'signature ' || o.id FROM relied_on s JOIN valid o ON o.submission_id = s.id
        WHERE EXISTS (SELECT 1 FROM publication_signoff e WHERE e.submission_id = s.id AND e.decision = 'agree'
                      AND e.attempt = 1 AND e.position < o.position AND e.signed_at > o.signed_at)""",
    "published before it was signed, or before its minute": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_submission s ON s.id = p.submission_id
        WHERE p.published_at < s.publish_at
           OR EXISTS (SELECT 1 FROM publication_signoff o WHERE o.submission_id = coalesce(s.batch_id, s.id)
                      AND o.decision = 'agree' AND o.signed_at > p.published_at)""",
    "published although it had ended": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_submissionend e ON e.submission_id = p.submission_id WHERE e.at <= p.published_at""",
    "not listed in the batch that was signed for it": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_submission s ON s.id = p.submission_id
        JOIN publication_submission b ON b.id = s.batch_id
        WHERE NOT (convert_from(b.document, 'UTF8')::jsonb -> 'items') ? s.digest""",
    "not in the register, or with another digest": """
        SELECT 'publication ' || p.id FROM publication_publication p
        WHERE NOT EXISTS (SELECT 1 FROM ledger_registerentry e
                          WHERE e.publication_id = p.id AND e.facts ->> 'digest' = p.digest)""",
    "in the register, but gone": """
        SELECT 'register ' || e.number || ' publication ' || e.publication_id FROM ledger_registerentry e
        WHERE e.publication_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM publication_publication p WHERE p.id = e.publication_id)""",
    "closed without a line in the register": """
        SELECT 'publication ' || p.id FROM publication_publication p
        WHERE p.end_reason IN ('taken_down', 'expired', 'withdrawn') AND NOT EXISTS (
            SELECT 1 FROM ledger_registerentry e WHERE e.publication_id = p.id
            AND e.kind IN ('taken_down', 'expired', 'withdrawn'))""",
    "listed otherwise than published": """
        SELECT 'listing ' || l.id FROM publication_listing l
        LEFT JOIN publication_publication p ON p.id = l.publication_id
        WHERE p.id IS NULL OR p.ended_at IS NOT NULL OR l.title <> p.title OR l.path <> p.path
           OR l.published_at <> p.first_published_at OR l.kind <> p.kind""",
    "public but missing from the list of its column": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_publication c ON c.object_id = p."column" AND c.ended_at IS NULL
        WHERE p.ended_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM publication_listing l WHERE l.publication_id = p.id AND l.column_object_id = p."column")""",
    "counter differs from the list": """
        SELECT 'counter ' || coalesce(c.column_object_id, l.column_object_id) FROM publication_columncounter c
        FULL JOIN (SELECT column_object_id, count(*) AS total FROM publication_listing GROUP BY 1) l
          ON l.column_object_id = c.column_object_id WHERE coalesce(c.total, 0) <> coalesce(l.total, 0)""",
    "releases a file that its bytes do not name": """
        SELECT 'asset ' || a.id FROM publication_publicationasset a
        JOIN publication_publication p ON p.id = a.publication_id
        WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements(
            convert_from(p.document, 'UTF8')::jsonb -> 'assets') f
            WHERE f ->> 'sha256' = a.sha256 AND f ->> 'name' = a.name)""",
    "names a file that is not released": """
        SELECT 'publication ' || p.id || ' file ' || (f ->> 'name') FROM publication_publication p,
        LATERAL jsonb_array_elements(coalesce(convert_from(p.document, 'UTF8')::jsonb -> 'assets', '[]')) f
        WHERE p.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM publication_publicationasset a
            WHERE a.publication_id = p.id AND a.sha256 = f ->> 'sha256')""",
    "switched off": """
        SELECT 'trigger ' || t.tgname || ' on ' || c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND t.tgenabled NOT IN ('O', 'A') AND c.relnamespace = 'public'::regnamespace""",
}


def offenders() -> Iterator[str]:
    """One line for each thing that is not as it should be, the row's name first."""
    for complaint, statement in STATEMENTS.items():
        for (name,) in rows(statement):
            yield f"{name}: {complaint}"
    yield from register.offenders()
    yield from missing_files()
    yield from wrong_files()


def rows(statement: str) -> Iterator[tuple]:
    """Rows of one check, a few at a time."""
    query = f"WITH relied_on AS ({RELIED_ON}), valid AS ({VALID}) {statement}"
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while batch := cursor.fetchmany(BATCH_ROWS):
            yield from batch


OPEN_FILES = """SELECT DISTINCT a.sha256, a.name FROM publication_publicationasset a
    JOIN publication_publication p ON p.id = a.publication_id WHERE p.ended_at IS NULL"""


def missing_files() -> Iterator[str]:
    for sha256, name in rows(OPEN_FILES):
        if not public_path(sha256, name).is_file():
            yield f"file {sha256}/{name}: approved but not in the public store"


def wrong_files() -> Iterator[str]:
    """Files of the public store that no open publication names, or whose bytes are not the approved ones."""
    for place in public_files():
        sha256 = place.parent.name
        if file_digest(place) != sha256:
            yield f"file {sha256}/{place.name}: altered"
        if not is_public(sha256, place.name):
            yield f"file {sha256}/{place.name}: in the public store, but no publication names it"


def public_files() -> Iterator[Path]:
    root = Path(settings.PUBLIC_STORE_ROOT) / "files"
    return (place for place in sorted(root.rglob("*")) if place.is_file())


def file_digest(place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def counts() -> tuple[int, int, int]:
    """Publications, register entries, public files: what the last line of `verify` tells."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM publication_publication")
        publications = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM ledger_registerentry")
        entries = cursor.fetchone()[0]
    return publications, entries, sum(1 for _place in public_files())
