"""Chinese numerals for citing articles: 13 → 十三.

The regulation counts its articles and items in Chinese numerals up to twenty-five; citations on
screen, in refusals and in generated documents must look the way a clerk reads them.
"""

import re

DIGITS = "零一二三四五六七八九"

_CITATION = re.compile(r"^(?P<article>\d{1,2})(?:\((?P<item>\d{1,2})\))?(?P<paragraph>\d)?$")


def chinese_numeral(number: int) -> str:
    """Write 1 to 99 in Chinese numerals, the way the regulation numbers itself."""
    if not 1 <= number <= 99:
        raise ValueError(f"only 1 to 99 can be written, not {number}")
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    head = "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


def item_label(number: int) -> str:
    """The label of an item inside an article: 1 → （一）."""
    return f"（{chinese_numeral(number)}）"


def article_label(citation: str) -> str:
    """Spell a citation out: "13" → 第十三条, "14(1)" → 第十四条第（一）项, "14(1)2" → …第二款.

    "attachment" cites the 信息发布保密审查表.
    """
    if citation == "attachment":
        return "附件《信息发布保密审查表》"
    match = _CITATION.match(citation)
    if match is None:
        raise ValueError(f"not a citation of the regulation: {citation!r}")
    label = f"第{chinese_numeral(int(match['article']))}条"
    if match["item"]:
        label += f"第{item_label(int(match['item']))}项"
    if match["paragraph"]:
        label += f"第{chinese_numeral(int(match['paragraph']))}款"
    return label
