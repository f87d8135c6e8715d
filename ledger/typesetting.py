"""Official papers as PDF: one function around Typst, with the fonts pinned.

Why Typst: a single wheel sets Chinese tables that break over pages with a repeated head, without a browser, an
office suite or LaTeX on the server. Why these fonts: Noto Serif SC and Noto Sans SC (SIL Open Font License 1.1, from
the wheel ``pylopdf-fonts-zh-cn``) hold all of GB 2312 and √ □, so that a sheet looks the same on every server; system
fonts are ignored for that reason.

Data never become source text. They travel as ``data.json``, which the template reads with ``json("data.json")``; a
title such as ``#read("/etc/passwd")`` therefore stays the title it is. Nothing is fetched from a network: templates
may not import packages.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache

import typst
from django.utils import timezone
from pylopdf_fonts_zh_cn import sans_path, serif_path

SERIF = "Noto Serif SC"
SANS = "Noto Sans SC"

# PDF/A-2b: self-contained and meant for keeping, as the archives ask (Article 19).
ARCHIVAL = "a-2b"


class TypesettingError(Exception):
    """The template and its data did not make a document: a fault of the program, never of the person."""


@cache
def _fonts() -> typst.Fonts:
    """Read once a process: the two files are 20 MB together."""
    folders = sorted({str(path.parent) for path in (serif_path(), sans_path())})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


def compile_pdf(
    source: str,
    data: object,
    *,
    files: Mapping[str, bytes] | None = None,
    moment: datetime | None = None,
) -> bytes:
    """Return the PDF that ``source`` makes of ``data``.

    ``source``  Typst markup; trusted text from the code base, never from a person.
    ``data``    anything JSON can hold; the template reads it with ``json("data.json")``.
    ``files``   further files by name, such as the SVG of a QR code.
    ``moment``  written as creation date, so that the same facts give the same bytes.
    """
    project = {
        "main": source.encode(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        **(files or {}),
    }
    try:
        return typst.compile(
            project,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=ARCHIVAL,
            timestamp=(moment or timezone.now()).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise TypesettingError(str(error)) from error
