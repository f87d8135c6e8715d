"""What an upload form asks before a file is kept: `home.uploads` calls this behind its own table of types.

Refuses what does harm or cannot be opened; what must only be cleaned (revisions, comments, author) comes in and is
found by the content check, where one click removes it.
"""

import zipfile

from django.core.exceptions import ValidationError

from checks.files import archives
from checks.files.archives import ENTITY, FORBIDDEN, Hostile

ZIPPED = {"docx", "xlsx", "pptx", "ofd"}
#: Word templates carry printer settings and the like under these endings; everything else is read.
XML = (".xml", ".rels")
PICTURES = {"jpg", "jpeg", "png", "gif", "webp"}
SCRIPTS = (b"<script", b"<?php", b"<html", b"<svg")
MAX_READ = 60 * 1024 * 1024


def examine(file, ending: str) -> None:
    """Raise ValidationError with one sentence for a hostile or broken file; leave the file at its beginning."""
    if ending not in ZIPPED | PICTURES | {"pdf"}:
        return
    file.seek(0)
    data = file.read(MAX_READ)
    file.seek(0)
    try:
        if ending in ZIPPED:
            require_harmless_archive(data)
        elif ending in PICTURES:
            require_plain_picture(data)
        else:
            require_no_archive(data)
    except Hostile as hostile:
        raise ValidationError(str(hostile), code=hostile.code) from hostile


def require_harmless_archive(data: bytes) -> None:
    with archives.opened(data) as archive:
        names = archive.namelist()
        if archives.has_macros(names):
            raise Hostile("macro")
        if any(name.lower().endswith(FORBIDDEN) for name in names):
            raise Hostile("member")
        for name in names:
            content = archives.read(archive, name)  # also proves the member's checksum
            if name.lower().endswith(XML) and has_entities(content):
                raise Hostile("entity", name)


def has_entities(content: bytes) -> bool:
    """Office writes no document type at all, in whatever encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", errors="replace").encode()
    return bool(ENTITY.search(content))


def require_plain_picture(data: bytes) -> None:
    """A picture that is also an archive or a page is neither."""
    head, tail = data[:4096].lower(), data[-4096:].lower()
    if any(script in head or script in tail for script in SCRIPTS):
        raise Hostile("polyglot")
    require_no_archive(data)


def require_no_archive(data: bytes) -> None:
    """Programs that read archives look at the end of a file, others at its beginning: both would have their way."""
    if archives.END in data[-(1 << 16) :] and zipped(data):
        raise Hostile("polyglot")


def zipped(data: bytes) -> bool:
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
