"""Sentences of government prose, each with the rules that ought to speak up, and how well the checks do on them.

`data/sentences.tsv` is labelled by what an editor would want, not by what the engine does; `bench/checks.py` prints
the same figures that `test_checks_sentences.py` holds to their floors.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from checks import documents, engine, lists
from checks.findings import Context
from checks.words import Word, WordSet

FILE = Path(__file__).parent / "data" / "sentences.tsv"
DEAD = frozenset(["https://www.anshun.gov.cn/gone.html", "https://www.guizhou.gov.cn/gone.html"])
#: The lists ship without persons; these are nobody.
LEADERS = (
    Word("leader", "程示甲", standard="区长", contexts=("书记", "副区长", "局长"), order=1),
    Word("leader", "程示乙", standard="副区长", contexts=("书记", "局长"), order=2),
    Word("leader", "程示丙", standard="区长", order=3, current=False),
)


@dataclass(frozen=True)
class Sentence:
    """A line of the file."""

    number: int
    text: str
    expected: frozenset[str]


@dataclass
class Score:
    """Of one rule: hits that are right, hits that are not, and what it missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def sentences() -> list[Sentence]:
    found = []
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            codes, text = line.split("\t", 1)
            found.append(Sentence(number, text, frozenset(codes.split()) - {"-"}))
    return found


@lru_cache(maxsize=1)
def shipped_words() -> WordSet:
    """The lists as they come with the portal, and the persons of the sentences."""
    words = [
        Word(
            row["list"],
            row["word"],
            standard=row["standard"],
            level=row["level"],
            exceptions=lists.parted(row["exceptions"]),
            contexts=lists.parted(row["contexts"]),
            note=row["note"],
        )
        for row in lists.shipped().values()
    ]
    return WordSet([*words, *LEADERS], "随系统提供")


def found_in(sentence: Sentence) -> frozenset[str]:
    part = documents.rich("正文", sentence.text)
    return frozenset(finding.rule for finding in engine.check([part], shipped_words(), Context(dead=DEAD)))


def scores() -> dict[str, Score]:
    counts = {"right": Counter(), "wrong": Counter(), "missed": Counter()}
    for sentence in sentences():
        found = found_in(sentence)
        counts["right"].update(found & sentence.expected)
        counts["wrong"].update(found - sentence.expected)
        counts["missed"].update(sentence.expected - found)
    rules = sorted(set().union(*counts.values()))
    return {rule: Score(*(counts[kind][rule] for kind in ("right", "wrong", "missed"))) for rule in rules}
