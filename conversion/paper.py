"""导出 Word: an item as a paper for the file, from the very document that is signed (Articles 3, 19).

Title, what kind of item it is, text with tables and pictures, its attachments with their digests and, where it has
been under review, the opinions. The layout follows GB/T 9704-2012 as far as a file copy needs it.
"""

import io
from collections.abc import Callable
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from django.template.defaultfilters import filesizeformat
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image

TITLE_FONT, HEAD_FONT, TEXT_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
PAGE_WIDTH = Mm(156)  # 版心, GB/T 9704
Open = Callable[[dict], io.BufferedIOBase | None]


def paper(document: dict, open_picture: Open, facts=(), opinions=()) -> bytes:
    """The .docx. `facts` are (label, value) pairs, `opinions` rows of five words; both may be empty."""
    made = _Paper(open_picture)
    made.title(document["title"])
    made.pairs([(label, value) for label, value in facts if value])
    for block in document.get("body") or ():
        BLOCKS[block["type"]](made, block)
    made.files(document.get("attachments") or ())
    made.opinions(opinions)
    out = io.BytesIO()
    made.word.save(out)
    return out.getvalue()


class _Paper:
    def __init__(self, open_picture):
        self.open_picture = open_picture
        self.word = Document()
        self.word.core_properties.author = ""
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        face(self.word.styles["Normal"], TEXT_FONT, Pt(16))
        face(self.word.styles["Title"], TITLE_FONT, Pt(22))
        for level in (1, 2, 3):
            face(self.word.styles[f"Heading {level}"], HEAD_FONT, Pt(16))

    def title(self, words):
        paragraph = self.word.add_paragraph(words, style="Title")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def heading(self, words, level):
        self.word.add_heading(words, level)

    def pairs(self, rows):
        if rows:
            self.table([list(row) for row in rows], ())
            self.word.add_paragraph()

    def table(self, lines, merges, caption=""):
        if caption:
            self.word.add_paragraph(caption).alignment = WD_ALIGN_PARAGRAPH.CENTER
        table = self.word.add_table(len(lines), max(map(len, lines)), style="Table Grid")
        for row, line in enumerate(lines):
            for column, words in enumerate(line):
                table.cell(row, column).text = words
        for row, column, down, across in merges:
            kept = table.cell(row, column).text
            table.cell(row, column).merge(table.cell(row + down - 1, column + across - 1)).text = kept
        for cell in table._cells:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                run.font.size = Pt(12)

    def picture(self, block):
        source = self.open_picture(block)
        if source is not None:
            with source, Image.open(source) as image:
                plain = io.BytesIO()
                image.convert("RGBA" if "A" in image.getbands() else "RGB").save(plain, "PNG")
            shape = self.word.add_picture(plain, width=min(PAGE_WIDTH, Pt(block["width"] * 0.75)))
            shape._inline.docPr.set("descr", block.get("alt") or "")
        if block.get("caption"):
            self.word.add_paragraph(block["caption"]).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def html(self, fragment):
        for node in ElementTree.fromstring(f"<body>{closed(fragment)}</body>"):
            self._block(node, 0)

    def _block(self, node: Element, depth: int):
        if node.tag in ("h3", "h4"):
            self.heading("".join(node.itertext()), 2 if node.tag == "h3" else 3)
        elif node.tag in ("ul", "ol"):
            self._list(node, depth)
        elif node.tag == "blockquote":
            for child in node:
                self._block(child, depth)
        elif node.tag == "hr":
            self.word.add_paragraph("———").alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            paragraph = self.word.add_paragraph()
            paragraph.paragraph_format.first_line_indent = Pt(32)
            runs(paragraph, node)

    def _list(self, node, depth):
        """Numbers are written out: a paper is read, not counted anew."""
        for number, item in enumerate(node, start=1):
            paragraph = self.word.add_paragraph()
            paragraph.paragraph_format.left_indent = Pt(32 + 16 * depth)
            paragraph.add_run(f"{number}. " if node.tag == "ol" else "· ")
            runs(paragraph, item, skip=("ul", "ol"))
            for inner in item:
                if inner.tag in ("ul", "ol"):
                    self._list(inner, depth + 1)

    def media(self, block):
        self.word.add_paragraph(f"【{'视频' if block['kind'] == 'video' else '音频'}】{block['title']}")
        self.html(block.get("transcript_html") or "")

    def files(self, attachments):
        if not attachments:
            return
        self.heading("附件", 1)
        rows = [["序号", "名称", "大小", "SHA-256"]]
        for number, file in enumerate(attachments, start=1):
            rows.append([str(number), file["title"], str(filesizeformat(file["size"])), file["sha256"]])
        self.table(rows, ())

    def opinions(self, rows):
        rows = list(rows)
        if rows:
            self.heading("审核审批意见", 1)
            self.table([["环节", "意见", "签署人", "时间", "备注"], *rows], ())


def face(style, font, size):
    """East Asian text has a font attribute of its own (ISO/IEC 29500-1, 17.3.2.26)."""
    style.font.name, style.font.size = font, size
    style.font.color.rgb = None
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def closed(fragment: str) -> str:
    """Our own fragments are well-formed but for these two."""
    return fragment.replace("<br>", "<br/>").replace("<hr>", "<hr/>").replace("&nbsp;", " ")


def runs(paragraph, node, skip=(), marks=()):
    """Words with their weight and place; an address follows its words, as paper has no links."""

    def say(words):
        if words:
            run = paragraph.add_run(words)
            run.bold, run.italic = "b" in marks, "i" in marks
            run.font.superscript, run.font.subscript = "sup" in marks, "sub" in marks

    say(node.text)
    for child in node:
        if child.tag == "br":
            paragraph.add_run().add_break()
        elif child.tag not in skip:
            runs(paragraph, child, skip, (*marks, child.tag))
            if child.get("href"):
                say(f"（{child.get('href')}）")
        say(child.tail)


def _table(made, block):
    merges = [tuple(span) for span in block.get("merges") or ()]
    made.table([block["head"], *block["rows"]], merges, block.get("caption", ""))


BLOCKS = {
    "rich_text": lambda made, block: made.html(block["html"]),
    "heading": lambda made, block: made.heading(block["text"], 1),
    "image": _Paper.picture,
    "table": _table,
    "media": _Paper.media,
}
