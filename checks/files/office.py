"""What Word, Excel and PowerPoint files of the XML generation have in common (ISO/IEC 29500)."""

import re

from checks import seals
from checks.files import archives
from checks.files.inspection import Inspection

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
PERSONAL = ("creator", "lastModifiedBy", "Company", "Manager")
#: What programs write of themselves is nobody's name.
NOBODY = re.compile(r"(?i)^(?:python-docx|openpyxl|apache poi|un-?named|administrator|admin|user|users|微软用户|microsoft|windows 用户|"
                    r"libreoffice.*|wps.*|kingsoft.*)?$")  # fmt: skip
REMOTE = re.compile(r"(?i)^(?:https?|ftp|file|smb|\\\\)")
HYPERLINK = "/hyperlink"


def common(archive, inspection: Inspection) -> None:
    """Macros, properties, embedded objects, references to outside, encoded seals in any member."""
    names = archive.namelist()
    if archives.has_macros(names):
        inspection.found("file.macro")
    for name in names:
        lowered = name.lower()
        if (
            "/embeddings/" in lowered
            or "/activex/" in lowered
            or lowered.endswith(("oleobject1.bin", ".ole"))
        ):
            inspection.found("file.embedded")
        elif lowered.endswith(".rels"):
            relations(archives.tree(archives.read(archive, name)), inspection)
        elif lowered.startswith("docprops/") and lowered.endswith(".xml"):
            properties(archives.tree(archives.read(archive, name)), inspection)
        if not lowered.startswith(("word/media/", "xl/media/", "ppt/media/")):
            seal(archives.read(archive, name), inspection)
    for name in names:
        if "/media/" in name.lower() and name.lower().endswith((".jpg", ".jpeg")):
            located(archives.read(archive, name), inspection)


def seal(data: bytes, inspection: Inspection) -> None:
    if not seals.find_in_bytes(data):
        return
    found = next(seals.find(data.decode("utf-8", errors="replace")), None)
    what = found.summary if found else "签章数据"
    inspection.found("debris.seal", f"夹带编码的电子印章对象，解码后含{what}（内容不予显示）。")


def located(data: bytes, inspection: Inspection) -> None:
    from checks.files import photos

    if photos.has_location(data):
        inspection.found("file.location", "文件内的照片含有拍摄地点的坐标。")


def relations(tree, inspection: Inspection) -> None:
    for node in tree.iter(f"{REL}Relationship"):
        outside = node.get("TargetMode") == "External"
        if outside and not node.get("Type", "").endswith(HYPERLINK) and REMOTE.match(node.get("Target", "")):
            inspection.found("file.external")


def properties(tree, inspection: Inspection) -> None:
    for node in tree.iter():
        name = node.tag.rsplit("}", 1)[-1]
        if name in PERSONAL and not NOBODY.match((node.text or "").strip()):
            inspection.found("file.author")


def tagged(archive, pattern: str):
    """Trees of the members whose names match, in order."""
    for name in sorted(archive.namelist()):
        if re.fullmatch(pattern, name):
            yield name, archives.tree(archives.read(archive, name))
