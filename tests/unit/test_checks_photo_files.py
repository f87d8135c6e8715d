"""Photographs of different makers (tests/data/office): where they were taken is found, and gone after cleaning."""

from pathlib import Path

import pytest

from checks import files
from checks.files import cleaning

FOLDER = Path(__file__).parent.parent / "data" / "office"
PHOTOS = {
    "41-telephone": {"file.location", "file.camera"},
    "42-camera": {"file.location", "file.camera"},
    "43-editor": {"file.location"},
    "44-plain": set(),
}


@pytest.mark.parametrize("name", PHOTOS)
def test_photographs(name):
    data = (FOLDER / f"{name}.jpg").read_bytes()
    assert set(files.look(data, f"{name}.jpg").hits) == PHOTOS[name]
    cleaned = cleaning.cleaned(data, f"{name}.jpg")
    assert not files.look(cleaned, f"{name}.jpg").hits
    assert b"GPS" not in cleaned and b"Camera" not in cleaned
