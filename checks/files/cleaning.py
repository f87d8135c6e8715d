"""Taking out what must not go along: the author confirms, a new file comes of it, the old bytes stay on record.

Word: insertions stay, deletions go, comments, hidden text, properties, macros and embedded objects go. Excel: hidden
sheets are not removed (formulas may need them): the author decides in Excel. Photographs lose Exif without being
encoded again (`photo_cleaning`).
"""

import io
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as Writer

from checks import seals
from checks.files import archives
from checks.files.archives import Hostile
from checks.files.office import PERSONAL, REL, W
from checks.files.photo_cleaning import clean as clean_photo
from checks.files.words import is_on

TEXTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
DROPPED = re.compile(
    r"(?i)(?:word|xl|ppt)/(?:comments\w*\.xml|threadedcomments/.*|persons/.*|people\.xml|embeddings/.*|activex/.*"
    r"|vba\w+\.(?:bin|xml)|_rels/vbaproject\.bin\.rels|comments/.*)|docprops/custom\.xml|customxml/.*"
)
HIDING = {f"{W}vanish", f"{W}specVanish"}
UNWRAPPED = {f"{W}ins", f"{W}moveTo"}
REMOVED = {f"{W}{name}" for name in (
    "del", "moveFrom", "rPrChange", "pPrChange", "tblPrChange", "sectPrChange", "tcPrChange", "trPrChange",
    "commentRangeStart", "commentRangeEnd", "commentReference", "object", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "cellIns", "cellDel", "cellMerge", "tblPrExChange", "tblGridChange",
    "numberingChange", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
    "customXmlDelRangeEnd",
)}  # fmt: skip
PICTURES = (".jpg", ".jpeg", ".png", ".webp")


#: (rule, kind of file) that only its own program puts right.
BY_HAND = {("file.hidden", "xlsx"), ("file.hidden", "pptx"), ("file.comment", "pptx")}


def can_remove(rule: str, name: str) -> bool:
    """Whether cleaning such a file makes such a finding go away."""
    ending = name.rsplit(".", 1)[-1].lower()
    return ending in CLEANERS and (rule, ending) not in BY_HAND


def cleaned(data: bytes, name: str) -> bytes | None:
    """The file without what can be removed from its kind; None where nothing can be done here."""
    cleaner = CLEANERS.get(name.rsplit(".", 1)[-1].lower())
    if cleaner is None:
        return None
    try:
        return cleaner(data)
    except (Hostile, OSError, ValueError, KeyError, IndexError, RecursionError):
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
    if name == "word/settings.xml":
        return without_variables(content)
    if name.lower().endswith(PICTURES) and "/media/" in name:
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
    for paragraph in tree.iter(f"{W}p"):
        without_seals(list(paragraph.iter(f"{W}t")))
    return written(tree, content)


def without_seals(texts: list) -> None:
    """A seal may run through several runs of a paragraph: Word breaks them where spelling or fonts change."""
    for seal in reversed(list(seals.find("".join(text.text or "" for text in texts)))):
        at = 0
        for text in texts:
            old = text.text or ""
            text.text = old[: max(0, seal.start - at)] + old[max(0, seal.end - at) :]
            at += len(old)


def accept(node) -> None:
    for child in list(node):
        if child.tag in REMOVED or is_hidden(child) or is_deleted(child):
            node.remove(child)
            continue
        accept(child)
        if child.tag in UNWRAPPED:
            at = list(node).index(child)
            node.remove(child)
            for offset, inner in enumerate(list(child)):
                node.insert(at + offset, inner)


def is_hidden(node) -> bool:
    """A hidden run, or the mark that hides the end of a paragraph."""
    if node.tag in HIDING:
        return True
    properties = node.find(f"{W}rPr") if node.tag == f"{W}r" else None
    marks = [] if properties is None else [properties.find(tag) for tag in HIDING]
    return any(mark is not None and is_on(mark) for mark in marks)


def is_deleted(node) -> bool:
    """Rows and cells whose deletion was tracked."""
    place = {f"{W}tr": (f"{W}trPr", f"{W}del"), f"{W}tc": (f"{W}tcPr", f"{W}cellDel")}.get(node.tag)
    return bool(place) and node.find("/".join(place)) is not None


def without_variables(content: bytes) -> bytes:
    """Document variables, in which seal programs keep their objects."""
    tree = archives.tree(content)
    for variables in tree.findall(f"{W}docVars"):
        tree.remove(variables)
    return written(tree, content)


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


CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "docx": clean_office, "xlsx": clean_office, "pptx": clean_office, "jpg": clean_photo, "jpeg": clean_photo,
    "png": clean_photo, "webp": clean_photo,
}  # fmt: skip
