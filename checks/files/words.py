"""Word documents: text with headers, footers, notes; revisions, comments, hidden text."""

from checks.files import archives
from checks.files.inspection import Inspection
from checks.files.office import W, common, tagged

TEXTS = r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|document\d+)\.xml"
COMMENTS = r"word/comments\w*\.xml"
REVISIONS = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "delText",
                                        "cellIns", "cellDel", "tblPrChange", "sectPrChange")}  # fmt: skip
DISCLOSING = {f"{W}del", f"{W}ins", f"{W}moveFrom", f"{W}moveTo", f"{W}delText", f"{W}cellDel", f"{W}cellIns"}
BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-"}
FALSE = {"0", "false", "off", "none"}


def read(data: bytes, inspection: Inspection) -> None:
    with archives.opened(data) as archive:
        if "word/document.xml" not in archive.namelist():
            raise archives.Hostile("broken", "no document")
        common(archive, inspection)
        hiding = hiding_styles(archive)
        for _name, tree in tagged(archive, TEXTS):
            for paragraph in tree.iter(f"{W}p"):
                inspection.say(words_of(paragraph))
            marks(tree, inspection)
            styled(tree, hiding, inspection)
        for _name, tree in tagged(archive, COMMENTS):
            if any((node.text or "").strip() for node in tree.iter(f"{W}t")):
                inspection.found("file.comment")


def words_of(paragraph) -> str:
    """Also what was deleted: it is still there to be read."""
    pieces = []
    for node in paragraph.iter():
        if node.tag in (f"{W}t", f"{W}delText", f"{W}instrText") and node.text:
            pieces.append("" if node.tag.endswith("instrText") else node.text)
        elif node.tag in BREAKS:
            pieces.append(BREAKS[node.tag])
    return "".join(pieces)


def marks(tree, inspection: Inspection) -> None:
    for node in tree.iter():
        if node.tag in DISCLOSING:
            inspection.found("file.revision")
        elif node.tag in REVISIONS:
            inspection.found("file.revision", "文件含有未接受的格式修订。", level="warn")
        elif node.tag in (f"{W}vanish", f"{W}specVanish") and is_on(node):
            inspection.found("file.hidden")
        elif node.tag == f"{W}object":
            inspection.found("file.embedded")


def hiding_styles(archive) -> set[str]:
    """Identities of styles that hide whatever is written in them."""
    return {
        style.get(f"{W}styleId", "")
        for _name, tree in tagged(archive, r"word/styles\.xml")
        for style in tree.iter(f"{W}style")
        if any(is_on(mark) for mark in style.findall(f"{W}rPr/{W}vanish"))
    }


def styled(tree, hiding: set[str], inspection: Inspection) -> None:
    """Only where the style holds words: Word itself ships hidden styles that nobody uses."""
    if not hiding:
        return
    for node in [*tree.iter(f"{W}p"), *tree.iter(f"{W}r")]:
        style = node.find(f"{W}pPr/{W}pStyle" if node.tag == f"{W}p" else f"{W}rPr/{W}rStyle")
        if style is not None and style.get(f"{W}val") in hiding and words_of(node).strip():
            inspection.found("file.hidden", "文件含有用样式隐藏的文字，请在 Word 中删除后重新上传。")


def is_on(node) -> bool:
    return (node.get(f"{W}val") or "1").lower() not in FALSE
