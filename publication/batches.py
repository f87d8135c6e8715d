"""存量: older content that one decision brings in (Article 25), handed in and published by the hundred.

What a single item goes through one statement after the other, a batch does with one statement for many rows; the
triggers of PostgreSQL judge each row as always.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from ledger import register
from ledger.models import RegisterEntry
from publication import documents, evidence, standing
from publication.documents import parse
from publication.models import AllottedPath, Publication, Submission
from publication.refused import as_refusal
from publication.submissions import latest_version

ROWS = 500
RANKS = {"home": 0, "column": 1, "unit": 2}
ITEM = 3


@transaction.atomic
def hand_in(batch, items: Iterable[dict], *, author, site="portal") -> int:
    """The items of a batch that was submitted before them; how many.

    Each item: `document`, `unit_id`, and where it has one its Wagtail page (`page_id`, `revision_id`).
    """
    version = latest_version(batch.route, batch.variant)
    author_id = getattr(author, "pk", author)
    total = 0
    for part in in_parts(items):
        rows = [_submission(item, batch, version, author_id, site) for item in part]
        with as_refusal():
            _claim(rows)
            Submission.objects.bulk_create(rows)
        total += len(rows)
    return total


def _submission(item, batch, version, author_id, site) -> Submission:
    document = item["document"]
    if missing := documents.problems(document):
        raise ValueError(f"the document does not stand alone: {', '.join(missing)}")
    return Submission(
        object_id=document["object"],
        page_id=item.get("page_id", 0),
        page_type=document["type"],
        revision_id=item.get("revision_id"),
        site=site,
        path=document["path"],
        unit_id=item["unit_id"],
        author_id=author_id,
        route=batch.route,
        variant=batch.variant,
        route_version=version,
        document=documents.canonical(document),
        batch=batch,
    )


def _claim(rows) -> None:
    """Their addresses for ever; one that an item has already stays (PostgreSQL refuses any other)."""
    known = set(
        AllottedPath.objects.filter(object_id__in=[row.object_id for row in rows]).values_list(
            "object_id", flat=True
        )
    )
    AllottedPath.objects.bulk_create(
        AllottedPath(object_id=row.object_id, site=row.site, path=row.path)
        for row in rows
        if str(row.object_id) not in map(str, known)
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


def put(submissions) -> dict[str, Publication]:
    """The publications of items that have no open predecessor, by submission; the database fills in the rest."""
    standing_now = Publication.objects.open().filter(object_id__in=[s.object_id for s in submissions])
    corrected = set(standing_now.values_list("object_id", flat=True))
    fresh = [s for s in submissions if s.object_id not in corrected and _rank(s) == ITEM]
    with as_refusal():
        rows = Publication.objects.bulk_create(
            Publication(
                submission=submission,
                object_id=submission.object_id,
                site=submission.site,
                path=submission.path,
                unit_id=submission.unit_id,
                document=bytes(submission.document),
            )
            for submission in fresh
        )
    # The rest came back with the INSERT; these the database set by itself.
    facts = Publication.objects.filter(pk__in=[row.pk for row in rows])
    known = {key: more for key, *more in facts.values_list("pk", "supersedes", "legacy", "expire_at")}
    for row in rows:
        row.supersedes_id, row.legacy, row.expire_at = known[row.pk]
    return {row.submission_id: row for row in rows}


def _rank(submission) -> int:
    return RANKS.get(parse(submission.document)["kind"], ITEM)


def _from_the_top(submission):
    return (_rank(submission), submission.path.count("/"), submission.created_at, submission.path)


def in_parts(items: Iterable, size=ROWS) -> Iterator[list]:
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
