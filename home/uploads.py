"""What may be uploaded, judged by content and not by name (Article 3, Article 15).

One table says which endings exist, what their bytes must look like and how they
are served. Everything else is refused: scripts, SVG, HTML, archives, macros.
"""

import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from checks.files.uploads import examine

MAX_BYTES = 50 * 1024 * 1024
MAX_NAME = 200
HEAD = 4096

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<?php", b"#!")


def starts(*magics: bytes) -> Callable:
    return lambda head, file: any(head.startswith(magic) for magic in magics)


def boxed(*brands: bytes) -> Callable:
    """ISO media files (MP4, M4A) name their brand after a length of four bytes."""
    return lambda head, file: head[4:8] == b"ftyp" and any(head[8:12].startswith(brand) for brand in brands)


def webp(head, file) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def mpeg_audio(head, file) -> bool:
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


def zipped(member: str) -> Callable:
    """Office and OFD files are archives with a known member; macros are refused."""

    def matches(head, file) -> bool:
        if not head.startswith(b"PK\x03\x04"):
            return False
        try:
            file.seek(0)
            with zipfile.ZipFile(file) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, OSError, ValueError):
            return False
        finally:
            file.seek(0)
        macros = any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names)
        return not macros and any(name.startswith(member) for name in names)

    return matches


def plain_text(head, file) -> bool:
    if b"\x00" in head or head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head[: len(head) - len(head) % 4].decode(encoding, errors="strict")
        except UnicodeDecodeError as error:
            if error.start < len(head) - 8:
                continue
        return True
    return False


@dataclass(frozen=True)
class FileType:
    ending: str
    content_type: str
    matches: Callable
    group: str


OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = (
    FileType("jpg", "image/jpeg", starts(b"\xff\xd8\xff"), "image"),
    FileType("jpeg", "image/jpeg", starts(b"\xff\xd8\xff"), "image"),
    FileType("png", "image/png", starts(b"\x89PNG\r\n\x1a\n"), "image"),
    FileType("gif", "image/gif", starts(b"GIF87a", b"GIF89a"), "image"),
    FileType("webp", "image/webp", webp, "image"),
    FileType("pdf", "application/pdf", starts(b"%PDF-"), "document"),
    FileType("ofd", "application/ofd", zipped("OFD.xml"), "document"),
    FileType("docx", OFFICE + "wordprocessingml.document", zipped("word/"), "document"),
    FileType("xlsx", OFFICE + "spreadsheetml.sheet", zipped("xl/"), "document"),
    FileType("pptx", OFFICE + "presentationml.presentation", zipped("ppt/"), "document"),
    FileType("doc", "application/msword", starts(OLE), "document"),
    FileType("xls", "application/vnd.ms-excel", starts(OLE), "document"),
    FileType("ppt", "application/vnd.ms-powerpoint", starts(OLE), "document"),
    FileType("wps", "application/vnd.ms-works", starts(OLE), "document"),
    FileType("et", "application/vnd.ms-excel", starts(OLE), "document"),
    FileType("txt", "text/plain", plain_text, "document"),
    FileType("csv", "text/csv", plain_text, "document"),
    FileType("vtt", "text/vtt", starts(b"WEBVTT", b"\xef\xbb\xbfWEBVTT"), "captions"),
    FileType("mp3", "audio/mpeg", mpeg_audio, "audio"),
    FileType("m4a", "audio/mp4", boxed(b"M4A", b"mp4"), "audio"),
    FileType("mp4", "video/mp4", boxed(b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"dash"), "video"),
)
BY_ENDING = {kind.ending: kind for kind in TYPES}


def ending_of(name: str) -> str:
    return os.path.splitext(name)[1].lower().lstrip(".")


def content_type_of(name: str) -> str:
    """How a stored file is served: from the table, never from what the browser claimed."""
    kind = BY_ENDING.get(ending_of(name))
    return kind.content_type if kind else "application/octet-stream"


def group_of(name: str) -> str:
    kind = BY_ENDING.get(ending_of(name))
    return kind.group if kind else ""


def check(file, groups: tuple[str, ...]) -> FileType:
    """Refuse with one clear sentence, or say what the file is."""
    name = os.path.basename(file.name or "")
    kind = BY_ENDING.get(ending_of(name))
    if kind is None or kind.group not in groups:
        raise ValidationError(
            _("Files of this kind are not accepted. Accepted: %(endings)s."),
            code="type",
            params={"endings": ", ".join(sorted(t.ending for t in TYPES if t.group in groups))},
        )
    if len(name) > MAX_NAME:
        raise ValidationError(_("The file name is longer than 200 characters."), code="name")
    if file.size == 0:
        raise ValidationError(_("The file is empty (0 bytes)."), code="empty")
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("The file has %(size)s; at most %(limit)s are accepted."),
            code="size",
            params={"size": filesizeformat(file.size), "limit": filesizeformat(MAX_BYTES)},
        )
    if not kind.matches(head_of(file), file):
        raise ValidationError(
            _("The content of the file is not what its name ending .%(ending)s says."),
            code="content",
            params={"ending": kind.ending},
        )
    examine(file, kind.ending)
    return kind


def head_of(file) -> bytes:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return head if isinstance(head, bytes) else head.encode()


def validate_image(file):
    """Model field validator: every form, upload screen and import passes it."""
    check_uncommitted(file, ("image",))


def validate_document(file):
    check_uncommitted(file, ("document", "audio", "video", "image", "captions"))


def check_uncommitted(file, groups):
    """A file that is already stored was judged when it came in."""
    if getattr(file, "_committed", False):
        return
    check(getattr(file, "file", file), groups)
