"""Excel workbooks: cells as text; hidden sheets, rows and columns; comments."""

from checks.files import archives
from checks.files.inspection import MAX_TEXT, Inspection
from checks.files.office import S, common, tagged


def read(data: bytes, inspection: Inspection) -> None:
    with archives.opened(data) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise archives.Hostile("broken", "no workbook")
        common(archive, inspection)
        workbook = archives.tree(archives.read(archive, "xl/workbook.xml"))
        for sheet in workbook.iter(f"{S}sheet"):
            inspection.say(sheet.get("name", ""))
            if sheet.get("state") in {"hidden", "veryHidden"}:
                inspection.found("file.hidden", "文件含有隐藏的工作表。")
        shared = shared_strings(archive)
        for _name, tree in tagged(archive, r"xl/worksheets/sheet\d+\.xml"):
            cells(tree, shared, inspection)
            hidden(tree, inspection)
        for _name, tree in tagged(archive, r"xl/(?:comments\d*|comments/\w+|threadedComments/\w+)\.xml"):
            if any((node.text or "").strip() for node in tree.iter() if node.tag.endswith(("}t", "}text"))):
                inspection.found("file.comment")


def shared_strings(archive) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    tree = archives.tree(archives.read(archive, "xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter(f"{S}t")) for item in tree.iter(f"{S}si")]


def cells(tree, shared: list[str], inspection: Inspection) -> None:
    length = 0
    for row in tree.iter(f"{S}row"):
        line = "\t".join(filter(None, (value(cell, shared) for cell in row.iter(f"{S}c"))))
        inspection.say(line)
        length += len(line)
        if length > MAX_TEXT:
            return


def value(cell, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{S}t"))
    raw = cell.findtext(f"{S}v") or ""
    if cell.get("t") == "s" and raw.isdigit() and int(raw) < len(shared):
        return shared[int(raw)]
    return whole(raw)


def whole(raw: str) -> str:
    """A telephone typed as a number is stored as 1.3800138E10."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    return str(int(number)) if number.is_integer() and abs(number) < 1e19 else raw


def hidden(tree, inspection: Inspection) -> None:
    for node in [*tree.iter(f"{S}row"), *tree.iter(f"{S}col")]:
        if node.get("hidden") in {"1", "true"}:
            inspection.found("file.hidden", "文件含有隐藏的行或者列。")
            return
