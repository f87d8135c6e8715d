"""The regulation's own words, read from the file that came with the brief and never retyped.

`regulation.txt` is kept byte for byte. Everything that quotes the regulation (the table of articles,
the demo's first document, citations in tests) takes its words from here.
"""

import re
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "text" / "regulation.txt"

TITLE = "西秀区人民政府门户网站信息审核发布管理制度"
NOTICE_TITLE = f"关于印发《{TITLE}》的通知"
ISSUER = "安顺市西秀区人民政府办公室"

_ARTICLE = re.compile(r"^\s*第([一二三四五六七八九十]+)条\s*(.*)$")
_CHAPTER = re.compile(r"^\s*第[一二三四五六七八九十]+章\s*(.*)$")
_ITEM = re.compile(r"^（([一二三四五六七八九])）(.*)$")
_DIGITS = "零一二三四五六七八九"
ATTACHMENT = "附件：信息发布保密审查表"


@cache
def full_text() -> str:
    """The whole file: notice, regulation, attachment, copies line."""
    return PATH.read_text(encoding="utf-8")


@cache
def articles() -> dict[str, str]:
    """Words of every article by its number, and of Article 14 by item and paragraph.

    "14" is the chapeau alone, "14(1)" the first paragraph of its item, "14(1)2" and "14(1)3" the two
    that follow. The article's own number is left off; nothing else is.
    """
    collected: dict[str, list[str]] = {}
    for number, lines in _blocks():
        collected[number] = lines
    fourteen = collected.pop("14")
    texts = {number: "\n".join(lines) for number, lines in collected.items()}
    return {**texts, **_split_fourteen(fourteen)}


@cache
def chapters() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The chapters in order: (heading, numbers of its articles)."""
    found: list[tuple[str, list[str]]] = []
    for line in _body_lines():
        if _CHAPTER.match(line):
            found.append((" ".join(line.split()), []))
        elif match := _ARTICLE.match(line):
            found[-1][1].append(str(_number(match[1])))
    return tuple((heading, tuple(numbers)) for heading, numbers in found)


def notice_paragraphs() -> tuple[str, ...]:
    """Addressees and sentence of the covering notice (转发 head), without title and date."""
    head = full_text().split(_chapter_one())[0].splitlines()
    lines = [line.strip() for line in head if line.strip()]
    start = next(i for i, line in enumerate(lines) if line.startswith("各乡"))
    end = next(i for i, line in enumerate(lines) if line.startswith("2017年"))
    return tuple(lines[start:end])


def attachment_notes() -> tuple[str, ...]:
    """The four notes under the 信息发布保密审查表."""
    after = full_text().split("注：", 1)[1]
    return tuple(line.strip() for line in after.splitlines() if line.strip()[:1].isdigit())


def _chapter_one() -> str:
    return next(line for line in full_text().splitlines() if _CHAPTER.match(line))


def _body_lines() -> list[str]:
    """The lines between the first chapter heading and the attachment, blank ones left out."""
    text = full_text()
    body = text[text.index(_chapter_one()) : text.index(ATTACHMENT)]
    return [line for line in body.splitlines() if line.strip()]


def _blocks():
    """Yield (number, lines) for every article in order."""
    number, lines = "", []
    for line in _body_lines():
        match = _ARTICLE.match(line)
        if match or _CHAPTER.match(line):
            if number:
                yield number, lines
            number, lines = (str(_number(match[1])), [match[2]]) if match else ("", [])
        elif number:
            lines.append(line.strip())
    yield number, lines


def _split_fourteen(lines: list[str]) -> dict[str, str]:
    texts, item, paragraph = {"14": lines[0]}, 0, 1
    for line in lines[1:]:
        if match := _ITEM.match(line):
            item, paragraph, words = _number(match[1]), 1, match[2]
        else:
            paragraph, words = paragraph + 1, line
        key = f"14({item})" + (str(paragraph) if paragraph > 1 else "")
        texts[key] = words
    return texts


def _number(numeral: str) -> int:
    """Read a Chinese numeral up to 二十五."""
    if "十" not in numeral:
        return _DIGITS.index(numeral)
    tens, ones = numeral.split("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)
