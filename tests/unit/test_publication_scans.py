"""What may come back as the stamped sheet is judged by content, never by name."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from publication import scans
from tests.secrecy_world import PDF, picture, upload

pytestmark = pytest.mark.article("13")
SCRIPT = b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (picture(), "盖章件.jpg", "image/jpeg"),
        (picture("PNG"), "盖章件.png", "image/png"),
        (PDF, "盖章件.pdf", "application/pdf"),
        (picture("PNG"), "页面.pdf", "image/png"),
    ],
)
def test_pictures_and_scans_are_accepted_for_what_they_are(content, name, expected):
    content_type, file = scans.accepted(upload(content, name))
    assert content_type == expected
    assert file.name.endswith(scans.ENDINGS[expected])
    assert file.size > 0


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "盖章件.jpg", "empty"),
        (b"MZ\x90\x00", "盖章件.jpg", "type"),
        (SCRIPT, "盖章件.pdf", "type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "盖章件.png", "type"),
        (picture("GIF"), "盖章件.jpg", "type"),
        (b"\xff\xd8\xff" + b"0" * 200, "盖章件.jpg", "content"),
        (picture()[:300], "盖章件.jpg", "content"),
        (SCRIPT + PDF, "盖章件.pdf", "type"),
        (PDF + SCRIPT, "盖章件.pdf", "content"),
        (PDF[:-8], "盖章件.pdf", "content"),
        (
            PDF.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(x)>>"),
            "盖章件.pdf",
            "active",
        ),
    ],
)
def test_everything_else_is_refused_with_one_sentence(content, name, code):
    with pytest.raises(ValidationError) as refused:
        scans.accepted(upload(content, name))
    assert refused.value.code == code
    assert len(refused.value.messages) == 1


def test_more_than_20_megabytes_is_refused_before_it_is_read():
    class Huge(SimpleUploadedFile):
        def read(self, *args):
            raise AssertionError("read")

    huge = Huge("盖章件.jpg", b"x")
    huge.size = scans.MAX_BYTES + 1
    with pytest.raises(ValidationError) as refused:
        scans.accepted(huge)
    assert refused.value.code == "size"


def test_what_is_hidden_behind_a_picture_stays_behind():
    polyglot = picture() + b"PK\x03\x04" + SCRIPT
    content = scans.accepted(upload(polyglot))[1].read()
    assert SCRIPT not in content
    assert b"PK\x03\x04" not in content


def test_a_photograph_stands_upright_and_tells_no_place():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x8825] = {1: "N", 2: (26.0, 14.0, 0.0)}
    content = scans.accepted(upload(picture(size=(120, 90), exif=exif)))[1].read()
    with Image.open(BytesIO(content)) as fresh:
        assert fresh.size == (90, 120)
        assert not fresh.getexif()


@pytest.mark.parametrize("name", ["../../etc/passwd.jpg", "a\\b/c:d.jpg", ".jpg", "", "长" * 400 + ".exe"])
def test_names_are_harmless_and_tell_the_truth(name):
    safe = scans.safe_name(name, "image/jpeg")
    assert safe.endswith(".jpg")
    assert len(safe) <= 124
    assert not set(safe) & set('/\\:*?"<>|')
