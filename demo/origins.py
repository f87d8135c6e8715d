"""Where the demo's reprints come from: fictional sources on the list, and the saved page of each original."""

import datetime as dt
import html

from django.core.files.uploadedfile import SimpleUploadedFile

from checks import sources
from checks.links import host_of
from checks.models import Evidence, ReprintSource
from demo.texts import ItemText

LISTED_FROM = dt.date(2026, 1, 1)
BASIS = "演示用的虚构来源"
_PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{title}</title></head>
<body><nav>首页 要闻 服务</nav><article><h1>{title}</h1><p>{day}　来源：{name}</p>{text}</article>
<footer>演示来源，纯属虚构</footer></body></html>
"""


def prove(text: ItemText, page, author) -> None:
    """What Articles 7 and 8 want before a reprint is submitted; once for each item."""
    ReprintSource.objects.get_or_create(
        name=text.get("source"),
        defaults={
            "kind": "state",
            "domain": host_of(text.get("source_url")),
            "valid_from": LISTED_FROM,
            "note": BASIS,
        },
    )
    if not Evidence.objects.filter(object_id=page.object_id).exists():
        capture = SimpleUploadedFile(f"{text.key}.html", saved_page(text).encode())
        sources.file_evidence(page.object_id, "capture", capture, author, url=text.get("source_url"))


def saved_page(text: ItemText) -> str:
    """The original as a browser would save it."""
    paragraphs = "".join(f"<p>{html.escape(p.removeprefix('## '))}</p>" for p in text.paragraphs)
    return _PAGE.format(
        title=html.escape(text.title),
        day=text.get("source_date"),
        name=html.escape(text.get("source")),
        text=paragraphs,
    )
