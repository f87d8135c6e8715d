"""The regulation as the portal's first document: its full text in blocks, and its two attachments as PDF.

Every word comes from `regulation.source`, the file that came with the brief.
"""

import html

from demo import papers
from regulation import source
from regulation.numerals import chinese_numeral

DATE = "2017年10月25日"
COPIES = "抄送：区委办，区人大办，区政协办。"

#: The seven columns of the attachment, in order.
SHEET_HEAD = (
    "序号", "部门", "信息名称", "信息来源", "发布形式", "工作机构或者人员审查意见", "主管领导意见",
)  # fmt: skip
SHEET_ROW = (
    "", "", "",
    "本机关、单位制发 □；转载（注明转载来源）：",
    "网站公开 □；依申请提供 □；其他 □",
    "同意 □；不同意 □",
    "同意 □；不同意 □",
)  # fmt: skip


def regulation_blocks() -> list[tuple[str, object]]:
    """(type, stored value) of the blocks, from the notice to the copies line."""
    blocks: list[tuple[str, object]] = [("rich_text", _notice())]
    for heading, numbers in source.chapters():
        blocks.append(("heading", heading))
        blocks.append(("rich_text", "".join(_paragraph(line) for n in numbers for line in article_lines(n))))
    blocks.append(("heading", source.ATTACHMENT))
    blocks.append(("table", _sheet()))
    notes = "注：" + "\n".join(source.attachment_notes())
    blocks.append(("rich_text", "".join(map(_paragraph, [*notes.splitlines(), COPIES]))))
    return blocks


def article_lines(number: str) -> list[str]:
    """The lines of one whole article with its own number; Article 14 is put together from its paragraphs."""
    texts = source.articles()
    lines = texts[number].splitlines()
    if number == "14":
        for key, words in texts.items():
            if key.startswith("14("):
                label = f"（{chinese_numeral(int(key[3]))}）" if key.endswith(")") else ""
                lines.append(label + words)
    lines[0] = f"第{chinese_numeral(int(number))}条　{lines[0]}"
    return lines


def attachments_of_regulation(title: str) -> bytes:
    """The regulation's own text as a paper, or the empty sheet."""
    if "样表" in title:
        lines = (f"填报单位（盖章）：　　　　　　　　年　月　日　　栏目：{'、'.join(SHEET_HEAD)}",)
        return papers.pdf(source.ATTACHMENT.partition("：")[2], (*lines, *source.attachment_notes()))
    lines: list[str] = []
    for heading, numbers in source.chapters():
        lines += [f"## {heading}", *(line for n in numbers for line in article_lines(n))]
    return papers.pdf(source.TITLE, lines)


def _notice() -> str:
    return "".join(map(_paragraph, (*source.notice_paragraphs(), source.ISSUER, DATE)))


def _sheet() -> dict:
    columns = [{"type": "text", "heading": name} for name in SHEET_HEAD]
    rows = [{"values": list(SHEET_ROW)} for _ in range(2)]
    return {"caption": source.ATTACHMENT.partition("：")[2], "table": {"columns": columns, "rows": rows}}


def _paragraph(line: str) -> str:
    return f"<p>{html.escape(line)}</p>"
