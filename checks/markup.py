"""HTML fragments as readers see them, with the way back from each character to its place in the source."""

import re
from dataclasses import dataclass
from html import unescape

from checks.findings import Link

TOKEN = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>|<!--.*?-->|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[^<&]|[<&]", re.DOTALL
)
HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
INLINE = {"b", "i", "strong", "em", "sup", "sub", "a", "span", "u", "s", "code", "small", "mark", "font"}


@dataclass(frozen=True)
class Flat:
    """The text of a fragment; its n-th character stands in the source from `places[n]` to `ends[n]`."""

    text: str
    places: tuple[int, ...]
    ends: tuple[int, ...]
    links: tuple[Link, ...]


def flatten(html: str) -> Flat:
    signs: list[str] = []
    places: list[int] = []
    ends: list[int] = []
    links: list[Link] = []
    opened: tuple[str, int] | None = None
    for match in TOKEN.finditer(html):
        tag = (match.group(2) or "").lower()
        if not tag:
            if match.group().startswith("<!--"):
                continue
            sign = unescape(match.group())
            signs.extend(sign)
            places.extend([match.start()] * len(sign))
            ends.extend([match.end()] * len(sign))
            continue
        if tag == "a":
            opened = _link(match, opened, signs, links)
        elif tag not in INLINE and signs and signs[-1] != "\n":
            signs.append("\n")
            places.append(match.start())
            ends.append(match.start())
    return Flat("".join(signs), tuple(places), tuple(ends), tuple(links))


def _link(match, opened, signs, links):
    if match.group(1):
        if opened:
            text = "".join(signs[opened[1] :])
            links.append(Link(text, opened[0], opened[1], len(signs)))
        return None
    href = HREF.search(match.group(3))
    return (unescape(href.group(1) or href.group(2) or ""), len(signs)) if href else None
