"""What pasting leaves behind in a text: encoded seals, runs of code, field codes of word processors (Article 13)."""

import re
from collections.abc import Iterator

from checks import seals
from checks.findings import Context, Hit, Part
from checks.markup import flatten

CODE = re.compile(r"[A-Za-z0-9+/=_-]{120,}")
URL = re.compile(r"https?://[!-~]+")
FIELDS = re.compile(
    r"MERGEFORMAT|HYPERLINK\s+\\?[\"l]|\bPAGEREF\b|\bSEQ\s+(?:表|图|Table|Figure)\s|_Toc\d{6,}|_Hlk\d{5,}"
    r"|错误[!！]\s*未(?:找到引用源|定义书签)|Error! (?:Reference source|Bookmark)"
    r"|mso-[a-z]+(?:-[a-z]+)*\s*:|<!--\[if |<w:[a-zA-Z]+|<o:p>|EMBED\s+(?:Word|Excel|Equation)\.|&nbsp;|&lt;|[\ue000-\uf8ff\ufffd]"
)


def detect(part: Part, context: Context) -> Iterator[Hit]:
    taken = []
    for seal in seals.find(part.text):
        taken.append((seal.start, seal.end))
        message = f"夹带编码的电子印章对象，解码后含{seal.summary}（内容不予显示）。"
        yield Hit("debris.seal", seal.start, seal.end, message=message)
    taken += [match.span() for match in URL.finditer(part.text)]
    for match in CODE.finditer(part.text):
        inside = any(start < match.end() and match.start() < end for start, end in taken)
        if not inside and is_code(match.group()):
            yield Hit("debris.code", *match.span())
    for match in FIELDS.finditer(part.text):
        yield Hit("debris.field", *match.span())


def is_code(text: str) -> bool:
    """Encoded bytes mix letters of both cases and digits; a line of dashes or zeros does not."""
    return all(re.search(pattern, text) for pattern in ("[a-z]", "[A-Z]", r"\d")) and len(set(text)) > 20


def spans(text: str) -> list[tuple[int, int]]:
    return sorted((hit.start, hit.end) for hit in detect(Part("", text), Context()))


def without(html: str) -> str:
    """A text or fragment with encoded seals, runs of code and field codes taken out; tags stay where they are."""
    flat = flatten(html)
    signs = list(html)
    for start, end in spans(flat.text):
        for place, close in zip(flat.places[start:end], flat.ends[start:end], strict=True):
            signs[place:close] = [""] * (close - place)
    return "".join(signs)
