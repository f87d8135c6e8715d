"""Automatic numbers of Word as text: 第一条, 一、 and （一） are words of a regulation, not decoration.

Web lists know bullets and plain numbers. Whatever else Word counts by itself (chapters, articles, headings, a list
that goes on after a paragraph) would lose its number, so the number is written out before the text
(ISO/IEC 29500-1, 17.9).
"""

import re
from collections import Counter
from dataclasses import dataclass

from checks.files.office import W

PLAIN = re.compile(r"^[（(]?%\d[.．、)）]?$")
HAN = "零一二三四五六七八九"
CIRCLED = 0x2460
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
         (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
MOST_LEVELS = 9


def han(number: int) -> str:
    """1 to 9999 as it is said: 十二, 一百零五."""
    if number < 10 or number > 9999:
        return HAN[number] if 0 <= number < 10 else str(number)
    out, pending = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if pending and out else "") + HAN[digit] + name
            pending = False
        else:
            pending = True
    return out.removeprefix("一") if out.startswith("一十") else out


def roman(number: int) -> str:
    out = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


WRITTEN = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "ideographDigital", "taiwaneseDigital", "koreanCounting"), han),
    "lowerLetter": letter, "upperLetter": lambda n: letter(n).upper(),
    "lowerRoman": lambda n: roman(n).lower(), "upperRoman": roman,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate({ord("0") + d: 0xFF10 + d for d in range(10)}),
    "decimalEnclosedCircle": lambda n: chr(CIRCLED + n - 1) if 1 <= n <= 20 else str(n),
    "decimalEnclosedCircleChinese": lambda n: chr(CIRCLED + n - 1) if 1 <= n <= 20 else str(n),
    "none": lambda n: "",
}  # fmt: skip


@dataclass(frozen=True)
class Level:
    form: str
    text: str
    start: int

    @property
    def is_bullet(self):
        return self.form == "bullet"

    @property
    def is_plain(self):
        return self.form == "decimal" and bool(PLAIN.match(self.text))

    def write(self, number: int) -> str:
        return WRITTEN.get(self.form, str)(max(number, 0))


class Numbering:
    """The lists that numbering.xml defines, and which styles are numbered."""

    def __init__(self, numbering=None, styles=None):
        self.levels: dict[str, dict[int, Level]] = {}
        self.abstract: dict[str, str] = {}
        self.styles: dict[str, tuple[str, str]] = {}
        if numbering is not None:
            self._read(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read(self, tree):
        for abstract in tree.findall(f"{W}abstractNum"):
            levels = (level_of(node) for node in abstract.findall(f"{W}lvl"))
            self.levels[abstract.get(f"{W}abstractNumId")] = dict(levels)
        for num in tree.findall(f"{W}num"):
            of = num.find(f"{W}abstractNumId")
            if of is not None:
                self.abstract[num.get(f"{W}numId")] = of.get(f"{W}val")

    def _read_styles(self, tree):
        based = {}
        for style in tree.findall(f"{W}style"):
            key = style.get(f"{W}styleId")
            parent = style.find(f"{W}basedOn")
            based[key] = parent.get(f"{W}val") if parent is not None else None
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                self.styles[key] = number_of(properties)
        for key in based:
            seen, at = set(), key
            while at and at not in seen and at not in self.styles:
                seen.add(at)
                at = based.get(at)
            if at in self.styles:
                self.styles[key] = self.styles[at]

    def of(self, paragraph) -> tuple[str, int] | None:
        """(list, level) of a paragraph; none for what is not numbered."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{W}pStyle")
        inherited = self.styles.get(style.get(f"{W}val")) if style is not None else None
        own = properties.find(f"{W}numPr")
        number, level = number_of(own) if own is not None else ("", "")
        number = number or (inherited[0] if inherited else "")
        level = level or (inherited[1] if inherited else "") or "0"
        if number in ("", "0") or not level.isdigit():
            return None
        return number, min(int(level), MOST_LEVELS - 1)

    def level(self, number: str, level: int) -> Level | None:
        return self.levels.get(self.abstract.get(number, ""), {}).get(level)


def level_of(node) -> tuple[int, Level]:
    def value(name, default):
        found = node.find(f"{W}{name}")
        return found.get(f"{W}val", default) if found is not None else default

    start = value("start", "1")
    form, index = value("numFmt", "decimal"), node.get(f"{W}ilvl", "0")
    text = value("lvlText", "")
    return int(index) if index.isdigit() else 0, Level(form, text, int(start) if start.isdigit() else 1)


def number_of(properties) -> tuple[str, str]:
    found = {name: properties.find(f"{W}{name}") for name in ("numId", "ilvl")}
    number, level = (found[n].get(f"{W}val", "") if found[n] is not None else "" for n in ("numId", "ilvl"))
    return number, level


def write_out(body, numbering: Numbering) -> None:
    """Put numbers into the text where a web list could not count them."""
    counters: dict[str, list[int]] = {}
    keep = lists_to_keep(body, numbering)
    for paragraph in list(body.iter(f"{W}p")):
        found = numbering.of(paragraph)
        level = numbering.level(*found) if found else None
        if level is None:
            continue
        number = count(counters, numbering, *found)
        if level.is_bullet or found[0] in keep:
            continue
        prefix(paragraph, label(level, number, numbering, found[0]))


def lists_to_keep(body, numbering) -> set[str]:
    """Lists of plain numbers that stand together and are no headings: the browser counts these."""
    runs, plain, last = Counter(), {}, None
    for paragraph in body.iter(f"{W}p"):
        found = numbering.of(paragraph)
        level = numbering.level(*found) if found else None
        current = found[0] if level else None
        if current:
            fits = (level.is_plain or level.is_bullet) and level.start == 1 and not is_heading(paragraph)
            plain[current] = plain.get(current, True) and fits
            if current != last:
                runs[current] += 1
        last = current
    return {number for number, fits in plain.items() if fits and runs[number] == 1}


def is_heading(paragraph) -> bool:
    outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    named = style.get(f"{W}val", "").lower() if style is not None else ""
    return outline is not None or named.startswith("heading") or (named.isdigit() and len(named) == 1)


def count(counters, numbering, number: str, level: int) -> list[int]:
    """Numbers of one definition go on through the document; a higher level starts the lower ones anew."""
    key = numbering.abstract[number]
    numbers = counters.setdefault(key, [0] * MOST_LEVELS)
    for upper in range(level):
        if numbers[upper] == 0:
            numbers[upper] = start_of(numbering, number, upper)
    numbers[level] = numbers[level] + 1 if numbers[level] else start_of(numbering, number, level)
    numbers[level + 1 :] = [0] * (MOST_LEVELS - level - 1)
    return numbers


def start_of(numbering, number, level) -> int:
    found = numbering.level(number, level)
    return found.start if found else 1


def label(level: Level, numbers: list[int], numbering, number: str) -> str:
    def written(match):
        at = int(match[1]) - 1
        of = numbering.level(number, at) if 0 <= at < MOST_LEVELS else None
        return of.write(numbers[at]) if of else ""

    return re.sub(r"%(\d)", written, level.text)


def prefix(paragraph, text: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    for old in properties.findall(f"{W}numPr"):
        properties.remove(old)
    number = properties.makeelement(f"{W}numPr", {})
    for name in ("ilvl", "numId"):
        number.append(number.makeelement(f"{W}{name}", {f"{W}val": "0"}))
    properties.append(number)
    if not text:
        return
    run = paragraph.makeelement(f"{W}r", {})
    words = run.makeelement(f"{W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    words.text = text if text.endswith(("、", "）", "．")) else text + " "
    run.append(words)
    paragraph.insert(list(paragraph).index(properties) + 1, run)
