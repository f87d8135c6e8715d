"""Photographs without where, when and by whom: segments are dropped, the picture's own data is not touched."""

import io
import struct

from PIL import ExifTags, Image

APP1, START_OF_SCAN = 0xE1, 0xDA
MAKERS = {0xE1, 0xED, 0xFE}  # Exif and XMP, IPTC, comments
PNG = b"\x89PNG\r\n\x1a\n"
PNG_NOTES = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
WEBP_NOTES = {b"EXIF", b"XMP "}
WEBP_FLAGS = 0x08 | 0x04  # “there is Exif”, “there is XMP” in the extended header


def clean(data: bytes) -> bytes:
    """By its first bytes, not by its name; other kinds stay as they are."""
    if data.startswith(b"\xff\xd8"):
        return clean_jpeg(data)
    if data.startswith(PNG):
        return clean_png(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return clean_webp(data)
    return data


def clean_jpeg(data: bytes) -> bytes:
    """Exif, XMP, IPTC and comments go; the way up stays."""
    out, at = [b"\xff\xd8", upright(data)], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != START_OF_SCAN:
        length = int.from_bytes(data[at + 2 : at + 4], "big") + 2
        if data[at + 1] not in MAKERS:
            out.append(data[at : at + length])
        at += length
    return b"".join(out) + data[at:]


def upright(data: bytes) -> bytes:
    """A segment that says nothing but which way the camera was held; none where it was held level."""
    with Image.open(io.BytesIO(data)) as picture:
        way = picture.getexif().get(ExifTags.Base.Orientation, 1)
    if way in (0, 1):
        return b""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = way
    content = exif.tobytes()
    content = content if content.startswith(b"Exif\0\0") else b"Exif\0\0" + content
    return bytes((0xFF, APP1)) + (len(content) + 2).to_bytes(2, "big") + content


def clean_png(data: bytes) -> bytes:
    """ISO/IEC 15948: length, name, content, check sum; what follows the last chunk is no part of the picture."""
    out, at = [PNG], len(PNG)
    while at + 12 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        if name not in PNG_NOTES:
            out.append(data[at : at + 12 + length])
        at += 12 + length
        if name == b"IEND":
            break
    return b"".join(out)


def clean_webp(data: bytes) -> bytes:
    """RFC 9649: chunks of even length; the extended header says which notes follow."""
    out, at = [], 12
    while at + 8 <= len(data):
        name, length = struct.unpack("<4sI", data[at : at + 8])
        chunk = data[at : at + 8 + length + length % 2]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_FLAGS]) + chunk[9:]
        if name not in WEBP_NOTES:
            out.append(chunk)
        at += 8 + length + length % 2
    content = b"WEBP" + b"".join(out)
    return b"RIFF" + struct.pack("<I", len(content)) + content
