"""A Word file, read: title, blocks, losses. The file itself is never executed and nothing outside it is fetched."""

import re
from pathlib import PurePath

import mammoth
from django.utils.translation import gettext as _

from checks.files.archives import Hostile
from conversion.pieces import Reading, Unreadable
from conversion.word import outline
from conversion.word.preparing import prepared
from conversion.word.taking_apart import taken_apart

STYLES = f"""
p[style-name='{outline.TITLE}'] => h1.title:fresh
u =>
strike =>
"""
BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, RecursionError, MemoryError)
DUPLICATE = re.compile(r"[（(]\d+[)）]$| - 副本$")


def read(data: bytes, name: str) -> Reading:
    """Raises `Unreadable` with one sentence where nothing can be made of the file."""
    reading = Reading()
    try:
        images: list[tuple[bytes, str]] = []
        html = converted(prepared(data, reading), images)
        taken_apart(html, images, reading)
    except Hostile as hostile:
        raise Unreadable(str(hostile)) from hostile
    except BROKEN as error:
        raise Unreadable(_("The file is damaged: its text could not be read.")) from error
    if not reading.pieces:
        raise Unreadable(_("There is no text in this file."))
    reading.title = reading.title or title_from(name)
    return reading


def converted(file, images) -> str:
    """HTML by mammoth; pictures are collected beside it and named by their number."""

    def keep(image):
        with image.open() as source:
            images.append((source.read(), image.content_type or ""))
        return {"src": str(len(images) - 1)}

    return mammoth.convert_to_html(
        file,
        style_map=STYLES,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(keep),
        transform_document=outline.marked,
        id_prefix="n",
    ).value


def title_from(name: str) -> str:
    """The file's name is the title that its author gave it."""
    return DUPLICATE.sub("", PurePath(name.replace("\\", "/")).stem).strip()[: outline.MAX_TITLE]
