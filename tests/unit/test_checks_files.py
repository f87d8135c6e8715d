"""What hides in files is found, shown by kind only, and taken out: real files of each kind (Articles 13, 15(4))."""

import io
import zipfile

import docx
import openpyxl
import pytest
from PIL import Image

from checks import debris, documents, engine, files, seals
from checks.files import cleaning, photos
from checks.words import WordSet
from tests import debris_files as made
from tests.word_files import saved, with_members

NONE = WordSet(())


def hits(data, name):
    return set(files.look(data, name).hits)


FOUND = [
    ("修订", "a.docx", made.revised, {"file.revision"}),
    ("批注", "a.docx", made.commented, {"file.comment"}),
    ("隐藏", "a.docx", made.hidden_word, {"file.hidden"}),
    ("样式隐藏", "a.docx", made.hidden_by_style, {"file.hidden"}),
    ("作者", "a.docx", lambda: saved(made.word("正文", author="某甲")), {"file.author"}),
    ("宏", "a.docx", made.with_macro, {"file.macro"}),
    ("印章", "a.docx", made.sealed_word, {"debris.seal"}),
    ("变量里的印章", "a.docx", made.sealed_settings, {"debris.seal"}),
    ("干净的文档", "a.docx", lambda: saved(made.word("正文")), set()),
    ("表批注", "a.xlsx", lambda: made.workbook(comment=True), {"file.comment"}),
    ("隐藏行", "a.xlsx", lambda: made.workbook(row=True), {"file.hidden"}),
    ("隐藏表", "a.xlsx", lambda: made.workbook(sheet=True), {"file.hidden"}),
    ("表作者", "a.xlsx", lambda: made.workbook(author="某甲"), {"file.author"}),
    ("干净的表", "a.xlsx", made.workbook, set()),
    ("照片位置", "a.jpg", made.photo, {"file.location", "file.camera"}),
    ("照片位置", "a.png", lambda: made.photo("PNG"), {"file.location", "file.camera"}),
    ("照片位置", "a.webp", lambda: made.photo("WEBP"), {"file.location", "file.camera"}),
    ("照片无位置", "a.jpg", lambda: made.photo(located=False), {"file.camera"}),
    ("PDF作者", "a.pdf", lambda: made.pdf("Text", author="某甲"), {"file.author"}),
    ("干净的PDF", "a.pdf", lambda: made.pdf("Text"), set()),
    (
        "PDF便签",
        "a.pdf",
        lambda: made.bare_pdf("<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(secret)>>"),
        {"file.comment"},
    ),
    (
        "PDF脚本",
        "a.pdf",
        lambda: made.bare_pdf("<</Type/Annot/Subtype/Link/Rect[9 9 20 20]/A<</S/JavaScript/JS(1)>>>>"),
        {"file.script"},
    ),
]


@pytest.mark.article("13")
@pytest.mark.parametrize(("what", "name", "make", "expected"), FOUND, ids=[f"{f[0]}.{f[1]}" for f in FOUND])
def test_what_hides_in_a_file_is_found_and_nothing_else(what, name, make, expected):
    assert hits(make(), name) == expected


CLEANED = [row for row in FOUND if row[3] and all(cleaning.can_remove(rule, row[1]) for rule in row[3])]


@pytest.mark.parametrize(
    ("what", "name", "make", "expected"),
    [row for row in CLEANED if row[0] != "样式隐藏"],
    ids=[f"{row[0]}.{row[1]}" for row in CLEANED if row[0] != "样式隐藏"],
)
def test_one_click_takes_it_out_and_the_file_still_opens(what, name, make, expected):
    cleaned = cleaning.cleaned(make(), name)
    assert hits(cleaned, name) == set()
    opens = {"docx": docx.Document, "xlsx": openpyxl.load_workbook}.get(name.rsplit(".", 1)[-1], Image.open)
    opens(io.BytesIO(cleaned))


def test_what_can_only_be_put_right_in_its_own_program_gets_no_button():
    assert not cleaning.can_remove("file.hidden", "a.xlsx")
    assert not cleaning.can_remove("file.author", "a.pdf")
    assert cleaning.can_remove("file.hidden", "a.docx")


def test_cleaning_keeps_what_was_inserted_and_drops_what_was_deleted():
    cleaned = cleaning.cleaned(made.revised(), "a.docx")
    text = files.look(cleaned, "a.docx").text
    assert "核定经费二十万元" in text
    assert "保留的行" in text
    for gone in ("三十万元", "删去的行"):
        assert gone in files.look(made.revised(), "a.docx").text
        assert gone.encode() not in b"".join(members(cleaned).values())


def test_hidden_words_and_comments_leave_no_byte_behind():
    hidden = members(cleaning.cleaned(made.hidden_word(), "a.docx"))
    assert "看得见的字".encode() in hidden["word/document.xml"]
    assert "隐去的字".encode() not in b"".join(hidden.values())
    comments = members(cleaning.cleaned(made.commented(), "a.docx"))
    assert "请领导定夺".encode() not in b"".join(comments.values())
    assert b"comments" not in comments["[Content_Types].xml"] + comments["word/_rels/document.xml.rels"]


@pytest.mark.parametrize("split", [False, True], ids=["in one run", "broken over three runs"])
def test_a_seal_in_a_word_file_is_found_and_taken_out_to_its_last_sign(split):
    data = made.sealed_word(split)
    document = {"attachments": [{"sha256": "a", "title": "公告", "name": "a.docx"}]}
    found = engine.check(documents.parts(document, lambda sha256: io.BytesIO(data)), NONE)
    assert "debris.seal" in {finding.rule for finding in found}
    assert made.OWNER not in repr(found)
    cleaned = cleaning.cleaned(data, "a.docx")
    assert files.look(cleaned, "a.docx").text == "请提前储水。"


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_photograph_keeps_its_pixels_and_the_way_it_was_held():
    for kind, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")):
        before = made.photo(kind, way=6)
        after = cleaning.cleaned(before, name)
        assert Image.open(io.BytesIO(after)).tobytes() == Image.open(io.BytesIO(before)).tobytes()
        assert not photos.has_location(after)
        assert b"Maker" not in after
    upright = Image.open(io.BytesIO(cleaning.cleaned(made.photo(way=6), "a.jpg"))).getexif()
    assert dict(upright) == {0x0112: 6}


def test_a_photograph_inside_a_word_file_tells_no_place_after_cleaning():
    document = made.word("现场照片")
    document.add_picture(io.BytesIO(made.photo()))
    data = saved(document)
    assert "file.location" in hits(data, "a.docx")
    assert hits(cleaning.cleaned(data, "a.docx"), "a.docx") == set()


# --- words inside files ---


@pytest.mark.article("15(4)")
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", lambda: saved(made.word(f"联系人张某，电话{made.PHONE}"))),
        ("a.xlsx", made.workbook),
        ("a.pdf", lambda: made.pdf(f"Tel {made.PHONE}")),
        ("a.csv", lambda: f"张某,{made.PHONE}".encode("gb18030")),
        ("a.vtt", lambda: f"WEBVTT\n\n00:01.000 --> 00:02.000\n致电{made.PHONE}".encode()),
    ],
)
def test_words_inside_a_file_are_checked_like_any_other(name, make):
    document = {"attachments": [{"sha256": "a", "title": "名单", "name": name}]}
    found = engine.check(documents.parts(document, lambda sha256: io.BytesIO(make())), NONE)
    assert [(f.rule, f.part) for f in found if f.level == "block"] == [("person.mobile", "附件《名单》")]


def test_headers_notes_and_text_boxes_of_word_files_are_read():
    document = made.word("正文")
    document.sections[0].header.paragraphs[0].text = "机密★10年"
    assert "机密★10年" in files.look(saved(document), "a.docx").text


def test_a_missing_file_is_a_finding_and_no_crash():
    def gone(sha256):
        raise FileNotFoundError(sha256)

    document = {"attachments": [{"sha256": "a", "title": "名单", "name": "a.pdf"}]}
    assert [f.rule for f in engine.check(documents.parts(document, gone), NONE)] == ["file.unreadable"]


# --- seals in text ---


def test_a_pasted_seal_is_named_by_what_it_discloses_and_taken_out_of_the_text():
    html = f"<p>请提前储水。</p><p><b>{made.SEAL[:40]}</b>{made.SEAL[40:]}</p>"
    (finding,) = engine.check([documents.rich("正文", html)], NONE)
    assert finding.rule == "debris.seal"
    for kind in ("印章所有者", "密钥序号", "内网地址", "网卡地址"):
        assert kind in finding.message
    assert debris.without(html) == "<p>请提前储水。</p><p><b></b></p>"


def test_the_rotated_alphabet_is_the_one_of_the_family():
    assert made.SEAL.startswith("ZUMoY14gcGUx")
    assert seals.decode(made.SEAL).startswith("iSignature for word and wps<?xml")
    broken = "\r\n".join(made.SEAL[at : at + 60] for at in range(0, len(made.SEAL), 60))
    (seal,) = seals.find(f"前文{broken}后文")
    assert (seal.start, seal.end) == (2, 2 + len(broken))


# --- hostile files ---

BOMB = saved(made.word("x")), b"0" * (40 * 1024 * 1024)
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def test_hostile_files_are_findings_and_no_harm():
    word = saved(made.word("正文"))
    files_ = {
        "bomb.docx": with_members(BOMB[0], word__media__a_DOT_bin=BOMB[1]),
        "entity.docx": with_members(word, word__document_DOT_xml=ENTITY),
        "polyglot.docx": b"MZ" + word,
        "tail.docx": word + b"<script>1</script>",
        "half.docx": word[: len(word) // 2],
        "half.xlsx": made.workbook()[:500],
        "half.pdf": made.pdf("Text")[:200],
        "half.jpg": made.photo()[:60],
        "noise.doc": b"\xd0\xcf\x11\xe0" + bytes(600),
        "empty.docx": b"",
        "wrong.pptx": word,
    }
    for name, data in files_.items():
        found = files.look(data, name)
        assert "file.unreadable" in found.hits, name
        assert "root:" not in found.text
        assert cleaning.cleaned(data, name) is None or name.endswith(("jpg", "pptx")), name


def test_a_deeply_nested_document_does_not_bring_the_reader_down():
    nested = b"<w:sdt>" * 30_000 + b"</w:sdt>" * 30_000
    body = made.body_of(saved(made.word("x"))).encode().replace(b"<w:sectPr", nested + b"<w:sectPr", 1)
    data = made.with_body(saved(made.word("x")), body.decode())
    files.look(data, "a.docx")
    cleaning.cleaned(data, "a.docx")
