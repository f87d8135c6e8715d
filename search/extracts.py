"""What a result shows of its text: the passage around the first words found, escaped, with the words marked."""

import re
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

BEFORE, LENGTH = 30, 110
BREAKS = re.compile(r"</?(?:p|li|ul|ol|h[1-6]|br|hr|td|th|tr|table|div|blockquote)\b[^>]*>", re.IGNORECASE)
TAGS = re.compile(r"<[^>]*>")
SPACES = re.compile(r"\s+")


def plain(html: str) -> str:
    """Words of a fragment of a signed document."""
    return SPACES.sub(" ", unescape(TAGS.sub("", BREAKS.sub(" ", html)))).strip()


def text_of(document: dict) -> str:
    """Summary and body of a document as one line of words."""
    parts = [document.get("summary") or ""]
    face = document.get("unit_face") or {}
    parts.append(plain(face.get("introduction_html") or ""))
    for block in document.get("body") or ():
        parts += [plain(block.get(key) or "") for key in ("html", "text", "transcript_html")]
        parts += [" ".join(map(str, row)) for row in [block.get("head") or [], *(block.get("rows") or [])]]
    return SPACES.sub(" ", " ".join(part for part in parts if part)).strip()


def pattern(words) -> re.Pattern | None:
    """Any of the words, the longest first, in whatever case; spaces and brackets may stand between pieces."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in wanted), re.IGNORECASE) if wanted else None


def marked(text: str, words) -> SafeString:
    """The text escaped, the words in <mark>."""
    wanted = pattern(words)
    if wanted is None:
        return escape(text)
    parts, end = [], 0
    for match in wanted.finditer(text):
        parts += [escape(text[end : match.start()]), "<mark>", escape(match[0]), "</mark>"]
        end = match.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - every part is escaped above


def extract(text: str, words) -> SafeString:
    """The passage in which the first word stands, or the beginning."""
    wanted = pattern(words)
    match = wanted.search(text) if wanted is not None else None
    start = max(0, match.start() - BEFORE) if match else 0
    if start:  # begin where a sentence begins, if one does nearby
        stop = max(text.rfind(sign, start, match.start()) for sign in "。；！？\n ")
        start = stop + 1 if stop > 0 else start
    passage = text[start : start + LENGTH]
    more = "…" if start + LENGTH < len(text) else ""
    return mark_safe(f"{'…' if start else ''}{marked(passage, words)}{more}")  # noqa: S308 - `marked` escapes
