"""What may come back as the stamped sheet: a photograph (JPEG, PNG) or a scan (PDF), judged by content alone.

Pictures are taken afresh from their pixels. That turns a phone's picture upright and leaves behind whatever else the
file carried: the place it was taken, and anything hidden after the picture (a "polyglot" that is a web page or an
archive as well). A PDF is kept as it came, so it must be one from its first byte to its last and carry no script.
"""

import re
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 80_000_000
LONGEST_SIDE = 3600  # an A4 page at 300 dots per inch
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
ENDINGS = {JPEG: ".jpg", PNG: ".png", PDF: ".pdf"}
ACCEPT = ".jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf"
MAGIC = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))
ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
PDF_END = re.compile(rb"%%EOF\s*\Z")

NOT_A_SCAN = _("Only JPEG or PNG pictures and PDF files are accepted; this file is something else.")


def accepted(upload):
    """Return ``(content type, file to store)`` or raise ValidationError with one clear sentence."""
    _require_size(upload)
    content = _read(upload)
    content_type = next((kind for magic, kind in MAGIC if content.startswith(magic)), None)
    if content_type is None:
        raise ValidationError(NOT_A_SCAN, code="type")
    name = safe_name(upload.name, content_type)
    if content_type == PDF:
        _require_plain_pdf(content)
        return PDF, ContentFile(content, name)
    return content_type, ContentFile(_afresh(content, content_type), name)


def safe_name(name, content_type):
    """The name people see on the record; its ending tells the truth."""
    stem = re.sub(r"[\\/:*?\"<>|\x00-\x1f\x7f]", "_", str(name or "")).rsplit(".", 1)[0].strip(" ._")
    return f"{stem[:120] or 'scan'}{ENDINGS[content_type]}"


def _require_size(upload):
    if not upload.size:
        raise ValidationError(_("The file is empty (0 bytes)."), code="empty")
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("The file has %(size)s; at most %(limit)s are accepted."),
            code="size",
            params={"size": filesizeformat(upload.size), "limit": filesizeformat(MAX_BYTES)},
        )


def _read(upload):
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    upload.seek(0)
    return content


def _require_plain_pdf(content):
    if not PDF_END.search(content[-2048:]):
        raise ValidationError(
            _("The PDF file is damaged or carries something after its end."), code="content"
        )
    if ACTIVE_PDF.search(content):
        raise ValidationError(
            _("The PDF file carries scripts or other files; scan the sheet again."), code="active"
        )


def _afresh(content, content_type):
    """The same picture from its pixels, upright, no larger than it needs to be."""
    damaged = ValidationError(_("The picture is damaged and cannot be opened."), code="content")
    try:
        with Image.open(BytesIO(content), formats=[content_type.split("/")[1].upper()]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(_("The picture has too many dots; take it again."), code="size")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except ValidationError:
        raise
    except Exception as error:  # Pillow raises many kinds for damaged files
        raise damaged from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = BytesIO()
    options = {"quality": 90} if content_type == JPEG else {}
    upright.save(fresh, content_type.split("/")[1].upper(), **options)
    return fresh.getvalue()
