"""In what order hits are shown: titles before texts, by how much of the question they say, then by recency."""

import math
from collections.abc import Iterable

from django.utils import timezone

from search.contract import Answer, Hit
from search.parsing import Parsed

YEAR = 365.25 * 24 * 3600
MOST_TIMES = 10


def ranked(parsed: Parsed, answer: Answer, wordings: Iterable[Iterable[str]]) -> list[int]:
    """Publication ids: those looked at by their score, then the others, newest first."""
    now = timezone.now()
    groups = [tuple(words) for words in wordings]
    scored = [(score(parsed, hit, groups, now), hit.publication_id) for hit in answer.seen]
    scored.sort(reverse=True)
    first = [key for _score, key in scored]
    seen = set(first)
    return first + [key for key in answer.newest if key not in seen]


def score(parsed: Parsed, hit: Hit, groups, now) -> float:
    """The document's number beats all; then the whole question in the title, its words, how often, recency."""
    title = hit.title.replace(" ", "")
    whole = parsed.whole
    points = 20.0 if hit.number and hit.number == whole else 0.0
    if title == whole:
        points += 6.0
    elif whole and whole in title:
        points += 3.0 + (0.5 if title.startswith(whole) else 0.0)
    points += 3.0 * said(title, groups)
    points += 1.5 * min(1.0, len(whole) / max(len(title), 1)) * (whole in title)
    points += 0.4 * math.log1p(min(hit.times, MOST_TIMES))
    age = max(0.0, (now - hit.published_at).total_seconds()) / YEAR
    return points + math.exp(-age / 2)


def said(title: str, groups) -> float:
    """How much of the question the title says: long words weigh more, other wordings a little less."""
    total = sum(len(group[0]) for group in groups)
    if not total:
        return 0.0
    points = 0.0
    for group in groups:
        if group[0] in title:
            points += len(group[0])
        elif any(word in title for word in group[1:]):
            points += 0.9 * len(group[0])
    return points / total
