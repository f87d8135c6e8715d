"""The register on paper: A4 across, heading repeated on each page, page numbers, the chain's hash on every line."""

from collections.abc import Iterable

from django.utils import timezone

from ledger.lines import Line
from ledger.typesetting import compile_pdf

TITLE = "信息发布审核登记表"
COLUMNS = (
    ("编号", "number", "1.1cm"),
    ("登记时间", "recorded_at", "1.75cm"),
    ("类别", "kind", "1.2cm"),
    ("信息名称", "title", "1.6fr"),
    ("提供单位", "unit", "2.1cm"),
    ("栏目", "column", "1.7cm"),
    ("审核类别", "route", "1.7cm"),
    ("信息来源", "source", "1.8cm"),
    ("承办人", "author", "1.6cm"),
    ("审核签批", "signatories", "2.6fr"),
    ("审查表编号", "sheet", "1.7cm"),
    ("发布时间", "published_at", "1.75cm"),
    ("校验值", "mark", "1.9cm"),
)

SOURCE = """
#let data = json("data.json")
#set document(title: data.title)
#set page(paper: "a4", flipped: true, margin: (x: 1.2cm, y: 1.4cm), footer: context [
  #set text(size: 7pt)
  #data.note #h(1fr) 第 #counter(page).display() 页，共 #counter(page).final().first() 页
])
#set text(font: "Noto Serif SC", size: 7pt, lang: "zh", region: "cn")
#set par(leading: 0.45em)
#align(center, text(size: 15pt, data.title))
#text(size: 8pt)[#data.scope #h(1fr) 打印时间：#data.printed_at]
#table(
  columns: data.widths.map(width => eval(width)),
  inset: (x: 2.5pt, y: 3.5pt),
  stroke: 0.4pt,
  align: (column, row) => if row == 0 { center + horizon } else { left + horizon },
  table.header(..data.headings.map(heading => strong(heading))),
  ..data.rows.flatten().map(cell => cell.split("\\n").map(part => [#part]).join(linebreak())),
)
"""


def register_pdf(lines: Iterable[Line], *, scope: str, head: tuple[int, str]) -> bytes:
    """The lines as they stand; `head` is number and hash of the register's last line at this moment."""
    data = {
        "title": TITLE,
        "scope": scope,
        "printed_at": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
        "note": f"登记册末号 {head[0]}，SM3 {head[1]}",
        "headings": [heading for heading, _name, _width in COLUMNS],
        "widths": [width for _heading, _name, width in COLUMNS],
        "rows": [[cell(line, name) for _heading, name, _width in COLUMNS] for line in lines],
    }
    return compile_pdf(SOURCE, data)


def cell(line, name) -> str:
    """A word that is longer than its cell may break anywhere: zero-width spaces in digests and numbers."""
    if name == "mark":
        return "\u200b".join(line.hash[start : start + 8] for start in range(0, 32, 8)) + "…"
    if name == "signatories":
        return "\n".join(row["text"] for row in line.signatures)
    value = str(getattr(line, name))
    return value.replace("-", "-\u200b") if name in ("sheet", "recorded_at", "published_at") else value
