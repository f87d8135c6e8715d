"""What every engine answers: the same question, the same shape of answer, whether PostgreSQL or a search server."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

MOST_TITLES = 300  # newest hits in titles that are ranked
MOST_TEXTS = 100  # newest hits in texts that are ranked
MOST_HITS = 1001  # one more than is counted: “1000+”


@dataclass(frozen=True)
class Clause:
    """Words of one meaning; a text must hold one of them."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """All clauses must hold; `facets` are the filters as `SearchEntry.facets` writes them."""

    clauses: tuple[Clause, ...]
    facets: tuple[str, ...] = ()
    any_clause: bool = False  # one of them is enough: the last attempt for a long question


@dataclass(frozen=True)
class Hit:
    """What ranking looks at; `times` is how often the text says the words, as far as the engine tells."""

    publication_id: int
    title: str
    number: str
    published_at: datetime
    times: int = 0


@dataclass
class Answer:
    """`newest` are all hits, newest first, up to a number; `seen` those of them that ranking looks at."""

    seen: list[Hit] = field(default_factory=list)
    newest: list[int] = field(default_factory=list)


class Engine(Protocol):
    def answer(self, question: Question, *, most=MOST_HITS) -> Answer:
        """The newest hits in titles and texts."""

    def index(self, publication_ids: list[int]) -> None:
        """Take the entries of these publications as they are now; those without an entry are dropped."""

    def drop(self, publication_ids: list[int]) -> None: ...
