"""What this app and those below it hold of an item: the texts handed in, and files of the private store."""

import json
from collections.abc import Iterator

from django.db import connection

from checks import captures
from checks.models import Evidence
from publication import files, outbox
from publication.models import PublicationAsset, StoredFile
from review.models import PaperOpinion
from secrecy.models import SealEvidence, SecrecyRow, SheetRow
from secrecy.services.destroying import Holder, holders, line

ELSEWHERE = "另有信息使用"
PROOF = "来源材料"
SHARED_SHEET = "审查表上另有其他信息"


def digests_in(value) -> Iterator[str]:
    """Every SHA-256 that a document names, wherever it stands."""
    if isinstance(value, dict):
        if isinstance(value.get("sha256"), str):
            yield value["sha256"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from digests_in(part)


def named_in(matter) -> set[str]:
    documents = (json.loads(bytes(submission.document)) for submission in matter.submissions)
    return {digest for document in documents for digest in digests_in(document)}


def used_elsewhere(digests, matter) -> set[str]:
    """Of these files, those that something else needs: what is or was public, another item's text."""
    if not digests:
        return set()
    found = set(PublicationAsset.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f FROM unnest(%s::text[]) AS f WHERE EXISTS (SELECT 1 FROM publication_submission s"
            " WHERE s.id <> ALL(%s) AND position(convert_to(f, 'UTF8') IN s.document) > 0)",
            [sorted(digests), [submission.pk for submission in matter.submissions]],
        )
        return found | {row[0] for row in cursor}


def _texts(matter):
    for submission in matter.submissions:
        yield line("送审稿", submission.digest, len(bytes(submission.document)))


def _own_files(matter):
    """(what, digest, why it stays) of every file that only belongs to this item."""
    for digest in sorted(named_in(matter)):
        yield "附件", digest, ""
    ids = [submission.pk for submission in matter.submissions]
    for digest in PaperOpinion.objects.filter(submission_id__in=ids).values_list("sha256", flat=True):
        yield "纸质签批扫描件", digest, ""
    yield from _papers_of_sheets(ids)


def _papers_of_sheets(ids):
    rows = SecrecyRow.objects.filter(submission_id__in=ids)
    entries = SheetRow.objects.filter(row__in=rows).select_related("sheet")
    for sheet in {entry.sheet for entry in entries}:
        shared = SheetRow.objects.filter(sheet=sheet).exclude(row__in=rows).exists()
        kept = SHARED_SHEET if shared else ""
        if sheet.pdf_sha256:
            yield "审查表", sheet.pdf_sha256, kept
        for digest in (
            SealEvidence.objects.filter(sheet=sheet).exclude(sha256="").values_list("sha256", flat=True)
        ):
            yield "盖章件", digest, kept


def _files(matter):
    listed = {}
    for what, digest, kept in _own_files(matter):
        listed.setdefault(digest, (what, kept))
    needed = used_elsewhere(set(listed), matter)
    sizes = dict(StoredFile.objects.filter(pk__in=listed).values_list("pk", "size"))
    for digest, (what, kept) in listed.items():
        if digest in sizes:  # a file of the library alone is listed by whoever keeps the library
            yield line(what, digest, sizes[digest], kept or (ELSEWHERE if digest in needed else ""))


def _evidence(matter):
    """What proves its origin lies in a store of its own (`checks.captures`); of what was public it stays proof."""
    if matter.was_public:
        return
    own = Evidence.objects.filter(object_id=matter.object_id)
    found = sorted(set(own.values_list("sha256", "size")))
    others = Evidence.objects.exclude(object_id=matter.object_id).filter(sha256__in=[d for d, _size in found])
    shared = set(others.values_list("sha256", flat=True))
    for digest, size in found:
        yield line(PROOF, digest, size, ELSEWHERE if digest in shared else "")


def _lines(matter):
    yield from _texts(matter)
    yield from _files(matter)
    yield from _evidence(matter)


def _erase(matter, lines):
    """The texts went with the signature; files go after the commit, and are tried again until they are gone."""
    texts = {submission.digest for submission in matter.submissions}
    gone = [entry for entry in lines if not entry["kept"] and entry["sha256"] not in texts]
    stored = [entry["sha256"] for entry in gone if entry["what"] != PROOF]
    proofs = [entry["sha256"] for entry in gone if entry["what"] == PROOF]
    if gone:
        outbox.put("destroy_files", files=stored, evidence=proofs)
        outbox.replay_after_commit()


@outbox.register("destroy_files")
def destroy_files(payload):
    for sha256 in payload["files"]:
        files.destroy(sha256)
    for sha256 in payload.get("evidence", ()):
        place = captures.place_of(sha256)
        if place.exists():
            files.overwrite(place)
            place.unlink()


holders.append(Holder(_lines, _erase))
