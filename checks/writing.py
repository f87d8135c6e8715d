"""Dates, numbers, document numbers, punctuation (GB/T 15835, GB/T 15834, GB/T 9704), and figures without a source."""

import re
from collections.abc import Iterator
from datetime import date

from checks.findings import Context, Hit, Kind, Part

PLAIN = (
    # 日期写法
    ("date.format", re.compile(r"(?<![\d.])(?:19|20)\d{2}[./](?:0?[1-9]|1[0-2])[./](?:0?[1-9]|[12]\d|3[01])(?![\d.])"), ""),
    ("date.format", re.compile(r"(?<![\d年第])\d{2}年(?=\d{1,2}月)"), "年份应当写全四位数字。"),
    ("date.format", re.compile(r"二[零Oo〇０○]\s*[零一二三四五六七八九〇Oo○０]{2}年"), ""),
    # 数字写法
    ("number.format", re.compile(r"[０-９]+"), "使用了全角数字。"),
    ("number.format", re.compile(r"(?<!\d)\d{1,3}(?:，\d{3})+(?!\d)"), "千分位用了全角逗号。"),
    ("number.format", re.compile(r"(?:约|大约|近|将近)\s*\d+(?:\.\d+)?[^，。；、\s]{0,6}?(?:左右|上下|余)"), "概数重复。"),
    ("number.format", re.compile(r"(?:超过?|突破|逾)\s*\d+(?:\.\d+)?[^，。；、\s]{0,4}?(?:左右|上下|余|多)"), "概数重复。"),
    ("number.format", re.compile(r"(?:下降|减少|降低|缩短|节约)了?\s*\d+(?:\.\d+)?\s*倍"), "减少不能用倍数表示。"),
    ("number.format", re.compile(r"\d+(?:\.\d+)?\s*%\s*(?:左右)?以?[上下]?\s*[-~—至到]\s*%"), ""),
    # 发文字号
    ("number.document", re.compile(r"[府办发函字号通令党委厅局][\[［【(（](?:19|20)\d{2}[\]］】)）]\s*第?\d+号"), ""),
    ("number.document", re.compile(r"〔(?:19|20)\d{2}〕\s*(?:第\d+|0\d+)号"), ""),
    # 标点、重复
    ("text.punctuation", re.compile(r"([，。、；：！？])[，。、；：]|。。+|，，+|、、+"), "标点重复。"),
    ("text.punctuation", re.compile(r"(?<=[\u4e00-\u9fff]),(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]);(?=[\u4e00-\u9fff])"),
     "中文里使用了半角标点。"),
    ("text.punctuation", re.compile(r"》、《[^》]*$(?!.)"), ""),
)  # fmt: skip
REPEATED = re.compile(
    r"([\u4e00-\u9fff]{2,6})\1|(?:的的(?!确)|了了(?!解)|和和(?![气平美])|在在|是是(?!非)|与与|于于|将将|对对(?![口外内接照应症标]))"
)
#: Words that are doubled by right.
DOUBLED = frozenset(
    [
        *(
            "研究",
            "讨论",
            "学习",
            "考虑",
            "商量",
            "休息",
            "锻炼",
            "打扫",
            "收拾",
            "了解",
            "认识",
            "交流",
            "沟通",
        ),
        *("放松", "体验", "点滴", "家家", "户户", "常常", "时时", "渐渐"),
    ]
)
PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("〔", "〕"), ("【", "】"))

DATE = re.compile(
    r"(?<!\d)(?:((?:19|20)\d{2})年)?(\d{1,2})月(\d{1,2})[日号](?!\d)\s*(?:[（(]?(?:星期|周|礼拜)([一二三四五六日天])[)）]?)?"
)
FULL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:：时点](\d{2})(?:分)?(?!\d)")
MONTH = re.compile(r"(?<!\d)(?:19|20)\d{2}年(\d{1,2})月(?!\d)")
WEEKDAYS = "一二三四五六日"

CLAIM = re.compile(
    r"(?:同比|环比|比上年|较上年|比去年|较去年|占比|增长|增幅|增速|下降|总产值|生产总值|覆盖率|满意度|普及率|增加值|总收入)"
    r"[^。；\n]{0,16}?\d+(?:\.\d+)?\s*(?:%|％|个百分点|亿元|万元|万人|万亩|万吨)"
    r"|\d+(?:\.\d+)?\s*(?:亿元|万元|%|％)[^。；\n]{0,8}(?:同比|环比|增长|下降|增幅)"
)
SOURCE = re.compile(
    r"数据来源|资料来源|来源[:：]|据[^。，\n]{0,16}(?:统计|监测|测算|数据|调查|普查|显示|公报|年鉴|介绍|通报)"
    r"|统计(?:局|公报|年鉴|数据显示|部门)|(?:公报|年报|年鉴|调查队|普查)[^。\n]{0,6}(?:显示|表明)|数据由[^。，\n]{1,20}提供"
)


def detect(part: Part, context: Context) -> Iterator[Hit]:
    for rule, pattern, message in PLAIN:
        for match in pattern.finditer(part.text):
            yield Hit(rule, *match.span(), message=message)
    yield from dates(part.text, context)
    if part.kind in (Kind.TITLE, Kind.TEXT):
        yield from repeated(part.text)
        yield from unpaired(part.text)
    if part.kind == Kind.TEXT and not context.sourced:
        for match in CLAIM.finditer(part.text):
            yield Hit("figure.source", *match.span())


def is_sourced(parts) -> bool:
    """Whether the item says anywhere where its figures come from."""
    return any(SOURCE.search(part.text) for part in parts if part.kind in (Kind.TEXT, Kind.TITLE, Kind.FILE))


def repeated(text: str) -> Iterator[Hit]:
    for match in REPEATED.finditer(text):
        word = match.group(1)
        if word and (word in DOUBLED or len(set(word)) == 1):
            continue
        yield Hit("text.repeat", *match.span())


def unpaired(text: str) -> Iterator[Hit]:
    """The first mark of a pair that opens without closing, or closes without opening, in a paragraph."""
    at = 0
    for line in text.splitlines(keepends=True):
        for opening, closing in PAIRS:
            if (place := first_unpaired(line, opening, closing)) is not None:
                yield Hit(
                    "text.punctuation", at + place, at + place + 1, message=f"“{line[place]}”没有配对。"
                )
        at += len(line)


def first_unpaired(line: str, opening: str, closing: str) -> int | None:
    opened: list[int] = []
    for place, sign in enumerate(line):
        if sign == opening:
            opened.append(place)
        elif sign == closing:
            if not opened:
                return None if is_numbering(line, place, closing) else place
            opened.pop()
    return opened[0] if opened else None


def is_numbering(line: str, place: int, closing: str) -> bool:
    """1） and 一） are numbers of a list."""
    return closing == "）" and bool(re.search(r"[0-9一二三四五六七八九十]$", line[:place]))


def dates(text: str, context: Context) -> Iterator[Hit]:
    for match in DATE.finditer(text):
        year, month, day, weekday = match.groups()
        found = made(int(year or 2024), int(month), int(day))  # 2024 has a 29 February
        if found is None:
            yield Hit("date.impossible", *match.span())
        elif year and weekday and WEEKDAYS[found.weekday()] != weekday.replace("天", "日"):
            right = WEEKDAYS[found.weekday()]
            yield Hit("date.weekday", *match.span(), suggestion=f"{year}年{month}月{day}日是星期{right}")
    for match in FULL_DATE.finditer(text):
        if made(*(int(group) for group in match.groups())) is None:
            yield Hit("date.impossible", *match.span())
    for match in CLOCK.finditer(text):
        if is_clock(match, text) and not (int(match.group(1)) <= 24 and int(match.group(2)) < 60):
            yield Hit("date.impossible", *match.span())
    for match in MONTH.finditer(text):
        if not 1 <= int(match.group(1)) <= 12:
            yield Hit("date.impossible", *match.span())


def is_clock(match, text: str) -> bool:
    """12:34 may be a ratio or a score: only what is written like a time of day counts."""
    before = text[max(0, match.start() - 6) : match.start()]
    return match.group()[len(match.group(1))] in "时点" or bool(
        re.search(r"[日上午下晚间：]\s*$|时间", before)
    )


def made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
