"""One spelling for what is written differently: the query side of what migration 0002 does to every text.

NFKC, small letters, punctuation and spaces as one space; a traditional query becomes simplified. The two sides must
agree, so the same tables go into the SQL functions (tests compare them).
"""

import re
import unicodedata
from functools import cache

# What separates words. Ranges understood alike by Python's and PostgreSQL's regular expressions.
SEPARATORS = (
    r"[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3006\u3008-\u3020"
    r"\u3030-\u303f\u30fb\ufe00-\ufe6f\uff00-\uffff\U0001f000-\U0001faff]+"
)
CAPITALS, SMALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
RUN = "[0-9a-z]+"
LONGEST_RUN = 60

_separators = re.compile(SEPARATORS)
_lower = str.maketrans(CAPITALS, SMALL)
_pieces = re.compile(rf"({RUN})|(\s+)|([^0-9a-z\s]+)")
_surrogates = re.compile("[\x00\ud800-\udfff]")


def fold(text: str) -> str:
    """The words of a text as they are indexed."""
    text = unicodedata.normalize("NFKC", _surrogates.sub(" ", text)).translate(_lower)
    return _separators.sub(" ", text).strip()


@cache
def _converter():
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """What a reader typed in traditional characters, as the approved texts are written."""
    return _converter().convert(_surrogates.sub(" ", text))


def pieces(folded: str) -> list[tuple[str, bool]]:
    """Runs of a folded text in order; True for Latin letters and digits, which stay whole."""
    found = []
    for run, _space, other in _pieces.findall(folded):
        if run:
            found.append((run[:LONGEST_RUN], True))
        elif other:
            found.append((other, False))
    return found


def grams(folded: str) -> list[str]:
    """Grams that a text must have to hold these words: pairs of characters, a lone one, whole Latin runs."""
    found = []
    for piece, latin in pieces(folded):
        if latin or len(piece) == 1:
            found.append(piece)
        else:
            found += [piece[i : i + 2] for i in range(len(piece) - 1)]
    return list(dict.fromkeys(found))
