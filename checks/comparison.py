"""A reprint beside its capture: what the item left out, added or changed, sentence by sentence (Article 7).

Whatever stands before the first and behind the last common sentence of the capture is the other site's furniture.
"""

import difflib
import re
from dataclasses import dataclass

from checks.findings import Kind

SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
BLANK = re.compile(r"[\s\u3000]+")
SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True)
class Piece:
    """A stretch of sentences that both have, that only the original has, or that only the item has."""

    kind: str
    text: str


@dataclass(frozen=True)
class Comparison:
    pieces: tuple[Piece, ...]
    share: int  # per cent of the item's characters that stand in the original

    @property
    def is_equal(self) -> bool:
        return all(piece.kind == SAME for piece in self.pieces)

    @property
    def changed(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind != SAME]


def compare(original: str, item: str) -> Comparison | None:
    """None where the original has no text to compare with."""
    before, after = sentences(original), sentences(item)
    if not before or not after:
        return None
    keys = [[BLANK.sub("", sentence) for sentence in side] for side in (before, after)]
    codes = difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes()
    common = [number for number, code in enumerate(codes) if code[0] == "equal"]
    pieces = []
    for number, (tag, a, b, c, d) in enumerate(codes):
        inside = bool(common) and common[0] < number < common[-1]
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(after[c:d])))
            continue
        if b > a and (inside or (tag == "replace" and close(keys[0][a:b], keys[1][c:d]))):
            pieces.append(Piece(GONE, "".join(before[a:b])))
        if d > c:
            pieces.append(Piece(NEW, "".join(after[c:d])))
    total = sum(map(len, after))
    same = sum(len(piece.text) for piece in pieces if piece.kind == SAME)
    return Comparison(tuple(pieces), round(100 * same / total))


def close(before: list[str], after: list[str]) -> bool:
    """At the edges only what resembles the item is shown; menus and imprints are not."""
    return difflib.SequenceMatcher(None, "".join(before), "".join(after), autojunk=False).ratio() > 0.5


def sentences(text: str) -> list[str]:
    return [match.group().strip() for match in SENTENCE.finditer(text) if match.group().strip()]


def item_text(parts) -> str:
    """What of an item was reprinted: its body, without title, captions and files."""
    return "\n".join(
        p.text for p in parts if p.kind == Kind.TEXT and p.name.startswith(("正文", "小标题", "表格（"))
    )
