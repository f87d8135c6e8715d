"""Files built to do harm, broken ones, and those that are none: one sentence each, and nothing is unpacked."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from conversion import bringing
from tests import word_files
from tests.unit.test_conversion_files import FOLDER
from tests.word_files import with_members

WORKBOOK = (FOLDER / "25-libreoffice-calc.xlsx").read_bytes()
ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("炸弹.docx", lambda d: with_members(d, word__document_DOT_xml=b" " * 90_000_000), "异常庞大"),
        ("实体.docx", lambda d: with_members(d, word__document_DOT_xml=ENTITY), "实体声明"),
        ("宏.docx", lambda d: with_members(d, word__vbaProject_DOT_bin=b"x"), "宏"),
        ("宏.docm", lambda d: d, "宏"),
        ("夹带.docx", lambda d: with_members(d, word__run_DOT_exe=b"MZ"), "可执行"),
        ("双面.docx", lambda d: b"<script>" + d, "不符"),
        ("残.docx", lambda d: d[: len(d) // 2], "损坏"),
        ("空.docx", lambda d: b"", "空"),
        ("乱.docx", lambda d: with_members(d, word__document_DOT_xml=b"<w:document"), "损坏"),
        (
            "炸弹.xlsx",
            lambda d: with_members(WORKBOOK, xl__worksheets__sheet1_DOT_xml=b" " * 90_000_000),
            "异常庞大",
        ),
        ("实体.xlsx", lambda d: with_members(WORKBOOK, xl__workbook_DOT_xml=ENTITY), "实体声明"),
        ("乱.xlsx", lambda d: with_members(WORKBOOK, xl__workbook_DOT_xml=b"<workbook"), "损坏"),
        ("老.xls", lambda d: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xlsx"),
        ("老.doc", lambda d: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为"),
        ("图.png", lambda d: d, "既不是"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_a_sentence(name, make, said):
    with pytest.raises(ValidationError) as refused:
        bringing.read(SimpleUploadedFile(name, make(word_files.notice())))
    assert said in refused.value.messages[0]
