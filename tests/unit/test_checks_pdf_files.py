"""PDF files of different producers (tests/data/office): the words inside are read, and what must not go along is found."""

from pathlib import Path

import pytest

from checks import files

FOLDER = Path(__file__).parent.parent / "data" / "office"
PHONE = "13800138001"
#: file → what is found beside its words, whether its words can be read
PDF = {
    "31-chromium": (set(), True),
    "32-typst": ({"file.author"}, True),
    "33-reportlab": ({"file.author"}, True),
    "34-fpdf2": ({"file.author", "file.comment", "file.embedded"}, True),
    "35-scanner": ({"file.author"}, False),
}


@pytest.mark.parametrize("name", PDF)
def test_pdf_files(name):
    expected, has_words = PDF[name]
    looked = files.look((FOLDER / f"{name}.pdf").read_bytes(), f"{name}.pdf")
    assert set(looked.hits) == expected
    assert (PHONE in looked.text) == has_words
    assert "便民服务事项办理说明" in looked.text, "the title that the file carries"
