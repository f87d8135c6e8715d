"""The document of a submission: everything a reader will see, as bytes with a digest.

`canonical` writes it, `parse` reads it back, also after years: an old format goes through its upcaster, which only
says in today's keys what the old bytes already said. The bytes themselves are never rewritten.
"""

import hashlib
import json
from collections.abc import Callable, Iterator

from ledger.canonical import NotCanonical, canonical

__all__ = [
    "BATCH",
    "FORMAT",
    "NotCanonical",
    "assets",
    "batch_document",
    "canonical",
    "digest",
    "parse",
    "problems",
]

FORMAT = 1
BATCH = "batch"

# format number -> function that returns the document in the next format
UPCASTERS: dict[int, Callable[[dict], dict]] = {}

REQUIRED = ("format", "type", "kind", "object", "language", "site", "path", "title")


def parse(data) -> dict:
    """The document as a dict in today's format. Accepts what Django returns for bytea (memoryview)."""
    document = json.loads(bytes(data))
    while document.get("format", FORMAT) < FORMAT:
        document = UPCASTERS[document["format"]](document)
    return document


def digest(data) -> str:
    """SHA-256 of the bytes, as the database's generated column has it."""
    return hashlib.sha256(bytes(data)).hexdigest()


def assets(document: dict) -> Iterator[dict]:
    """The files the public may fetch once this document is public."""
    yield from document.get("assets", ())


def named_files(value) -> set[str]:
    """Every file a document names, wherever: what the public may fetch and the originals it was made from."""
    if isinstance(value, dict):
        own = {value["sha256"]} if value.get("sha256") else set()
        return own.union(*map(named_files, value.values()))
    if isinstance(value, list):
        return set().union(*map(named_files, value))
    return set()


def problems(document: dict) -> list[str]:
    """What is missing for the bytes to stand alone; names of keys, for the programmer."""
    missing = [key for key in REQUIRED if key not in document]
    if document.get("kind") == BATCH:
        missing = [key for key in missing if key not in ("path", "language")]
    known = {asset["sha256"] for asset in assets(document)}
    shown = {item["sha256"] for item in document.get("attachments", ())}
    for block in document.get("body", ()):
        shown |= {rendition["sha256"] for rendition in block.get("renditions", ())}
        shown |= {file["sha256"] for file in (block.get("captions"),) if file}
    return missing + [f"asset {sha256}" for sha256 in sorted(shown - known)]


def batch_document(*, object_id, title, digests, site="portal", note="") -> dict:
    """The document of a batch: one signature for listed contents (Article 25, 存量)."""
    return {
        "format": FORMAT,
        "type": "publication.Batch",
        "kind": BATCH,
        "object": str(object_id),
        "site": site,
        "title": title,
        "note": note,
        "items": sorted(set(digests)),
    }
