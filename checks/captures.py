"""Captures and consents: private files under their digest, read as text where they have one (Articles 7, 8)."""

import hashlib
import io
import os
import re
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from checks import files
from checks.files.uploads import examine

MAX_BYTES = 20 * 1024 * 1024
MAX_ORIGINAL = 50 * 1024 * 1024
#: ending → (content type, what its bytes begin with)
TYPES = {
    "html": ("text/html", None),
    "htm": ("text/html", None),
    "mhtml": ("multipart/related", None),
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}
#: What an author hands in to be converted into a draft; kept as it came.
OFFICE = "application/vnd.openxmlformats-officedocument."
ORIGINALS = {
    "docx": (f"{OFFICE}wordprocessingml.document", b"PK"),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet", b"PK"),
}
SHA256 = re.compile(r"[0-9a-f]{64}")
NOT_READ = {"script", "style", "head", "noscript", "template", "svg", "select", "nav", "header", "footer"}
BREAKS = {
    "p",
    "div",
    "br",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "section",
    "article",
    "blockquote",
}
CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def ending_of(name: str) -> str:
    return os.path.splitext(name)[1].lower().lstrip(".")


def keep(file, types=TYPES, limit=MAX_BYTES) -> dict:
    """Store an uploaded file; its facts for an `Evidence` row. Raises ValidationError with one sentence."""
    name = os.path.basename(file.name or "")[-200:]
    kind = types.get(ending_of(name))
    file.seek(0)
    data = file.read(limit + 1)
    if kind is None or (kind[1] and not data.startswith(kind[1])):
        raise ValidationError(
            _("A capture is a saved page (HTML, MHTML), a PDF or a screenshot (PNG, JPEG)."), code="type"
        )
    if not data:
        raise ValidationError(_("The file is empty (0 bytes)."), code="empty")
    if len(data) > limit:
        raise ValidationError(_("A capture has 20 MB at most."), code="size")
    examine(io.BytesIO(data), ending_of(name))
    return {"sha256": write(data), "name": name, "content_type": kind[0], "size": len(data)}


def write(data: bytes) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    place = place_of(sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary = place.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(data)
        temporary.chmod(0o640)
        os.replace(temporary, place)
    return sha256


def place_of(sha256: str) -> Path:
    if not SHA256.fullmatch(sha256):
        raise FileNotFoundError(sha256)
    return Path(settings.PRIVATE_ROOT) / "evidence" / sha256[:2] / sha256


def open_evidence(sha256: str):
    return place_of(sha256).open("rb")


def text_of(evidence) -> str:
    """The words of a saved page or PDF; a screenshot has none that a machine should guess."""
    try:
        with open_evidence(evidence.sha256) as file:
            data = file.read()
    except FileNotFoundError:
        return ""
    if evidence.content_type == "application/pdf":
        return files.look(data, "capture.pdf").text
    if evidence.content_type == "text/html":
        return words_of_page(data)
    if evidence.content_type == "multipart/related":
        return words_of_archive(data)
    return ""


def words_of_page(data: bytes) -> str:
    named = CHARSET.search(data[:4096])
    tried = [named.group(1).decode()] if named else []
    for encoding in [*tried, "utf-8", "gb18030"]:
        try:
            return _Words.read(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _Words.read(data.decode("utf-8", errors="replace"))


def words_of_archive(data: bytes) -> str:
    import email
    from email import policy

    message = email.message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return words_of_page(part.get_payload(decode=True) or b"")
    return ""


class _Words(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.muted = 0

    @classmethod
    def read(cls, html: str) -> str:
        parser = cls()
        parser.feed(html)
        parser.close()
        lines = (" ".join(line.split()) for line in "".join(parser.pieces).splitlines())
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag, attrs):
        self.muted += tag in NOT_READ
        if tag in BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag):
        self.muted -= tag in NOT_READ and self.muted > 0
        if tag in BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data):
        if not self.muted:
            self.pieces.append(data)
