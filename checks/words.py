"""Word lists as an automaton: twenty thousand entries cost one walk over the text (Aho–Corasick).

An entry's exceptions stand in the same automaton; a word that lies inside one of them is no hit, nor one that is
part of its own standard form, nor one inside a longer word of the same list.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from checks.findings import Context, Hit, Part

RULE_OF = {
    "fatal": "word.fatal",
    "typo": "word.typo",
    "wording": "word.wording",
    "name": "word.name",
    "leader": "word.leader",
    "secrecy": "word.secret",
}
WINDOW = 12  # characters around a word in which a required context must stand
SENTENCE = re.compile(r"[^。！？；\n]+")


@dataclass(frozen=True)
class Word:
    """An entry as the engine needs it."""

    list: str
    word: str
    standard: str = ""
    level: str = ""
    exceptions: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    note: str = ""
    order: int = 0
    current: bool = True


class WordSet:
    """All entries valid on a day, with the version they are known by."""

    def __init__(self, words=(), version: str = ""):
        self.version = version
        self.words: dict[tuple[str, str], Word] = {(w.list, w.word): w for w in words}
        self.automaton = ahocorasick.Automaton()
        roles: dict[str, list] = {}
        for word in self.words.values():
            roles.setdefault(word.word, []).append((word, None))
            for exception in excepted(word):
                roles.setdefault(exception, []).append((word, exception.find(word.word)))
        for key, meanings in roles.items():
            self.automaton.add_word(key, (len(key), tuple(meanings)))
        self.has_leaders = any(word.list == "leader" for word in self.words.values())
        self.empty = not roles
        if roles:
            self.automaton.make_automaton()

    def __len__(self):
        return len(self.words)

    def hits(self, text: str) -> Iterator[tuple[Word, int, int]]:
        """(word, start, end), without what exceptions and longer words cover."""
        if self.empty or not text:
            return
        found, covered = [], set()
        for last, (length, meanings) in self.automaton.iter(text):
            start = last - length + 1
            for word, offset in meanings:
                if offset is None:
                    found.append((word, start, last + 1))
                else:
                    covered.update(places(word, start, length, text))
        for word, start, end in longest(found):
            if (word.list, word.word, start) not in covered and in_context(word, text, start, end):
                yield word, start, end


def excepted(word: Word) -> set[str]:
    """Phrases in which the word is right: the exceptions, and a standard form that contains it."""
    phrases = {phrase for phrase in word.exceptions if word.word in phrase}
    if word.standard != word.word and word.word in word.standard:
        phrases.add(word.standard)
    return phrases


def places(word: Word, start: int, length: int, text: str) -> Iterator[tuple[str, str, int]]:
    phrase, at = text[start : start + length], 0
    while (at := phrase.find(word.word, at)) >= 0:
        yield word.list, word.word, start + at
        at += 1


def longest(found: list) -> list:
    """Of words of one list that overlap, the longest; else the first."""
    kept: list = []
    for word, start, end in sorted(found, key=lambda hit: (hit[0].list, hit[1], -hit[2])):
        last = kept[-1] if kept else None
        if last and last[0].list == word.list and start < last[2]:
            if end - start > last[2] - last[1]:
                kept[-1] = (word, start, end)
            continue
        kept.append((word, start, end))
    return kept


def in_context(word: Word, text: str, start: int, end: int) -> bool:
    if not word.contexts or word.list == "leader":
        return True
    around = text[max(0, start - WINDOW) : end + WINDOW]
    return any(context in around for context in word.contexts)


def detect(part: Part, context: Context, words: WordSet) -> Iterator[Hit]:
    for word, start, end in words.hits(part.text):
        if word.list == "leader":
            if hit := leader_hit(word, part.text, start, end):
                yield hit
            continue
        yield Hit(
            RULE_OF[word.list], start, end, suggestion=advice(word), level=word.level, message=message(word)
        )
    yield from out_of_order(part, words)


def advice(word: Word) -> str:
    return f"规范写法：{word.standard}" if word.standard else ""


def message(word: Word) -> str:
    return word.note


def leader_hit(word: Word, text: str, start: int, end: int) -> Hit | None:
    """A name whose entry has ended, or with another post right before or behind it than the registered one."""
    if not word.current:
        return Hit("word.leader", start, end, message=f"登记的任职已经结束：{word.note or word.standard}")
    before, after = text[max(0, start - WINDOW) : start].rstrip(), text[end : end + WINDOW].lstrip()
    posts = posts_pattern(word)
    named = [*posts.finditer(before), *posts.finditer(after)]
    beside = [m.group() for m in posts.finditer(before) if m.end() == len(before)]
    beside += [m.group() for m in posts.finditer(after) if m.start() == 0]
    if set(beside) & set(word.contexts) and word.standard not in {match.group() for match in named}:
        return Hit("word.leader", start, end, suggestion=f"登记职务：{word.standard}")
    return None


@lru_cache(maxsize=512)
def posts_pattern(word: Word) -> re.Pattern:
    """The registered post and the others, the longest first: 副区长 is not 区长."""
    posts = sorted({word.standard, *word.contexts} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, posts)) or r"(?!)")


def out_of_order(part: Part, words: WordSet) -> Iterator[Hit]:
    """Within one sentence leaders stand in their registered order."""
    if not words.has_leaders:
        return
    for sentence in SENTENCE.finditer(part.text):
        named = [hit for hit in words.hits(sentence.group()) if hit[0].list == "leader" and hit[0].order]
        for before, after in itertools.pairwise(named):
            if after[0].order < before[0].order:
                at = sentence.start()
                yield Hit("word.leader_order", at + before[1], at + after[2])
