"""Taking out what must not go along: the author confirms, a new file comes of it, the old bytes stay on record.

Word: insertions stay, deletions go, comments, hidden text, properties, macros and embedded objects go. Excel: hidden
sheets are not removed (formulas may need them): the author decides in Excel. Photographs lose Exif without being
encoded again.
"""

import io
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as Writer

from PIL import ExifTags, Image

from checks import seals
from checks.files import archives
from checks.files.archives import Hostile
from checks.files.office import PERSONAL, REL, W

TEXTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
DROPPED = re.compile(
    r"(?i)(?:word|xl|ppt)/(?:comments\w*\.xml|threadedcomments/.*|persons/.*|people\.xml|embeddings/.*|activex/.*"
    r"|vba\w+\.(?:bin|xml)|_rels/vbaproject\.bin\.rels|comments/.*)|docprops/custom\.xml|customxml/.*"
)
UNWRAPPED = {f"{W}ins", f"{W}moveTo"}
REMOVED = {f"{W}{name}" for name in (
    "del", "moveFrom", "rPrChange", "pPrChange", "tblPrChange", "sectPrChange", "tcPrChange", "trPrChange",
    "commentRangeStart", "commentRangeEnd", "commentReference", "object", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd",
)}  # fmt: skip
CLEANABLE = ("docx", "xlsx", "pptx", "jpg", "jpeg")


def cleaned(data: bytes, name: str) -> bytes | None:
    """The file without what can be removed from its kind; None where nothing can be done here."""
    cleaner = CLEANERS.get(name.rsplit(".", 1)[-1].lower())
    if cleaner is None:
        return None
    try:
        return cleaner(data)
    except Hostile:
        return None


def clean_office(data: bytes) -> bytes:
    out = io.BytesIO()
    with archives.opened(data) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        gone = {name for name in old.namelist() if DROPPED.fullmatch(name)}
        for name in old.namelist():
            if name not in gone:
                new.writestr(zipfile.ZipInfo(name), clean_member(name, archives.read(old, name), gone),
                             zipfile.ZIP_DEFLATED)  # fmt: skip
    return out.getvalue()


def clean_member(name: str, content: bytes, gone: set[str]) -> bytes:
    if name == "[Content_Types].xml":
        return without_types(content, gone)
    if name.endswith(".rels"):
        return without_relations(name, content, gone)
    if name in ("docProps/core.xml", "docProps/app.xml"):
        return without_persons(content)
    if TEXTS.fullmatch(name):
        return without_marks(content)
    if name.lower().endswith((".jpg", ".jpeg")) and "/media/" in name:
        return clean_photo(content)
    return content


def written(tree, original: bytes) -> bytes:
    """With the prefixes that the file used: Word insists on those that `mc:Ignorable` names."""
    for prefix, uri in re.findall(rb'xmlns:([\w.-]+)="([^"]+)"', original):
        if not re.fullmatch(r"ns\d+", prefix.decode()):
            Writer.register_namespace(prefix.decode(), uri.decode())
    text = Writer.tostring(tree, encoding="utf-8", xml_declaration=True)
    missing = b"".join(
        b' xmlns:%s="%s"' % (prefix, uri)
        for prefix, uri in dict(re.findall(rb'xmlns:([\w.-]+)="([^"]+)"', original)).items()
        if b"xmlns:%s=" % prefix not in text
    )
    head, mark, rest = text.partition(b"?>\n")
    place = re.search(rb"<[\w:]+", rest)
    return head + mark + rest[: place.end()] + missing + rest[place.end() :] if missing and place else text


def without_marks(content: bytes) -> bytes:
    """Revisions accepted, comments' anchors, hidden runs, objects and encoded seals removed."""
    tree = archives.tree(content)
    accept(tree)
    for text in tree.iter(f"{W}t"):
        for seal in reversed(list(seals.find(text.text or ""))):
            text.text = text.text[: seal.start] + text.text[seal.end :]
    return written(tree, content)


def accept(node) -> None:
    for child in list(node):
        if child.tag in REMOVED or is_hidden(child):
            node.remove(child)
            continue
        accept(child)
        if child.tag in UNWRAPPED:
            at = list(node).index(child)
            node.remove(child)
            for offset, inner in enumerate(list(child)):
                node.insert(at + offset, inner)


def is_hidden(run) -> bool:
    if run.tag != f"{W}r":
        return False
    properties = run.find(f"{W}rPr")
    marks = [] if properties is None else [properties.find(f"{W}vanish"), properties.find(f"{W}specVanish")]
    return any(m is not None and (m.get(f"{W}val") or "1") not in ("0", "false", "off") for m in marks)


def without_persons(content: bytes) -> bytes:
    tree = archives.tree(content)
    for node in tree.iter():
        if node.tag.rsplit("}", 1)[-1] in PERSONAL:
            node.text = ""
    return written(tree, content)


def without_relations(name: str, content: bytes, gone: set[str]) -> bytes:
    tree = archives.tree(content)
    folder = name.replace("_rels/", "").rsplit("/", 1)[0] if "/_rels/" in name else ""
    for relation in tree.findall(f"{REL}Relationship"):
        target = relation.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        if resolved(path) in gone:
            tree.remove(relation)
    return written_plain(tree)


def resolved(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts[-1:] = []
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def without_types(content: bytes, gone: set[str]) -> bytes:
    tree = archives.tree(content)
    for node in list(tree):
        if node.get("PartName", "").lstrip("/") in gone:
            tree.remove(node)
        elif "macroEnabled" in node.get("ContentType", ""):
            node.set("ContentType", node.get("ContentType").replace(
                "application/vnd.ms-word.document.macroEnabled.main+xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            ).replace(
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            ))  # fmt: skip
    return written_plain(tree)


def written_plain(tree) -> bytes:
    """Package parts have one namespace, which must be the default one (ElementTree refuses plain attributes then)."""
    uri = tree.tag[1:].partition("}")[0]
    for node in tree.iter():
        node.tag = node.tag.rpartition("}")[2]
    tree.set("xmlns", uri)
    return Writer.tostring(tree, encoding="utf-8", xml_declaration=True)


# --- photographs ---

APP1, START_OF_SCAN = 0xE1, 0xDA
MAKERS = {0xE1, 0xED, 0xFE}  # Exif and XMP, IPTC, comments


def clean_photo(data: bytes) -> bytes:
    """Segments with Exif, XMP, IPTC and comments go; the way up stays. The picture's own data is not touched."""
    if not data.startswith(b"\xff\xd8"):
        return data
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


CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "docx": clean_office, "xlsx": clean_office, "pptx": clean_office, "jpg": clean_photo, "jpeg": clean_photo,
}  # fmt: skip
