"""Opening archives that strangers made: bombs, entities, foreign members and disguises end here (Article 21).

Every reader of Office files goes through `opened`, so that no limit can be forgotten.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

MAX_MEMBERS = 5_000
MAX_MEMBER = 100 * 1024 * 1024
MAX_TOTAL = 300 * 1024 * 1024
MAX_RATIO = 200  # text packs about 20 to 1, a bomb 1,000 to 1
SMALL = 1024 * 1024  # below this a ratio means nothing
FORBIDDEN = (".exe", ".dll", ".js", ".vbs", ".vbe", ".bat", ".cmd", ".ps1", ".scr", ".jar", ".hta", ".lnk", ".zip",
             ".rar", ".7z", ".html", ".htm", ".svg")  # fmt: skip
MACROS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
ENTITY = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
#: Other formats that begin in front of, or hide behind, an archive.
HEADS = (b"<?php", b"<script", b"<html", b"MZ", b"%PDF-", b"#!")
END = b"PK\x05\x06"


class Hostile(ValueError):
    """The file is built to do harm, or so broken that nobody can tell. `code` says which."""

    SENTENCES = {
        "broken": "文件已损坏，无法打开。",
        "bomb": "文件解压后异常庞大，已拒绝。",
        "entity": "文件含有实体声明，已拒绝。",
        "macro": "文件含有宏代码，请另存为不含宏的文件。",
        "member": "文件内夹带可执行或者网页文件，已拒绝。",
        "polyglot": "文件同时具有另一种格式的结构，已拒绝。",
        "encrypted": "文件已加密，无法审读。",
    }

    def __init__(self, code: str, detail: str = ""):
        super().__init__(self.SENTENCES[code])
        self.code, self.detail = code, detail


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive, judged by its directory before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            judge(archive, data)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Hostile("broken", str(error)) from error


def judge(archive: zipfile.ZipFile, data: bytes) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_TOTAL:
        raise Hostile("bomb")
    for member in members:
        packed = max(member.compress_size, 1)
        if member.file_size > MAX_MEMBER or (
            member.file_size > SMALL and member.file_size / packed > MAX_RATIO
        ):
            raise Hostile("bomb", member.filename)
        if member.flag_bits & 1:
            raise Hostile("encrypted", member.filename)
    names = [member.filename.lower() for member in members]
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise Hostile("member")
    require_one_format(data)


def require_one_format(data: bytes) -> None:
    """Nothing in front of the first member, and nothing worth a name behind the end of the directory."""
    if not data.startswith(b"PK\x03\x04"):
        raise Hostile("polyglot")
    end = data.rfind(END)
    comment = int.from_bytes(data[end + 20 : end + 22], "little") if end >= 0 else 0
    behind = data[end + 22 + comment :] if end >= 0 else b""
    if len(behind.strip(b"\0")) > 0 or any(
        head in data[end + 22 :].lower() for head in (b"<script", b"<?php")
    ):
        raise Hostile("polyglot")


def read(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member; its length is counted while it is unpacked, since a directory can lie."""
    out = io.BytesIO()
    with archive.open(name) as member:
        while piece := member.read(1 << 20):
            out.write(piece)
            if out.tell() > MAX_MEMBER:
                raise Hostile("bomb", name)
    return out.getvalue()


#: “Strict Open XML” writes the same elements under other names; every reader here knows the usual ones.
STRICT = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|spreadsheetml|drawingml|presentationml|officeDocument)/"
)


def usual(match) -> bytes:
    year = b"2006/"
    return b"http://schemas.openxmlformats.org/" + match[1] + b"/" + year


def tree(data: bytes):
    """An XML member as a tree, without entities or documents from elsewhere."""
    data = STRICT.sub(usual, data)
    try:
        return ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Hostile("entity") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Hostile("broken", str(error)) from error


def has_macros(names) -> bool:
    return any(name.lower().rsplit("/", 1)[-1] in MACROS for name in names)
