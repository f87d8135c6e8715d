"""Encoded electronic seals pasted from Word (the iSignature family), found, proved and taken out (Article 13).

Text that begins `ZUMoY14gcGUx…` is Base64 whose alphabet is rotated by one place; it decodes to GBK
`iSignature for word and wps<?xml…` and discloses the seal's owner, the key's serial number and addresses of the
internal network. A finding names the kinds of things disclosed, never the things.
"""

import base64
import binascii
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

STANDARD = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
ROTATED = STANDARD[-1] + STANDARD[:-1]
TO_STANDARD = str.maketrans(ROTATED, STANDARD)
MAGIC = "iSignature"
#: Three bytes make four signs, so the beginning of the name is told by its first twelve signs in each alphabet.
PLAIN_HEAD = base64.b64encode(MAGIC[:9].encode()).decode()
ROTATED_HEAD = PLAIN_HEAD.translate(str.maketrans(STANDARD, ROTATED))
#: Word and WPS break such objects into lines; the signs go on behind the break.
ENCODED = re.compile(
    rf"(?:{re.escape(ROTATED_HEAD)}|{re.escape(PLAIN_HEAD)})(?:[A-Za-z0-9+/=]|[ \t]*\r?\n(?=[A-Za-z0-9+/=]{{8}}))*"
)
DISCLOSED = (
    ("印章所有者", re.compile(r"(?i)<\w*(?:owner|user)\w*")),
    ("印章名称", re.compile(r"(?i)<\w*(?:sign|seal)\w*name\w*")),
    ("密钥序号", re.compile(r"(?i)<\w*(?:key|serial)\w*")),
    ("内网地址", re.compile(r"(?<!\d)(?:10|172|192)\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d)")),
    ("网卡地址", re.compile(r"(?i)\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b")),
)  # fmt: skip


@dataclass(frozen=True)
class Seal:
    """Where an encoded seal stands, and what kinds of things its decoded text discloses."""

    start: int
    end: int
    discloses: tuple[str, ...]

    @property
    def summary(self) -> str:
        return "、".join(self.discloses) or "签章数据"


def find(text: str) -> Iterator[Seal]:
    for match in ENCODED.finditer(text):
        decoded = decode(match.group())
        if decoded.startswith(MAGIC):
            yield Seal(*match.span(), tuple(name for name, pattern in DISCLOSED if pattern.search(decoded)))


def decode(text: str) -> str:
    """The text behind an encoded seal, or nothing. Broken ends are dropped, unknown characters replaced."""
    signs = re.sub(r"\s+", "", text).rstrip("=")
    if signs.startswith(ROTATED_HEAD[:12]):
        signs = signs.translate(TO_STANDARD)
    signs = signs[: len(signs) - len(signs) % 4]
    try:
        return base64.b64decode(signs, validate=True).decode("gbk", errors="replace")
    except (binascii.Error, ValueError):
        return ""


def encode(text: str) -> str:
    """The inverse, for demonstrations and tests."""
    plain = base64.b64encode(text.encode("gbk")).decode()
    return plain.translate(str.maketrans(STANDARD, ROTATED))


def find_in_bytes(data: bytes) -> bool:
    """In a file's raw stream: as plain bytes or as the two-byte characters of Word's binary format."""
    for head in (ROTATED_HEAD, PLAIN_HEAD):
        if head.encode() in data or head.encode("utf-16-le") in data:
            return True
    return MAGIC.encode() + b" for word" in data
