"""From a document (the dictionary that is signed) to the parts that are checked; files are opened and looked into.

`open_file(sha256)` gives the bytes of a file as a file object or raises FileNotFoundError.
"""

from collections.abc import Callable, Iterator

from checks import files
from checks.findings import Kind, Link, Part
from checks.markup import flatten

Open = Callable[[str], object]
PLAIN = (("title", "标题", Kind.TITLE), ("summary", "摘要", Kind.TEXT), ("editor", "责任编辑", Kind.FIELD))
POLICY = (
    ("issuer", "发文机关"),
    ("document_number", "发文字号"),
    ("subject", "主题分类"),
    ("index_number", "索引号"),
)


def parts(document: dict, open_file: Open | None = None) -> list[Part]:
    found = [
        Part(label, document.get(name) or "", kind)
        for name, label, kind in PLAIN
        if not (name == "summary" and is_cut_from_body(document))
    ]
    found += list(fields(document))
    for number, block in enumerate(document.get("body") or [], start=1):
        found += list(BLOCKS.get(block["type"], nothing)(block, number))
    for attachment in document.get("attachments") or []:
        found += list(attached(attachment, open_file))
    if open_file:
        found += list(pictures(document, open_file))
        found += list(captions(document, open_file))
    return [part for part in found if part.text or part.hits or part.links or part.kind == Kind.ALT]


def is_cut_from_body(document: dict) -> bool:
    """A summary that nobody wrote is the beginning of the text; each finding would be there twice."""
    html = next((b.get("html") or "" for b in document.get("body") or [] if b["type"] == "rich_text"), "")
    summary = "".join((document.get("summary") or "").split()).removesuffix("…")
    return "".join(flatten(html).text.split()).startswith(summary)


def fields(document: dict) -> Iterator[Part]:
    policy = document.get("policy") or {}
    yield Part("关键词", "、".join(document.get("keywords") or []), Kind.FIELD)
    for name, label in POLICY:
        yield Part(label, str(policy.get(name) or ""), Kind.FIELD)
    source = document.get("source") or {}
    if source.get("kind") == "reprint":
        address = source.get("url") or ""
        yield Part("转载来源", source.get("name") or "", Kind.FIELD)
        yield Part("原文网址", "", Kind.TEXT, (Link("", address),) if address else ())
    info = document.get("column_info") or {}
    yield Part("栏目说明", info.get("description") or "", Kind.TEXT)
    yield from faces(document)


def faces(document: dict) -> Iterator[Part]:
    """Unit pages and the home page."""
    face = document.get("unit_face") or {}
    yield rich("单位简介", face.get("introduction_html") or "")
    for contact in face.get("contacts") or []:
        yield Part("联系方式", f"{contact.get('label', '')}：{contact.get('value', '')}")
    for leader in face.get("leaders") or []:
        yield Part("领导信息", f"{leader.get('name', '')}：{leader.get('duty', '')}")
    home = document.get("home") or {}
    yield Part("首页标语", home.get("motto") or "")
    footer = home.get("footer") or {}
    yield Part(
        "页脚", "；".join(str(footer.get(k) or "") for k in ("organiser", "operator", "address") if footer)
    )


def rich(name: str, html: str) -> Part:
    flat = flatten(html)
    return Part(name, flat.text, Kind.TEXT, flat.links)


def nothing(block, number) -> Iterator[Part]:
    return iter(())


def _rich_text(block, number):
    yield rich(f"正文第{number}块", block.get("html") or "")


def _heading(block, number):
    yield Part(f"小标题（第{number}块）", block.get("text") or "")


def _image(block, number):
    yield Part(
        f"替代文字（第{number}块图片）", block.get("alt") or "", Kind.ALT, sha256=block.get("sha256") or ""
    )
    yield Part(f"图片说明（第{number}块）", block.get("caption") or "")


def _table(block, number):
    yield Part(f"表格标题（第{number}块）", block.get("caption") or "")
    lines = [block.get("head") or [], *(block.get("rows") or [])]
    yield Part(f"表格（第{number}块）", "\n".join("\t".join(map(str, line)) for line in lines))
    yield Part(f"数据来源（第{number}块）", block.get("source") or "", Kind.FIELD)


def _media(block, number):
    yield Part(f"音视频标题（第{number}块）", block.get("title") or "")
    yield rich(f"文字稿（第{number}块）", block.get("transcript_html") or "")


BLOCKS = {"rich_text": _rich_text, "heading": _heading, "image": _image, "table": _table, "media": _media}


def attached(attachment: dict, open_file: Open | None) -> Iterator[Part]:
    title = attachment.get("title") or ""
    sha256, name = attachment["sha256"], attachment.get("name") or ""
    yield Part("附件名称", title, Kind.NAME, sha256=sha256)
    if open_file:
        yield inside(f"附件《{title or name}》", name, sha256, open_file)


def inside(label: str, name: str, sha256: str, open_file: Open) -> Part:
    try:
        with open_file(sha256) as file:
            found = files.look(file.read(), name)
    except FileNotFoundError:
        found = files.Inspection()
        found.found("file.unreadable", "找不到文件。")
    return Part(label, found.text, Kind.FILE, hits=tuple(found.hits.values()), sha256=sha256)


def captions(document: dict, open_file: Open) -> Iterator[Part]:
    """Words that are shown over a video."""
    for block in document.get("body") or []:
        if block.get("captions"):
            file = block["captions"]
            yield inside(
                f"视频字幕《{file.get('title') or file['name']}》", file["name"], file["sha256"], open_file
            )


def pictures(document: dict, open_file: Open) -> Iterator[Part]:
    """The originals of pictures; what the public fetches is made from them."""
    blocks = [b for b in document.get("body") or [] if b["type"] == "image"]
    banner = (document.get("home") or {}).get("banner")
    for number, block in enumerate([*blocks, *([banner] if banner else [])], start=1):
        part = inside(f"第{number}张图片", "original.jpg", block["sha256"], open_file)
        if part.hits:
            yield part
