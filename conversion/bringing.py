"""从 Word 导入: a file becomes a draft, and stays on record as where the draft comes from (Articles 3, 8)."""

import os

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from checks import sources
from checks.files.uploads import examine
from conversion import drafting, excel, word
from conversion.pieces import Reading, Unreadable
from home import uploads

READERS = {"docx": word.read, "xlsx": excel.read}
ACCEPTED = ",".join(f".{ending}" for ending in READERS)
#: What authors try, and what they are told.
ASK_FOR_DOCX = {"doc", "wps", "wpt", "rtf", "odt", "dot", "dotx"}
ASK_FOR_XLSX = {"xls", "et", "ett", "csv", "ods"}
MACROS = {"docm", "dotm", "xlsm"}


def read(file) -> Reading:
    """Take a file apart. Raises ValidationError with one sentence; nothing is kept by this."""
    name = os.path.basename(file.name or "")
    ending = uploads.ending_of(name)
    if ending in ASK_FOR_DOCX:
        raise ValidationError(_("Save the file in Word or WPS as .docx, then bring that one."), code="type")
    if ending in ASK_FOR_XLSX:
        raise ValidationError(_("Save the file in Excel or WPS as .xlsx, then bring that one."), code="type")
    if ending in MACROS:
        raise ValidationError(
            _("Files with macros are not taken; save it as .docx or .xlsx without them."), code="macro"
        )
    if ending not in READERS:
        raise ValidationError(_("This is neither a Word (.docx) nor an Excel file (.xlsx)."), code="type")
    if 0 < file.size <= uploads.MAX_BYTES and uploads.head_of(file).startswith(b"PK"):
        examine(file, ending)  # says what exactly is wrong, before the general check does
    uploads.check(file, ("document",))
    file.seek(0)
    try:
        return READERS[ending](file.read(), name)
    except Unreadable as error:
        raise ValidationError(str(error), code="unreadable") from error


@transaction.atomic
def new_draft(parent, model, reading: Reading, file, user):
    """A draft of its own below the unit's page, with the file as its provenance. Returns (page, reading)."""
    unit = parent.unit
    page = model(
        title=reading.title,
        draft_title=reading.title,
        slug=f"item-{timezone.localtime():%Y%m%d}-{get_random_string(6).lower()}",
        unit=unit,
        owner=user,
        locale=parent.locale,
        live=False,
        body=drafting.stream(reading, unit, user),
    )
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True, clean=False)
    sources.file_original(page.object_id, file, user)
    return page, reading


@transaction.atomic
def into_draft(draft, reading: Reading, file, user, *, replace: bool):
    """Into a draft that is there: in place of its text, or behind it. Returns (page, reading)."""
    before = [] if replace else list(draft.body.raw_data)
    draft.body = draft._meta.get_field("body").to_python(before + drafting.stream(reading, draft.unit, user))
    draft.save_revision(user=user, log_action=True, clean=False)
    sources.file_original(draft.object_id, file, user)
    return draft, reading


def originals(page):
    """The files that the draft was made from, newest first."""
    return sources.evidence(page.object_id, sources.ORIGINAL)
