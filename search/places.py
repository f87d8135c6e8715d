"""Units and columns by name, also as they sound: “jiuzhou”, “jzz” and 旧州 find 旧州镇."""

from dataclasses import dataclass
from functools import lru_cache

from search.folding import fold, simplified
from search.models import SearchEntry

MOST = 6
SHORTEST = 2  # letters of pinyin that say anything


@dataclass(frozen=True)
class Place:
    publication_id: int
    kind: str
    name: str
    unit: str = ""
    object_id: str = ""


def listed() -> list[Place]:
    """Every open unit and column; one query on an index that holds nothing else."""
    rows = SearchEntry.objects.filter(kind__in=["unit", "column"]).order_by("kind", "title")
    rows = rows.values_list("publication_id", "kind", "title", "facets", "object_id")
    return [
        Place(key, kind, name, _unit(facets), str(object_id)) for key, kind, name, facets, object_id in rows
    ]


def _unit(facets) -> str:
    return next((facet[2:] for facet in facets if facet.startswith("u:")), "")


@lru_cache(maxsize=4096)
def sounds(name: str) -> tuple[str, str]:
    """Full pinyin and initials of a name."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name)), "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))


def matching(typed: str, places: list[Place], most=MOST) -> list[Place]:
    """Names that hold what was typed, or sound like it; those that begin with it come first."""
    word = fold(simplified(typed[:60])).replace(" ", "")
    if not word:
        return []
    found = []
    for place in places:
        rank = _rank(word, place.name.replace(" ", ""))
        if rank is not None:
            found.append((rank, len(place.name), place.name, place))
    return [place for *_order, place in sorted(found, key=lambda row: row[:3])[:most]]


def _rank(word, name):
    if word in name:
        return 0 if name.startswith(word) else 1
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return 2 if len(name) > 2 and name in word else None
    full, initials = sounds(name)
    if full.startswith(word) or initials.startswith(word):
        return 3
    return 4 if word in full or word in initials else None
