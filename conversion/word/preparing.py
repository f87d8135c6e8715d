"""A Word file made ready for conversion: revisions accepted, numbers written out, outline levels named."""

import io
import zipfile

from checks.files import archives, cleaning
from checks.files.archives import Hostile
from checks.files.office import W
from conversion.pieces import Reading
from conversion.word import losses
from conversion.word.numbering import Numbering, write_out

DOCUMENT = "word/document.xml"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE, CHOICE = f"{COMPATIBLE}AlternateContent", f"{COMPATIBLE}Choice"
BOX = f"{W}txbxContent"
MAX_BODY = 20 * 1024 * 1024


def prepared(data: bytes, reading: Reading) -> io.BytesIO:
    """The bytes that are converted; the file that was handed in stays as it is. Raises `Hostile`."""
    with archives.opened(data) as archive:
        if DOCUMENT not in archive.namelist():
            raise Hostile("broken", "no document")
        if archive.getinfo(DOCUMENT).file_size > MAX_BODY:
            raise Hostile("bomb", DOCUMENT)
        losses.of(data, archive, losses.body_of(archive), reading.lose)
    return renumbered(cleaning.clean_office(data))


def renumbered(data: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with archives.opened(data) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        numbering = Numbering(part(old, "word/numbering.xml"), part(old, "word/styles.xml"))
        for name in old.namelist():
            content = archives.STRICT.sub(archives.usual, archives.read(old, name))
            if name == DOCUMENT:
                tree = archives.tree(content)
                hoist_boxes(tree)
                write_out(tree, numbering)
                name_outlines(tree)
                content = cleaning.written(tree, content)
            new.writestr(name, content)
    out.seek(0)
    return out


def part(archive, name):
    return archives.tree(archives.read(archive, name)) if name in archive.namelist() else None


def name_outlines(tree) -> None:
    """A paragraph with an outline level of its own is a heading, whatever its style is called."""
    for paragraph in tree.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        outline = properties.find(f"{W}outlineLvl") if properties is not None else None
        if outline is None or not outline.get(f"{W}val", "").isdigit() or int(outline.get(f"{W}val")) > 5:
            continue
        style = properties.find(f"{W}pStyle")
        if style is None:
            style = properties.makeelement(f"{W}pStyle", {})
            properties.insert(0, style)
        style.set(f"{W}val", f"Heading{int(outline.get(f'{W}val')) + 1}")


def hoist_boxes(tree) -> None:
    """Words of a text box come behind the paragraph it hangs on; written twice, for new Word and old, they come once."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    for paragraph in [p for p in tree.iter(f"{W}p") if not inside(p, BOX, parents)]:
        words = []
        for alternate in [a for a in paragraph.iter(ALTERNATE) if next(a.iter(BOX), None) is not None]:
            if inside(alternate, ALTERNATE, parents):
                continue
            choice = alternate.find(CHOICE)
            boxes = (choice if choice is not None else alternate).iter(BOX)
            words += [node for box in boxes for node in box if node.tag in (f"{W}p", f"{W}tbl")]
            parents[alternate].remove(alternate)
        parent = parents.get(paragraph)
        at = list(parent).index(paragraph) if parent is not None else 0
        for offset, node in enumerate(words, start=1):
            parent.insert(at + offset, node)


def inside(node, tag, parents) -> bool:
    while (node := parents.get(node)) is not None:
        if node.tag == tag:
            return True
    return False
