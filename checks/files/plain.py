"""Text files and OFD (GB/T 33190): the latter is an archive whose pages carry their text in XML."""

from checks.files import archives
from checks.files.inspection import Inspection


def read(data: bytes, inspection: Inspection) -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            inspection.say(data.decode(encoding))
            return
        except UnicodeDecodeError:
            continue
    inspection.say(data.decode("gb18030", errors="replace"))


def read_ofd(data: bytes, inspection: Inspection) -> None:
    with archives.opened(data) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith("Content.xml"):
                texts = (node.text or "" for node in archives.tree(archives.read(archive, name)).iter()
                         if node.tag.endswith("}TextCode"))  # fmt: skip
                inspection.say("".join(texts))
            elif name == "OFD.xml":
                author(archives.tree(archives.read(archive, name)), inspection)


def author(tree, inspection: Inspection) -> None:
    for node in tree.iter():
        if node.tag.rsplit("}", 1)[-1] in {"Author", "Creator"} and (node.text or "").strip():
            inspection.found("file.author")
