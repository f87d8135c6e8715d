"""Bad files get one clear sentence; good ones are known by their content (issue: bad input)."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from home import uploads
from home.storage import PrivateStorage, digest_of

ALL = ("image", "document", "audio", "video")


def zipped(*names):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return data.getvalue()


def picture(kind="PNG"):
    data = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(data, kind)
    return data.getvalue()


def code_of(name, content, groups=ALL, size=None):
    file = SimpleUploadedFile(name, content)
    if size is not None:
        file.size = size
    try:
        return uploads.check(file, groups).ending
    except ValidationError as error:
        assert len(error.messages) == 1
        return error.code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("公告.pdf", b"%PDF-1.7 ..."),
        ("表.docx", zipped("[Content_Types].xml", "word/document.xml")),
        ("表.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml")),
        ("文.ofd", zipped("OFD.xml")),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"),
        ("图.png", picture()),
        ("图.JPG", picture("JPEG")),
        ("图.webp", picture("WEBP")),
        ("说明.txt", "中文说明".encode()),
        ("旧说明.txt", "中文说明".encode("gb18030")),
        ("数据.csv", "年份,人口\n2026,1\n".encode()),
        ("声.mp3", b"ID3\x04\x00"),
        ("像.mp4", b"\x00\x00\x00\x18ftypisom"),
    ],
)
def test_known_content_is_accepted(name, content):
    assert code_of(name, content) == uploads.ending_of(name)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.pdf", b"", "empty"),
        ("脚本.js", b"alert(1)", "type"),
        ("图.svg", b"<svg/>", "type"),
        ("页.html", b"<html>", "type"),
        ("包.zip", zipped("a"), "type"),
        ("程序.exe", b"MZ", "type"),
        ("没有后缀", b"x", "type"),
        ("双.pdf.exe", b"%PDF-", "type"),
        ("假.pdf", b"MZ\x90\x00", "content"),
        ("假.png", b"<svg onload=alert(1)>", "content"),
        ("双面.pdf", b"%PDF-1.7 ..." + zipped("word/document.xml"), "polyglot"),
        ("双面.png", picture() + zipped("evil.exe"), "polyglot"),
        ("双面.jpg", picture("JPEG") + b"<script>alert(1)</script>", "polyglot"),
        ("假.docx", zipped("evil/x"), "content"),
        ("宏.docx", zipped("word/document.xml", "word/vbaProject.bin"), "content"),
        ("坏.docx", b"PK\x03\x04 not a zip", "content"),
        ("网页.txt", b"<!DOCTYPE html><script>alert(1)</script>", "content"),
        ("脚本.txt", b"#!/bin/sh\nrm -rf /", "content"),
        ("二进制.csv", b"a,b\x00c", "content"),
        ("长" * 250 + ".pdf", b"%PDF-", "name"),
    ],
)
def test_everything_else_is_refused_with_a_reason(name, content, code):
    file = SimpleUploadedFile("x.pdf", content)
    file._name = name  # SimpleUploadedFile shortens names, a hostile request need not
    with pytest.raises(ValidationError) as refused:
        uploads.check(file, ALL)
    assert refused.value.code == code


def test_two_hundred_megabytes_are_too_much():
    assert code_of("大.pdf", b"%PDF-", size=200 * 1024 * 1024) == "size"


def test_an_image_field_takes_images_only():
    assert code_of("公告.pdf", b"%PDF-", groups=("image",)) == "type"


@pytest.mark.article("3")
def test_the_store_forgets_nothing(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    storage = PrivateStorage()
    first = storage.save("documents/办法.pdf", SimpleUploadedFile("a.pdf", b"%PDF-1"))
    second = storage.save("documents/办法.pdf", SimpleUploadedFile("a.pdf", b"%PDF-2"))
    storage.delete(first)
    assert first != second
    assert storage.open(first).read() == b"%PDF-1"
    assert storage.open(second).read() == b"%PDF-2"
    assert storage.save("documents/办法.pdf", SimpleUploadedFile("a.pdf", b"%PDF-1")) == first


def test_digest_leaves_the_file_at_its_start():
    file = io.BytesIO(b"abc")
    assert digest_of(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file.read() == b"abc"
