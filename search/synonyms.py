"""Words of one meaning, as the e-gov office keeps them; read anew for every question, so a change holds at once."""

from collections.abc import Callable

from search.folding import fold
from search.models import Synonym

MOST = 4  # other wordings of one term


def groups() -> list[list[str]]:
    rows = Synonym.objects.filter(active=True).only("words")
    return [[fold(word) for word in row.listed()] for row in rows]


def lookup(known=None) -> Callable[[str], list[str]]:
    """A function from a term to its other wordings: of the whole term, or with one word in it replaced."""
    known = groups() if known is None else known

    def others(term: str) -> list[str]:
        found = []
        for group in known:
            # The longest word of the group that stands in the term: 医疗保险 before 保险.
            here = max((word for word in group if word in term), key=len, default=None)
            if here is not None:
                found += [term.replace(here, word) for word in group if word != here and here not in word]
                found += [word for word in group if here in word and word != here and word not in term]
        return list(dict.fromkeys(found))[:MOST]

    return others
