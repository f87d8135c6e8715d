"""Word files for tests, made by python-docx and by hand: what authors hand in, and what they should not."""

import io
import zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from PIL import Image

TITLE = "关于做好2026年冬季城区供水保障工作的通知"


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def picture(kind="PNG", size=(600, 300)) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    out.seek(0)
    return out


def titled(*lines):
    """A document whose title is typed, centred and large, as offices do it (GB/T 9704)."""
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).font.size = Pt(22)
    return document


def notice() -> bytes:
    """A notice with everything an item may have: typed headings, lists, a table with merged cells, a picture."""
    document = titled(TITLE[:13], TITLE[13:])
    document.add_paragraph("各乡镇人民政府：")
    document.add_paragraph("一、总体要求")
    document.add_paragraph("坚持预防为主，").add_run("保障用水").bold = True
    document.add_paragraph("（一）加强巡查")
    for line in ("包扎裸露管道", "水表井加盖"):
        document.add_paragraph(line, style="List Bullet")
    document.add_paragraph("表1 管网巡查安排")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "片区"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "巡查次数"
    for row, line in ((1, ("", "十一月", "十二月")), (2, ("东片区", "4", "6"))):
        for column, words in enumerate(line):
            if words:
                table.cell(row, column).text = words
    document.add_paragraph("巡查现场如图。").add_run().add_picture(picture())
    document.sections[0].footer.paragraphs[0].text = "注意保存"
    return saved(document)


def with_members(data: bytes, **changed: bytes | None) -> bytes:
    """The same package with members put in, replaced or (None) left out; `/` is written `__`, a full stop `_DOT_`."""
    named = {name.replace("__", "/").replace("_DOT_", "."): content for name, content in changed.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, content in named.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def body_changed(data: bytes, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
    assert old in body
    return with_members(data, word__document_DOT_xml=body.replace(old, new, 1).encode())
