"""What one click puts right in a draft: personal data masked, debris taken out of texts and files.

The draft gets a new revision, the file a new version; what was there before stays on record (Article 19).
"""

import json

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model

from checks import debris, masking
from checks.files import cleaning
from checks.findings import Context
from regulation.refusals import Refusal

TEXTS = ("title", "summary", "keywords", "description", "introduction")


@transaction.atomic
def mask(page, user) -> int:
    """Every identity number, telephone and card of the draft; how many places changed."""
    context = Context(interactive=page.interactive)
    return rewrite(page, user, lambda text: masking.mask_html(text, context))


@transaction.atomic
def clean(page, user, sha256: str = "") -> bool:
    """Debris out of a file (True) or, without a digest, out of the draft's texts (False)."""
    if sha256:
        clean_file(page, sha256)
        return True
    rewrite(page, user, debris.without)
    return False


def rewrite(page, user, change) -> int:
    """Apply `change` to each text of the draft, headings, cells and captions included, and save a revision."""
    changed = 0
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            old = json.dumps(list(getattr(page, field.name).raw_data), ensure_ascii=False)
            new = walked(json.loads(old), change)
            if json.dumps(new, ensure_ascii=False) != old:
                changed += differences(json.loads(old), new)
                setattr(page, field.name, json.dumps(new))
    for name in TEXTS:
        old = getattr(page, name, None)
        if isinstance(old, str) and change(old) != old:
            setattr(page, name, change(old))
            changed += 1
    if changed:
        page.save_revision(user=user)
        page.__dict__.pop("_check_result", None)
    return changed


def walked(value, change):
    """Strings of a stored stream; identities and addresses of blocks are no texts."""
    if isinstance(value, dict):
        return {
            key: entry if key in ("id", "type") else walked(entry, change) for key, entry in value.items()
        }
    if isinstance(value, list):
        return [walked(entry, change) for entry in value]
    return change(value) if isinstance(value, str) else value


def differences(old, new) -> int:
    if isinstance(old, dict):
        return sum(differences(old[key], new[key]) for key in old)
    if isinstance(old, list):
        return sum(differences(*pair) for pair in zip(old, new, strict=True))
    return int(old != new)


def row_of(sha256: str):
    for model in (get_document_model(), get_image_model()):
        row = model.objects.filter(sha256=sha256).first()
        if row is not None:
            return row
    return None


def can_clean(page, finding) -> bool:
    """Texts always; files of the page's own unit whose kind can be taken apart and put together again."""
    if not finding.sha256:
        return finding.rule.startswith("debris.")
    row = row_of(finding.sha256)
    name = row.filename if row is not None else ""
    own = row is not None and row.unit_id == page.unit_id
    return own and cleaning.can_remove(finding.rule, name)


def clean_file(page, sha256: str) -> None:
    row = row_of(sha256)
    if row is None or row.unit_id != page.unit_id or sha256 not in files_of(page):
        raise Refusal(_("This file belongs to another unit's library."), article="17", code="wall")
    with row.file.storage.open(row.file.name, "rb") as file:
        cleaned = cleaning.cleaned(file.read(), row.filename)
    if cleaned is None:
        raise Refusal(
            _("This file cannot be cleaned here; clean it in its own program and upload it again."),
            article="8",
            code="not_cleanable",
        )
    name = row.filename
    row.file = ContentFile(cleaned, name=name)
    row.file_size = len(cleaned)
    row.save()
    if hasattr(row, "renditions"):
        row.renditions.all().delete()
    page.__dict__.pop("_check_result", None)


def files_of(page) -> set[str]:
    """Digests of the files that this draft names."""
    from review import checking

    return {part.sha256 for part in checking.result(page).parts if part.sha256}
