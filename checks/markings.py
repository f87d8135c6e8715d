"""Marks of state secrets as they are written on documents (《国家秘密定密管理暂行规定》: 密级★保密期限), Article 13."""

import re
from collections.abc import Iterator

from checks.findings import Context, Hit, Part

GRADE = r"(?:绝\s*密|机\s*密|秘\s*密)"
STAR = r"[★☆＊*✩⭐]"
MARKINGS = (
    re.compile(rf"{GRADE}\s*{STAR}\s*(?:\d+\s*年|\d+\s*个月|长期|启用前|解密前)?"),
    re.compile(rf"(?:密\s*级|定密|密别)\s*[:：]\s*{GRADE}"),
    re.compile(rf"[（(【\[]\s*{GRADE}\s*[)）】\]]"),
    re.compile(rf"^\s*{GRADE}\s*(?:\d+\s*年)?\s*$", re.MULTILINE),
    re.compile(r"保密期限\s*[:：]?\s*(?:\d+\s*年|长期)"),
    re.compile(r"份\s*号\s*[:：]\s*\d{4,6}"),
    re.compile(r"(?:公开方式|公开属性|信息公开选项|公开类别)\s*[:：]\s*(?:不予公开|不公开|依申请公开)"),
    re.compile(r"(?:此件|本件|此文|本文件)\s*(?:不予|不)公开"),
)


def detect(part: Part, context: Context) -> Iterator[Hit]:
    seen: list[tuple[int, int]] = []
    for pattern in MARKINGS:
        for match in pattern.finditer(part.text):
            if any(start < match.end() and match.start() < end for start, end in seen):
                continue
            seen.append(match.span())
            yield Hit("secret.marking", *match.span())
