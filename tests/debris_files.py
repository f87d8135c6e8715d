"""Real files with what must not go along: made by python-docx, openpyxl, Pillow and typst, finished by hand."""

import io
import zipfile

import docx
import openpyxl
import typst
from openpyxl.comments import Comment
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from checks import seals
from tests.word_files import body_changed, saved, with_members

PHONE = "13800138001"
OWNER = "某单位办公室"
SEAL = seals.encode(
    'iSignature for word and wps<?xml version="1.0" encoding="GBK"?><Signature><SignName>示范公章</SignName>'
    f"<UserName>{OWNER}</UserName><KeySN>KEY0000000000</KeySN><IP>192.168.6.8</IP>"
    "<MAC>00-11-22-33-44-55</MAC></Signature>"
)


def word(*paragraphs: str, author: str = ""):
    document = docx.Document()
    document.core_properties.author = author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def revised() -> bytes:
    """One insertion, one deletion, a deleted row, a changed format."""
    document = word("原定经费标记")
    table = document.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "保留的行", "删去的行"
    data = saved(document)
    run = "<w:r><w:t>原定经费标记</w:t></w:r>"
    tracked = (
        '<w:r><w:rPr><w:rPrChange w:id="9" w:author="某人"><w:rPr/></w:rPrChange></w:rPr><w:t>核定经费</w:t></w:r>'
        '<w:ins w:id="1" w:author="某人"><w:r><w:t>二十万元</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="某人"><w:r><w:delText>三十万元</w:delText></w:r></w:del>'
    )
    data = body_changed(data, run, tracked)
    before, _mark, last = body_of(data).rpartition("<w:tr>")
    return with_body(data, f'{before}<w:tr><w:trPr><w:del w:id="3" w:author="某人"/></w:trPr>{last}')


def body_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def with_body(data: bytes, body: str) -> bytes:
    return with_members(data, word__document_DOT_xml=body.encode())


def commented() -> bytes:
    document = word("正文文字")
    document.add_comment(document.paragraphs[0].runs, text="此处请领导定夺", author="某人")
    return saved(document)


def hidden_word() -> bytes:
    document = word("看得见的字")
    run = document.paragraphs[0].add_run("隐去的字")
    run.font.hidden = True
    data = saved(document)
    return body_changed(data, "<w:sectPr", "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p><w:sectPr")


def hidden_by_style() -> bytes:
    document = word("看得见的字")
    style = document.styles.add_style("Unseen", 2)
    style.font.hidden = True
    document.paragraphs[0].add_run("样式隐去的字", style="Unseen")
    return saved(document)


def sealed_word(split: bool = False) -> bytes:
    document = word("请提前储水。")
    pieces = (SEAL[:7], SEAL[7:90], SEAL[90:]) if split else (SEAL,)
    for piece in pieces:
        document.paragraphs[0].add_run(piece)
    return saved(document)


def sealed_settings() -> bytes:
    """Seal programs keep their object in a variable of the document."""
    data = saved(word("请提前储水。"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        settings = archive.read("word/settings.xml")
    kept = b'<w:docVars><w:docVar w:name="seal" w:val="%s"/></w:docVars></w:settings>' % SEAL.encode()
    return with_members(data, word__settings_DOT_xml=settings.replace(b"</w:settings>", kept))


def with_macro() -> bytes:
    return with_members(saved(word("正文")), word__vbaProject_DOT_bin=b"\xd0\xcf\x11\xe0macro")


def workbook(**marks) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = marks.get("author", "")
    sheet = book.active
    sheet.append(["姓名", "电话"])
    sheet.append(["张某", int(PHONE)])
    if "comment" in marks:
        sheet["A2"].comment = Comment("内部掌握", "某人")
    if "row" in marks:
        sheet.row_dimensions[2].hidden = True
    if "sheet" in marks:
        book.create_sheet("底稿").sheet_state = "veryHidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def photo(kind="JPEG", located=True, way=1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = way  # orientation
    exif[0x010F] = "Maker"
    if located:
        exif[0x8825] = {1: "N", 2: (26.0, 14.0, 30.0), 3: "E", 4: (105.0, 55.0, 12.0)}
    notes = {}
    if kind == "PNG":
        notes["pnginfo"] = PngInfo()
        notes["pnginfo"].add_text("Author", "某人")
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "green").save(out, kind, exif=exif, **notes)
    return out.getvalue()


def pdf(text: str, author: str = "", extra: str = "") -> bytes:
    said = f'#set document(title: "附件", author: "{author}")\n' if author else ""
    return typst.compile(f'{said}#set text(font: "Noto Serif CJK SC")\n{extra}\n{text}'.encode())


def bare_pdf(annotation: str) -> bytes:
    """By hand, with an annotation on its page and the table of places that readers look for."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R]>>",
        annotation,
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{content}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 5\n0000000000 65535 f \n{table}trailer<</Size 5/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )
