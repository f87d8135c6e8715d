"""The search: one question in up to three attempts, each looser than the one before."""

from dataclasses import dataclass, field

from search.contract import MOST_HITS, Answer, Question
from search.engines import engine
from search.parsing import LONGEST, Parsed, clauses, parse
from search.ranking import ranked
from search.synonyms import lookup

ENOUGH = 10  # fewer exact hits than this are completed with texts that hold the words apart from each other
FEW = 3  # fewer even of those, and texts that hold some of the words are better than none
MOST_RELATED = 50

# Filters of the address → first letter of the facets that `search_facets` writes (migration 0002).
FILTERS = {
    "unit": "u",
    "column": "c",
    "kind": "k",
    "year": "y",
    "site": "s",
    "language": "l",
    "validity": "v",
    "subject": "t",
    "issuer": "i",
}
MOST_SUGGESTED = 20

__all__ = ["FILTERS", "LONGEST", "Found", "query", "titles"]


@dataclass
class Found:
    """Publication ids in order. `related` hold only parts of the question; `more` says that hits were not all counted."""

    parsed: Parsed
    ids: list[int] = field(default_factory=list)
    related: list[int] = field(default_factory=list)
    more: bool = False
    widened: bool = False

    @property
    def total(self) -> int:
        return len(self.ids)


def query(typed: str, *, sort="relevance", **filters) -> Found:
    """Hits for what a reader typed. Unknown filters raise KeyError; empty ones do not filter."""
    parsed = parse(typed)
    found = Found(parsed)
    if not parsed.terms:
        return found
    synonyms = lookup()
    facets = facets_of(filters)
    by_word = clauses(parsed.words or parsed.terms, synonyms)
    exact = Question(clauses(parsed.terms, synonyms), facets)
    answer = engine().answer(exact)
    found.widened = any(len(clause.words) > 1 for clause in exact.clauses)
    found.more = len(answer.newest) >= MOST_HITS
    ordered = answer.newest if sort == "date" else ranked(parsed, answer, wordings(by_word))
    found.ids = ordered[: MOST_HITS - 1]
    if len(found.ids) < ENOUGH and parsed.words and parsed.words != parsed.terms:
        found.related = related(parsed, facets, by_word, set(found.ids))
    return found


def related(parsed: Parsed, facets, by_word, known: set[int]) -> list[int]:
    """All the words somewhere; failing that, some of them, those first that say most."""
    ids: list[int] = []
    telling = tuple(
        clause for clause in by_word if len(clause.words[0]) > 1 and not clause.words[0].isdigit()
    )
    for wanted, any_clause in ((by_word, False), (telling, True)):
        answer = engine().answer(Question(wanted, facets, any_clause), most=MOST_RELATED)
        ordered = ranked(parsed, answer, wordings(by_word))
        ids += [key for key in ordered if key not in known and key not in ids]
        if len(ids) + len(known) >= FEW:
            break
    return ids[:MOST_RELATED]


def wordings(found) -> list[tuple[str, ...]]:
    return [clause.words for clause in found]


def titles(typed: str, **filters) -> list[int]:
    """Publications whose titles hold what is being typed: for suggestions."""
    parsed = parse(typed)
    if not parsed.terms:
        return []
    wanted = clauses(parsed.terms, lambda word: ())
    answer = engine().answer(Question(wanted, facets_of(filters)), most=1)
    fitting = [
        hit for hit in answer.seen if all(term in hit.title or term in hit.number for term in parsed.terms)
    ]
    answer = Answer(seen=fitting)
    return ranked(parsed, answer, wordings(wanted))[:MOST_SUGGESTED]


def facets_of(filters: dict) -> tuple[str, ...]:
    return tuple(f"{FILTERS[name]}:{value}" for name, value in filters.items() if value not in (None, ""))
