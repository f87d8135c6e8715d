"""Attachments of the demo: texts, tables and empty forms as PDF, tables as spreadsheets, the same bytes at every run."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Font

from demo.data.tables import TABLES
from ledger.typesetting import compile_pdf

#: What stands as creation time in the files; the demo's content does not depend on the day it is loaded.
MADE_AT = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)

_PAPER = """\
#let data = json("data.json")
#set document(title: data.title)
#set page(paper: "a4", margin: (x: 26mm, y: 30mm), footer: align(center, text(9pt, [演示数据])))
#set text(font: "Noto Serif SC", size: 12pt, lang: "zh", region: "cn")
#set par(first-line-indent: (amount: 2em, all: true), leading: 0.9em, spacing: 0.9em, justify: true)
#align(center, text(17pt, weight: "bold", data.title))
#v(1em)
#show heading: it => align(center, block(above: 1.6em, below: 1em, text(13pt, font: "Noto Sans SC", it.body)))
#show table: set par(justify: false)
#for line in data.lines { if line.heading { heading(line.words) } else { par(line.words) } }
#if data.fields.len() > 0 {
  table(columns: (50mm, 1fr), rows: 13mm, align: horizon, ..data.fields.map(f => (f, [])).flatten())
}
#if data.table.len() > 0 {
  set text(10.5pt)
  set table(inset: 7pt, align: horizon + center)
  show table.cell.where(y: 0): set text(font: "Noto Sans SC")
  let (head, ..rows) = data.table
  align(center, table(columns: head.len(), table.header(..head), ..rows.flatten()))
}
"""

_FIELDS = ("姓名", "联系电话", "所在乡（镇）、办事处", "申请事项", "申请人签字", "受理人签字")


def pdf(title: str, lines: Iterable[str] = ()) -> bytes:
    """A paper of paragraphs; what begins with ## is a heading, as in the demo's texts."""
    said = [{"heading": line.startswith("## "), "words": line.removeprefix("## ")} for line in lines]
    return _set(title, lines=said)


def form(title: str) -> bytes:
    """A form to fill in by hand."""
    return _set(title, fields=_FIELDS)


def table(title: str) -> bytes:
    """The table of that title in `demo.data.tables`, on paper."""
    return _set(title, table=[list(map(str, row)) for row in TABLES[title]])


def _set(title: str, **given) -> bytes:
    data = {"title": title, "lines": [], "fields": [], "table": [], **given}
    return compile_pdf(_PAPER, data, moment=MADE_AT)


def xlsx(title: str) -> bytes:
    """The spreadsheet of that title in `demo.data.tables`."""
    book = Workbook()
    sheet = book.active
    sheet.title = title[:30]
    for row in TABLES[title]:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in "ABCD":
        sheet.column_dimensions[column].width = 24
    book.properties.created = book.properties.modified = MADE_AT.replace(tzinfo=None)
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _timeless(archive: bytes) -> bytes:
    """The same archive without the time at which it was packed (openpyxl stamps both places)."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _without_modified(content)
            new.writestr(zipfile.ZipInfo(name, date_time=(2026, 11, 2, 9, 0, 0)), content)
    return packed.getvalue()


def _without_modified(properties: bytes) -> bytes:
    head, mark, rest = properties.partition(b"<dcterms:modified")
    return head + rest.partition(b"</dcterms:modified>")[2] if mark else properties
