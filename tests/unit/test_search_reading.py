"""Words of attachments: read apart, with limits; a broken file is no error of the portal."""

import io
import zipfile

import openpyxl
import pytest
import typst

from search import reading


def kept(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def docx(text):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:p>第二段</w:p>")
    return data.getvalue()


def xlsx(*cells):
    book, data = openpyxl.Workbook(), io.BytesIO()
    book.active.append(cells)
    book.save(data)
    return data.getvalue()


def pdf(text):
    return typst.compile(text.encode())


@pytest.mark.parametrize(
    ("ending", "data"),
    [
        ("docx", docx("农村公路&amp;养护")),
        ("xlsx", xlsx("农村公路&养护", 2026)),
        ("txt", "农村公路&养护".encode("gb18030")),
        ("csv", "农村公路&养护,1".encode()),
        ("pdf", pdf("Rural roads")),
    ],
)
def test_words_of_a_file(tmp_path, ending, data):
    words = reading.words(kept(tmp_path, data, "file"), ending)
    assert ("Rural roads" if ending == "pdf" else "农村公路&养护") in words


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_a_broken_file_has_no_words(tmp_path, ending):
    with pytest.raises(reading.Unreadable, match="broken"):
        reading.words(kept(tmp_path, b"%PDF-1.4 PK nothing", "file"), ending)


def test_kinds_that_are_not_read(tmp_path):
    with pytest.raises(reading.Unreadable, match="kind"):
        reading.words(kept(tmp_path, b"", "file"), "wps")


def test_a_bomb_is_not_unpacked(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (reading.MOST_UNPACKED + 1))
    with pytest.raises(reading.Unreadable, match="broken"):
        reading.words(kept(tmp_path, data.getvalue(), "file"), "docx")


def test_a_slow_file_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    with pytest.raises(reading.Unreadable, match="too_slow"):
        reading.words(kept(tmp_path, b"words", "file"), "txt")


def test_words_are_cut(tmp_path):
    words = reading.words(kept(tmp_path, ("长" * (reading.MOST_CHARACTERS + 10)).encode(), "file"), "txt")
    assert len(words.strip()) == reading.MOST_CHARACTERS
