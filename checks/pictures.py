"""Words that stand for pictures (GB/T 37668 accessibility; Article 16)."""

import re
from collections.abc import Iterator

from checks.findings import Context, Hit, Kind, Part

MEANINGLESS = re.compile(
    r"(?i)^(?:.*\.(?:jpe?g|png|gif|webp|bmp)|(?:img|dsc|dscn|image|pic|photo|微信图片|mmexport|截图|screenshot|未标题)[\s_-]?[\d_\-]*"
    r"|图片?\s*\d*|照片\s*\d*|配图\s*\d*|[\d_\-]+|无|图|alt)$"
)


def detect(part: Part, context: Context) -> Iterator[Hit]:
    if part.kind != Kind.ALT:
        return
    text = part.text.strip()
    if not text:
        yield Hit("alt.empty", identity=part.name)
    elif MEANINGLESS.match(text):
        yield Hit("alt.name", 0, len(part.text), identity=part.name + text)
