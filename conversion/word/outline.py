"""Title and headings of documents whose authors typed them instead of choosing styles (公文格式, GB/T 9704-2012).

Word's own styles decide where they are used. Else the title is what stands centred and large at the top, and
一、 / （一） / 第一章 before a short line make a heading.
"""

import re

from mammoth import documents, transforms

TITLE_STYLES = {"title", "标题"}
HEADING_STYLE = re.compile(r"(?i)^(?:heading|标题) ?(\d)$")
LEVELS = (
    (re.compile(r"^(?:第[一二三四五六七八九十百零]+[章编]|[一二三四五六七八九十]{1,3}、)"), 1),
    (re.compile(r"^(?:第[一二三四五六七八九十百零]+节|（[一二三四五六七八九十]{1,3}）)"), 2),
)
SENTENCE_END = ("。", "；", "，", "：", ";", ",", ".", "!", "！", "?", "？")
MAX_TITLE, MAX_HEADING = 100, 40
LARGE = (
    16  # points; body text is 三号 (16) in documents on paper, titles are larger or stand in a heading face
)
TITLE_FONTS = ("小标宋", "黑体", "华文中宋")
TITLE = "portal-title"


def text_of(element) -> str:
    pieces = []
    for node in [element, *transforms.get_descendants(element)]:
        if isinstance(node, documents.Text):
            pieces.append(node.value)
        elif isinstance(node, documents.Break | documents.Tab):
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def marked(document):
    """The document with its title marked and its headings given heading styles."""
    children = list(document.children)
    for at in title_lines(children):
        children[at] = children[at].copy(style_id=TITLE, style_name=TITLE, numbering=None)
    children = [heading(child) for child in children]
    return document.copy(children=children)


def title_lines(children) -> list[int]:
    """Places of the lines of the title: at the top, before any running text."""
    found = []
    for at, child in enumerate(children):
        if not isinstance(child, documents.Paragraph):
            break
        text = text_of(child)
        if not text and not found:
            continue
        if not text or not looks_like_title(child) or len(text) > MAX_TITLE:
            break
        if found and (
            style_of(child) != style_of(children[found[0]]) or face(child) != face(children[found[0]])
        ):
            break
        found.append(at)
    return found


def style_of(paragraph) -> str:
    return (paragraph.style_name or "").strip().lower()


def looks_like_title(paragraph) -> bool:
    if style_of(paragraph) in TITLE_STYLES:
        return True
    if level_of_style(paragraph) == 1 and paragraph.alignment == "center":
        return True
    size, font, bold = face(paragraph)
    stands_out = size > LARGE or bold or any(name in font for name in TITLE_FONTS)
    return paragraph.alignment == "center" and stands_out


def face(paragraph) -> tuple[float, str, bool]:
    """Size, font and weight of the first run that has words."""
    for run in transforms.get_descendants_of_type(paragraph, documents.Run):
        if text_of(run):
            return run.font_size or 0, run.font or "", run.is_bold
    return 0, "", False


def level_of_style(paragraph) -> int:
    found = HEADING_STYLE.match(paragraph.style_name or "") or re.match(
        r"^Heading(\d)$", paragraph.style_id or ""
    )
    return int(found[1]) if found else 0


def heading(child):
    if not isinstance(child, documents.Paragraph) or child.numbering or child.style_name == TITLE:
        return child
    level = level_of_style(child) or level_of_text(text_of(child))
    return child.copy(style_id=f"Heading{level}", style_name=f"heading {level}") if level else child


def level_of_text(text: str) -> int:
    if not text or len(text) > MAX_HEADING or text.endswith(SENTENCE_END):
        return 0
    return next((level for pattern, level in LEVELS if pattern.match(text)), 0)
