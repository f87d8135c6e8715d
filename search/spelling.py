"""“Did you mean”: words of published titles that look or sound like what was typed. Nothing else is ever proposed."""

from collections import Counter
from itertools import accumulate, combinations

from search.contract import Clause, Question
from search.engines import engine
from search.folding import grams
from search.parsing import Parsed
from search.synonyms import groups

LONGEST = 20  # characters that a slip of the pen is looked for in
SAME_SOUND = 0.5  # a homophone counts half a slip


def meant(parsed: Parsed, facets=()) -> str:
    """The nearest piece of a published title, or an empty string."""
    word = parsed.whole
    if not 2 <= len(word) <= LONGEST or any(word in group for group in groups()):
        return ""  # a word that the list of synonyms knows is no slip of the pen
    best: Counter = Counter()
    for title in _titles(word, facets):
        for piece in _pieces(title, len(word)):
            cost = _cost(word, piece)
            if cost is not None:
                best[piece] = max(best[piece], 1000 - round(cost * 100)) + 1
    return max(best, key=lambda piece: (best[piece], piece)) if best else ""


def _titles(word, facets):
    """Titles that share pairs of characters with it; for short words, single characters."""
    pairs = grams(word)
    for wanted in (pairs, list(word)):
        clauses = tuple(Clause((gram,)) for gram in dict.fromkeys(wanted))
        seen = engine().answer(Question(clauses, tuple(facets), any_clause=True), most=1).seen
        if seen:
            return [hit.title.replace(" ", "") for hit in seen]
    return []


def _pieces(title, length):
    """Runs of whole words of about this length: what begins or ends within a word is none."""
    import rjieba

    ends = list(accumulate(map(len, rjieba.cut(title)), initial=0))
    for start, end in combinations(ends, 2):
        if abs(end - start - length) <= 1 and end - start >= 2:
            yield title[start:end]


def _cost(word, piece):
    """Slips between the two, or None for too many: one in a short word, two from five characters on."""
    allowed = 1 if len(word) < 5 else 2
    if word == piece or abs(len(word) - len(piece)) > allowed:
        return None
    slips = distance(word, piece)
    if slips > allowed + 1:
        return None
    if _sound(word) == _sound(piece):
        return SAME_SOUND
    return slips if slips <= allowed and slips < len(word) else None


def _sound(word):
    from search.places import sounds

    return sounds(word)[0]


def distance(one: str, other: str) -> int:
    """Levenshtein's, on two short words."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
