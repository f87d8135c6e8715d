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
from publication.proofs import RELIED_ON, STATEMENTS, VALID

CHUNK = 1024 * 1024
BATCH_ROWS = 2000


def offenders() -> Iterator[str]:
    """One line for each thing that is not as it should be, the row's name first."""
    for complaint, statement in STATEMENTS.items():
        for (name,) in rows(statement):
            yield f"{name}: {complaint}"
    yield from register.offenders()
    yield from missing_files()
    yield from wrong_files()


def rows(statement: str) -> Iterator[tuple]:
    """Rows of one check, a few at a time.

    Usually there are none, and all must be looked at to know: the plan is not to be one that is quick to the first row,
    as PostgreSQL prefers for a cursor that is read bit by bit.
    """
    query = f"WITH relied_on AS ({RELIED_ON}), valid AS ({VALID}) {statement}"
    with connection.cursor() as cursor:
        cursor.execute("SET cursor_tuple_fraction = 1")
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
        if place.is_symlink() or not place.is_file():
            yield f"file {sha256}/{place.name}: not a file"
            continue
        if file_digest(place) != sha256:
            yield f"file {sha256}/{place.name}: altered"
        if not is_public(sha256, place.name):
            yield f"file {sha256}/{place.name}: in the public store, but no publication names it"


def public_files() -> Iterator[Path]:
    """Folder by folder, so that a million files take no more memory than one folder's."""
    yield from _files_below(Path(settings.PUBLIC_STORE_ROOT) / "files")


def _files_below(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            yield from _files_below(entry)
        else:
            yield entry


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
