"""存量: older content that one decision brings in (Article 25), handed in and published by the hundred.

What a single item goes through one statement after the other, a batch does with one statement for many rows; the
triggers of PostgreSQL judge each row as always.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection, transaction

from ledger import register
from ledger.models import RegisterEntry
from publication import documents, evidence, standing
from publication.models import Publication, Submission
from publication.refused import as_refusal
from publication.submissions import latest_version

ROWS = 1000
RANKS = {"home": 0, "column": 1, "unit": 2}
ITEM = 3


@transaction.atomic
def hand_in(batch, items: Iterable[dict], *, author, site="portal") -> int:
    """The items of a batch that was submitted before them; how many.

    Each item: `document`, `unit_id`, and where it has one its Wagtail page (`page_id`, `revision_id`).
    """
    same = {
        "site": site,
        "author": getattr(author, "pk", author),
        "route": batch.route,
        "variant": batch.variant,
        "version": latest_version(batch.route, batch.variant),
        "batch": batch.pk,
    }
    total = 0
    for part in in_parts(items):
        columns = map(list, zip(*map(_said, part), strict=True))
        values = same | dict(zip(COLUMNS, columns, strict=True))
        with as_refusal(), connection.cursor() as cursor:
            cursor.execute(CLAIM, values)
            cursor.execute(HAND_IN, values)
        total += len(part)
    return total


# Their addresses for ever; one that an item has already stays (PostgreSQL refuses any other).
CLAIM = """
    INSERT INTO publication_allottedpath (object_id, site, path)
    SELECT object, %(site)s, path FROM unnest(%(objects)s::uuid[], %(paths)s::text[]) AS item (object, path)
    WHERE NOT EXISTS (SELECT 1 FROM publication_allottedpath a WHERE a.object_id = item.object)
"""
HAND_IN = """
    INSERT INTO publication_submission (id, object_id, page_id, page_type, revision_id, site, path, unit_id, author_id,
                                        route, variant, route_version, restricted, document, batch_id)
    SELECT gen_random_uuid(), object, page, type, revision, %(site)s, path, unit, %(author)s,
           %(route)s, %(variant)s, %(version)s, false, document, %(batch)s
    FROM unnest(%(objects)s::uuid[], %(pages)s::bigint[], %(types)s::text[], %(revisions)s::bigint[],
                %(paths)s::text[], %(units)s::bigint[], %(documents)s::bytea[])
        AS item (object, page, type, revision, path, unit, document)
"""
COLUMNS = ("objects", "pages", "types", "revisions", "paths", "units", "documents")


def _said(item) -> tuple:
    """One item in the order of COLUMNS."""
    document = item["document"]
    if missing := documents.problems(document):
        raise ValueError(f"the document does not stand alone: {', '.join(missing)}")
    return (
        document["object"],
        item.get("page_id", 0),
        document["type"],
        item.get("revision_id"),
        document["path"],
        item["unit_id"],
        documents.canonical(document),
    )


def publish(batch, publish_some) -> list[Publication]:
    """Columns before what stands in them, one by one; items by the hundred; all in the transaction of the signature.

    The register has a line with the signatories of the batch, then one for each item. `publish_some` is the gate's.
    """
    standing.require_signed(batch)
    members = Submission.objects.filter(batch=batch, publications__isnull=True, end__isnull=True)
    members = sorted(members, key=_from_the_top)
    standing.require_members(members)
    if not RegisterEntry.objects.filter(submission_id=batch.pk).exists():
        register.append(
            "baseline", facts=evidence.facts(batch), submission_id=batch.pk, object_id=batch.object_id
        )
    structure = [member for member in members if _rank(member) < ITEM]
    parts = [*in_parts(structure), *in_parts(members[len(structure) :])]
    return [publication for part in parts for publication in publish_some(part)]


PUT = """
    INSERT INTO publication_publication (submission_id, object_id, site, path, unit_id, document, end_reason, end_note,
                                         legacy)
    SELECT s.id, s.object_id, s.site, s.path, s.unit_id, s.document, '', '', true
    FROM unnest(%s::uuid[]) WITH ORDINALITY AS wanted (id, place) JOIN publication_submission s ON s.id = wanted.id
    ORDER BY place
"""


def put(submissions) -> dict[str, Publication]:
    """The publications of items that have no open predecessor, by submission; the bytes do not leave the database."""
    standing_now = Publication.objects.open().filter(object_id__in=[s.object_id for s in submissions])
    corrected = set(standing_now.values_list("object_id", flat=True))
    fresh = {s.pk: s for s in submissions if s.object_id not in corrected and _rank(s) == ITEM}
    with as_refusal(), connection.cursor() as cursor:
        cursor.execute(PUT, [list(map(str, fresh))])
    rows = Publication.objects.open().defer("document", "parent", "column", "section")
    rows = rows.filter(submission_id__in=list(fresh))
    found = {row.submission_id: row for row in rows}
    for key, row in found.items():
        row.submission, row.document = fresh[key], fresh[key].document
    return found


def _rank(submission) -> int:
    return RANKS.get(submission.said["kind"], ITEM)


def _from_the_top(submission):
    return (_rank(submission), submission.path.count("/"), submission.created_at, submission.path)


def in_parts(items: Iterable, size=ROWS) -> Iterator[list]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
