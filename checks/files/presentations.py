"""PowerPoint files: text of slides and notes, comments, hidden slides."""

from checks.files import archives
from checks.files.inspection import Inspection
from checks.files.office import A, common, tagged


def read(data: bytes, inspection: Inspection) -> None:
    with archives.opened(data) as archive:
        if "ppt/presentation.xml" not in archive.namelist():
            raise archives.Hostile("broken", "no presentation")
        common(archive, inspection)
        for name, tree in tagged(archive, r"ppt/(?:slides|notesSlides)/\w+\.xml"):
            for paragraph in tree.iter(f"{A}p"):
                inspection.say("".join(t.text or "" for t in paragraph.iter(f"{A}t")))
            if tree.get("show") == "0":
                inspection.found("file.hidden", "文件含有隐藏的幻灯片。")
            if "notesSlides" in name and any((t.text or "").strip() for t in tree.iter(f"{A}t")):
                inspection.found("file.comment", "文件含有演讲者备注。")
        if any(name.startswith("ppt/comments/") for name in archive.namelist()):
            inspection.found("file.comment")
