"""From the demo's texts to drafts: blocks, pictures and files in the author's own library.

Identities are derived from keys, so that the same demo has the same objects wherever it is loaded.
"""

import datetime as dt
import html
import json
import uuid
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.models import Locale

from demo import papers, pictures
from demo.data.tables import CHARTS, TABLES
from demo.regulation_text import attachments_of_regulation, regulation_blocks
from demo.texts import ItemText
from home.models import InformationPage, PolicyPage, PortalDocument, PortalImage, UnitLibrary

DATA = Path(__file__).parent / "data"
NAMESPACE = uuid.UUID("5204020a-0000-5000-8000-000000000001")


def identity(key: str) -> uuid.UUID:
    """The object id of a thing of the demo."""
    return uuid.uuid5(NAMESPACE, key)


def block(kind: str, key: str, **value):
    """One StreamField block in its stored form, with an id that does not change."""
    return _raw(kind, key, value)


def _raw(kind: str, key: str, value) -> dict:
    return {"type": kind, "value": value, "id": str(identity(f"block/{key}"))}


def picture_in_library(unit, author, title: str, content: bytes, name: str) -> PortalImage:
    """An image in the unit's own library, uploaded by its author."""
    library = UnitLibrary.objects.select_related("collection").get(unit=unit)
    image = PortalImage(
        title=title,
        description=title,
        collection=library.collection,
        uploaded_by_user=author,
        file=ImageFile(ContentFile(content, name=name), name=name),
    )
    image.save()
    return image


def file_in_library(unit, author, title: str, content: bytes, name: str) -> PortalDocument:
    library = UnitLibrary.objects.select_related("collection").get(unit=unit)
    document = PortalDocument(
        title=title,
        collection=library.collection,
        uploaded_by_user=author,
        file=ContentFile(content, name=name),
    )
    document.save()
    return document


class Writer:
    """Writes the draft of one item as its author would: below his unit's face, with what goes with it."""

    def __init__(self, people, tree):
        self.people = people
        self.tree = tree
        self.pages: dict[str, InformationPage | PolicyPage] = {}

    def write(self, text: ItemText):
        author = self.people.at(text.unit, "author")
        page = self._blank(text, author)
        page.body = json.dumps(self._body(text, author))
        page.attachments = json.dumps(self._attachments(text, author))
        self.tree.faces[text.unit].add_child(instance=page)
        page.save_revision(user=author)
        self.pages[text.key] = page
        return page

    def _blank(self, text: ItemText, author):
        common = {
            "title": text.title,
            "slug": text.key,
            "object_id": identity(f"item/{text.key}"),
            "unit": self.people.unit(text.unit),
            "owner": author,
            "column": self.tree.columns[text.column],
            "summary": text.summary,
            "keywords": text.get("keywords"),
            "editor": author.name,
            "live": False,
            **self._routing(text),
            **self._language(text),
        }
        if text.is_policy:
            return PolicyPage(**common, **self._catalogue(text))
        interpreted = self.pages.get(text.get("interprets"))
        return InformationPage(**common, interprets=interpreted)

    def _language(self, text: ItemText) -> dict:
        """A translation stands beside its original, as wagtail-localize makes it (units/models.py)."""
        if not text.get("translates"):
            return {}
        english, _made = Locale.objects.get_or_create(language_code="en")
        return {"locale": english, "translation_key": self.pages[text.get("translates")].translation_key}

    def _routing(self, text: ItemText) -> dict:
        return {
            "in_government_name": text.route == "government",
            "government_category": text.get("category"),
            "sensitive": text.route == "emergency" and text.state != "escalated",
            "is_reprint": text.route == "reprint",
            "source_name": text.get("source"),
            "source_url": text.get("source_url"),
            "source_date": _day(text.get("source_date")),
        }

    def _catalogue(self, text: ItemText) -> dict:
        return {
            "index_number": text.get("index"),
            "subject": text.get("subject"),
            "issuer": text.get("issuer"),
            "formed_on": _day(text.get("formed")),
            "issued_on": _day(text.get("issued")),
            "document_number": text.get("number"),
            "effective_on": _day(text.get("effective")),
            "lapses_on": _day(text.get("lapses")),
            "validity": text.get("validity") or "有效",
            "interpretation": text.get("interpretation"),
            "no_interpretation": text.get("no_interpretation"),
            "relations": [
                _raw(kind, f"{text.key}/{kind}", self.pages[text.get(kind)].pk)
                for kind in ("repeals", "amends")
                if text.get(kind)
            ],
        }

    def _body(self, text: ItemText, author) -> list[dict]:
        if text.get("body") == "regulation":
            return [
                _raw(kind, f"regulation/{n}", value) for n, (kind, value) in enumerate(regulation_blocks())
            ]
        blocks = [_paragraphs(text.key, number, run) for number, run in enumerate(_runs(text.paragraphs))]
        if text.get("picture"):
            blocks.insert(1, self._picture(text, author))
        if text.get("video"):
            blocks.insert(1, self._video(text, author))
        return [*blocks, *(self._table(text, title) for title in text.tables)]

    def _table(self, text: ItemText, title: str) -> dict:
        """As an author pastes it from a worksheet: cells with tabs between them, drawn where that says something."""
        chart, measured_in = CHARTS.get(title, ("", ""))
        value = {
            "caption": title,
            "cells": "\n".join("\t".join(map(str, row)) for row in TABLES[title]),
            "unit": measured_in,
            "chart": chart,
            "source": f"{self.people.unit(text.unit).name}（演示数据）",
        }
        return _raw("data", f"{text.key}/table/{title}", value)

    def _video(self, text: ItemText, author) -> dict:
        """One short film of our own drawings serves all; its words stand in captions and in the transcript."""
        unit, title = self.people.unit(text.unit), text.get("video")
        film, captions = (
            file_in_library(
                unit, author, title, (DATA / f"landscape.{kind}").read_bytes(), f"{text.key}.{kind}"
            )
            for kind in ("mp4", "vtt")
        )
        said = "<p>画面依次为梯田与山间公路、秋收后的田野、社区与步道，均为示意动画，没有声音。</p>"
        value = {"file": film.pk, "title": title, "captions": captions.pk, "transcript": said}
        return _raw("media", f"{text.key}/video", value)

    def _picture(self, text: ItemText, author) -> dict:
        kind, _, alt = text.get("picture").partition(" ")
        image = picture_in_library(
            self.people.unit(text.unit), author, alt, pictures.draw(kind, text.key), f"{text.key}.jpg"
        )
        value = {
            "image": {"image": image.pk, "alt_text": alt, "decorative": False},
            "caption": f"{alt}（演示配图）",
        }
        return _raw("image", f"{text.key}/picture", value)

    def _attachments(self, text: ItemText, author) -> list[dict]:
        found = []
        for number, line in enumerate(text.attachments):
            kind, _, title = line.partition(" ")
            name = f"{text.key}-{number + 1}.{'xlsx' if kind == 'xlsx' else 'pdf'}"
            file = file_in_library(
                self.people.unit(text.unit), author, title, _content(text, kind, title), name
            )
            value = {"title": title, "file": file.pk}
            found.append(_raw("attachment", f"{text.key}/file/{number}", value))
        return found


#: Word before an attachment's title → the file of that title; `pdf` is the item's own text.
PAPERS = {"xlsx": papers.xlsx, "table": papers.table, "form": papers.form}


def _content(text: ItemText, kind: str, title: str) -> bytes:
    if kind in PAPERS:
        return PAPERS[kind](title)
    if text.get("body") == "regulation":
        return attachments_of_regulation(title)
    return papers.pdf(title, text.paragraphs)


def _runs(paragraphs: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The first paragraph alone (a picture goes behind it), the rest together; headings begin a run."""
    runs: list[list[str]] = []
    for paragraph in paragraphs:
        if not runs or paragraph.startswith("## ") or len(runs) == 1:
            runs.append([])
        runs[-1].append(paragraph)
    return [tuple(run) for run in runs]


def _paragraphs(key: str, number: int, run: tuple[str, ...]) -> dict:
    return _raw("rich_text", f"{key}/{number}", "".join(map(_as_html, run)))


def _as_html(paragraph: str) -> str:
    if paragraph.startswith("## "):
        return f"<h3>{html.escape(paragraph[3:])}</h3>"
    return "".join(f"<p>{html.escape(line)}</p>" for line in paragraph.splitlines())


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
