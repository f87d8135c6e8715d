"""mammoth's HTML into blocks of a draft. It is well-formed and only ours to read, so a plain tree serves."""

import re
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from django.utils.translation import gettext as _

from conversion.pieces import Heading, Picture, Reading, Table, Text
from conversion.tables import MAX_COLUMNS, MAX_ROWS, Cell, Grid
from home import rich_text

HEADINGS = {"h1": 0, "h2": 1, "h3": 2, "h4": 2, "h5": 2, "h6": 2}
INSIDE = ("", "h3", "h4")  # below the first level headings stand in the text
MAX_HEADING, MAX_CAPTION = 100, 120
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg", "image/gif": "gif", "image/webp": "webp",
           "image/bmp": "bmp", "image/x-ms-bmp": "bmp", "image/tiff": "tiff"}  # fmt: skip
#: Names that programs give to pictures say nothing about them.
NAMELESS = re.compile(
    r"(?i)^(?:图片|图像|picture|image|img|dsc|微信图片|截图|屏幕截图|wps图片|幻灯片)?[\s_\-\d.]*"
    r"(?:\.(?:jpe?g|png|gif|bmp))?$|^descr$|^[0-9a-f]{12,}$"
)
CAPTION = re.compile(
    r"^(?:表|附表|图|附图)\s*[0-9一二三四五六七八九十]+|^[^。；]{2,30}(?:一览表|统计表|明细表|名单|表)$"
)
FOOTNOTE = "注释"


def taken_apart(html: str, images, reading: Reading) -> None:
    html = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", html)
    _Taking(images, reading).take(ElementTree.fromstring(f"<body>{html}</body>"))


class _Taking:
    def __init__(self, images, reading):
        self.images, self.reading = images, reading
        self.waiting: list[str] = []  # fragments of the text block that is being gathered

    def take(self, body: Element) -> None:
        for node in body:
            if node.tag in HEADINGS:
                self._heading(node)
            elif node.tag == "table":
                self._table(node)
            elif node.tag == "ol" and is_notes(node):
                self._notes(node)
            else:
                self._text(node)
        self._flush()

    def _say(self, html: str) -> None:
        html = rich_text.clean(html, None)
        if html:
            self.waiting.append(html)

    def _flush(self) -> None:
        if self.waiting:
            self.reading.pieces.append(Text("".join(self.waiting)))
            self.waiting = []

    def _heading(self, node) -> None:
        pictures = self._pictures(node)
        text = words_of(node)
        level = HEADINGS[node.tag]
        if node.get("class") == "title":
            self.reading.title = (self.reading.title + text)[:MAX_HEADING]
        elif text and level == 0 and len(text) <= MAX_HEADING:
            self._flush()
            self.reading.pieces.append(Heading(text))
        elif text:
            self._say(f"<{INSIDE[max(level, 1)]}>{inner(node)}</{INSIDE[max(level, 1)]}>")
        self._place(pictures)

    def _text(self, node) -> None:
        pictures = self._pictures(node)
        self._say(outer(node))
        self._place(pictures)

    def _notes(self, node) -> None:
        """Footnotes and endnotes come last, numbered as in the text."""
        lines = [f"<p>[{number}] {words_of(item)}</p>" for number, item in enumerate(node, start=1)]
        self._say(f"<h4>{FOOTNOTE}</h4>" + "".join(lines))

    # --- pictures ---

    def _pictures(self, node) -> list[Picture]:
        """Take the pictures out of a paragraph; they become blocks behind it."""
        found = []
        for parent in node.iter():
            for child in list(parent):
                if child.tag == "img":
                    found.append(self._picture(child))
                    remove(parent, child)
        return [picture for picture in found if picture]

    def _picture(self, node) -> Picture | None:
        data, content_type = self.images[int(node.get("src"))]
        ending = ENDINGS.get(content_type.lower())
        if ending is None or not data:
            kind = content_type.rpartition("/")[2].removeprefix("x-").upper() or "?"
            self.reading.lose(
                _("A picture of the kind %(kind)s was not taken over: save it as PNG or JPEG and add it.")
                % {"kind": kind}
            )
            return None
        alt = " ".join((node.get("alt") or "").split())
        return Picture(data, ending, alt="" if NAMELESS.match(alt) else alt[:200])

    def _place(self, pictures) -> None:
        if pictures:
            self._flush()
            self.reading.pieces.extend(pictures)

    # --- tables ---

    def _table(self, node) -> None:
        rows = list(node.iter("tr"))
        nested = [t for t in node.iter("table") if t is not node]
        if nested:
            self.reading.lose(_("Tables inside tables became text of their cell."))
            inner_rows = {id(row) for table in nested for row in table.iter("tr")}
            rows = [row for row in rows if id(row) not in inner_rows]
        pictures = self._pictures(node)
        cells = [[cell_of(cell) for cell in row if cell.tag in ("td", "th")] for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:
            self._boxed(next(iter(rows[0])))
        else:
            self._grid(cells)
        self._place(pictures)

    def _boxed(self, cell) -> None:
        """A frame drawn as a table with one cell is text."""
        for node in cell:
            self._say(outer(node))

    def _grid(self, cells) -> None:
        grid = Grid(cells)
        if grid.cut:
            self.reading.lose(
                _("A table has more than %(rows)s rows or %(columns)s columns: the rest was left out.")
                % {"rows": MAX_ROWS, "columns": MAX_COLUMNS}
            )
        if not grid.rows:
            return
        caption = self._caption()
        self._flush()
        self.reading.pieces.append(Table(grid.rows, grid.merges, caption))

    def _caption(self) -> str:
        """The line just above a table names it, where it looks like a name."""
        last = self.waiting[-1] if self.waiting else ""
        text = rich_text.text_of(last)
        if last.startswith("<p>") and len(text) <= MAX_CAPTION and CAPTION.match(text):
            self.waiting.pop()
            return text
        return ""


def is_notes(node) -> bool:
    return all(re.match(r"^n(?:foot|end)note-", item.get("id") or "") for item in node) and len(node) > 0


def cell_of(node) -> Cell:
    return Cell(words_of(node), span(node, "colspan"), span(node, "rowspan"))


def span(node, name) -> int:
    value = node.get(name, "1")
    return max(int(value), 1) if value.isdigit() and len(value) < 5 else 1


BREAKS = {"p", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"}


def words_of(node) -> str:
    """The plain words of an element; the way back from a footnote is no word."""
    pieces = []

    def walk(at):
        if at.tag == "a" and re.match(r"^#n(?:foot|end)note-ref-", at.get("href", "")):
            return
        pieces.append(" " if at.tag in BREAKS else "")
        pieces.append(at.text or "")
        for child in at:
            walk(child)
            pieces.append(child.tail or "")
        pieces.append(" " if at.tag in BREAKS else "")

    walk(node)
    return " ".join("".join(pieces).split())


def remove(parent, child) -> None:
    """Without losing the words behind it."""
    at = list(parent).index(child)
    if child.tail:
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def outer(node) -> str:
    tail, node.tail = node.tail, None
    text = ElementTree.tostring(node, encoding="unicode", method="html")
    node.tail = tail
    return text


def inner(node) -> str:
    return re.sub(r"^<[^>]+>|</[^>]+>$", "", outer(node))
