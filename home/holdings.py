"""What Wagtail's own tables hold of an item that is destroyed: drafts, versions, originals in the library, logs."""

import hashlib
import json
import os
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry, Page, PageLogEntry, ReferenceIndex, Revision

from home.models import PortalDocument, PortalImage
from publication import files, outbox
from publication.models import Submission
from secrecy.holdings import ELSEWHERE, named_in, used_elsewhere
from secrecy.services.destroying import STUB, Holder, holders, line

LIBRARY = "媒体库原件"
LIBRARIES = (PortalImage, PortalDocument)


def _page(matter):
    return Page.objects.filter(pk=matter.page_id).first()


def _versions(matter):
    """Every saved version; of an item that was public those from which something public was handed in stay."""
    page = _page(matter)
    if page is None:
        return Revision.objects.none()
    unseen = {submission.pk for submission in matter.submissions}
    public = Submission.objects.filter(object_id=matter.object_id).exclude(pk__in=unseen)
    kept = public.exclude(revision_id=None).values_list("revision_id", flat=True)
    return page.revisions.exclude(pk__in=list(kept))


def _originals(matter):
    """Rows of the library with bytes that the item shows, or that its handed-in text names: by digest."""
    page = _page(matter)
    shown = ReferenceIndex.get_references_for_object(page.specific) if page else []
    keys = {(reference.to_content_type_id, reference.to_object_id) for reference in shown}
    digests = named_in(matter)
    for model in LIBRARIES:
        kind = ContentType.objects.get_for_model(model).pk
        used = [key for content_type, key in keys if content_type == kind]
        digests |= set(model.objects.filter(pk__in=used).values_list("sha256", flat=True))
    rows = [thing for model in LIBRARIES for thing in model.objects.filter(sha256__in=digests).order_by("pk")]
    return {digest: [thing for thing in rows if thing.sha256 == digest] for digest in sorted(digests - {""})}


def _used_by_another(thing, matter):
    users = {(ref.base_content_type_id, ref.object_id) for ref in ReferenceIndex.get_references_to(thing)}
    pages = ContentType.objects.get_for_model(Page).pk
    return bool(users - {(pages, str(matter.page_id))})


def _lines(matter):
    for revision in _versions(matter):
        content = json.dumps(revision.content, sort_keys=True, ensure_ascii=False).encode()
        yield line("草稿版本", hashlib.sha256(content).hexdigest(), len(content))
    originals = {digest: things for digest, things in _originals(matter).items() if things}
    needed = used_elsewhere(set(originals), matter)
    for digest, things in originals.items():
        shared = digest in needed or any(_used_by_another(thing, matter) for thing in things)
        yield line(LIBRARY, digest, things[0].get_file_size(), ELSEWHERE if shared else "")


def _erase(matter, lines):
    gone = {entry["sha256"] for entry in lines if entry["what"] == LIBRARY and not entry["kept"]}
    originals = _originals(matter)
    folders = {
        os.path.dirname(name)
        for digest in gone
        for thing in originals.get(digest, ())
        for name in _forget(thing)
    }
    _forget_page(matter)
    PageLogEntry.objects.filter(page_id=matter.page_id).update(label=STUB, data={})
    if folders:
        outbox.put("destroy_originals", folders=sorted(folders))
        outbox.replay_after_commit()


def _forget(thing):
    """The row with its renditions, its lines in the log; returns the names of the files."""
    names = [thing.file.name]
    if isinstance(thing, PortalImage):
        names += [rendition.file.name for rendition in thing.renditions.all()]
    kind = ContentType.objects.get_for_model(type(thing))
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(thing.pk)).update(label=STUB, data={})
    thing.delete()
    return names


def _forget_page(matter):
    page = _page(matter)
    if page is None:
        return
    if not matter.was_public and not page.get_children().exists():
        page.specific.delete()
        return
    _versions(matter).delete()
    last = page.revisions.order_by("-created_at", "-pk").first()
    page.refresh_from_db()
    Page.objects.filter(pk=page.pk).update(
        draft_title=page.title if matter.was_public else STUB,
        latest_revision=last,
        latest_revision_created_at=last.created_at if last else None,
        has_unpublished_changes=False,
    )


@outbox.register("destroy_originals")
def destroy_originals(payload):
    """The library's storage keeps what it is told to delete; here the bytes really go. It names each folder by the
    digest of what lies in it (`home.storage`), so a folder is one content, and its name tells nothing.
    """
    storage = PortalDocument._meta.get_field("file").storage
    for folder in payload["folders"]:
        place = Path(storage.path(folder))
        for file in place.iterdir() if place.is_dir() else ():
            files.overwrite(file)
            file.unlink()


holders.append(Holder(_lines, _erase))
