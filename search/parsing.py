"""From what a reader typed to clauses. Whatever is typed is words: there are no operators to get wrong."""

from dataclasses import dataclass

from search.contract import Clause
from search.folding import fold, simplified

LONGEST = 60  # characters of a question that are looked for
MOST_TERMS = 8
# Words that say how one asks, not what about.
_asking = (
    "的 了 和 与 及 或 在 是 有 我 我们 我要 你 吗 呢 吧 请问 请 想 要 怎么 怎样 怎么办 如何 哪里 哪儿 哪些 什么 "
    "什么时候 多少 为什么 可以 能 能否 是否 关于 对 对于 从 到 把 被 就 都 也 还 一个 这个 那个 去 查 查询 知道 需要"
)
ASKING = frozenset(_asking.split())
HOW = frozenset(("怎么", "怎样", "如何", "怎么办"))
DOING = frozenset(("办", "办理", "申请", "申领", "领取", "报名", "查"))  # after “how” they only ask


@dataclass(frozen=True)
class Parsed:
    """`typed` is shown again, `terms` must be found, `words` are the terms cut at word boundaries."""

    typed: str
    terms: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def whole(self) -> str:
        return "".join(self.terms)


def parse(typed: str) -> Parsed:
    """Cut to size, simplified, folded, split. Empty terms mean that nothing can be looked for."""
    typed = " ".join(typed[: LONGEST * 4].replace("\x00", " ").split())[:LONGEST]
    terms = tuple(dict.fromkeys(fold(simplified(typed)).split()))[:MOST_TERMS]
    return Parsed(typed, terms, cut(terms))


def cut(terms) -> tuple[str, ...]:
    """Words of the terms as rjieba cuts them, without those that only ask."""
    import rjieba

    found = []
    for term in terms:
        pieces = [word for word in rjieba.cut(term) if word.strip()] if len(term) > 2 else [term]
        found += [
            word
            for before, word in zip(["", *pieces], pieces, strict=False)
            if word not in ASKING and not (word in DOING and before in HOW)
        ]
    return tuple(dict.fromkeys(found))[: MOST_TERMS * 2]


def clauses(words, synonyms) -> tuple[Clause, ...]:
    """Each word with what means the same; `synonyms(word)` lists the others."""
    return tuple(Clause((word, *(other for other in synonyms(word) if other != word))) for word in words)
