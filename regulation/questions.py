"""The nine questions of Article 15 and the four harms of Article 6, with what each answer causes.

The wording is the regulation's own. The polarity differs from question to question (一 四 七 want
否; 二 三 五 六 八 want 是; 九 is text), so nothing here may be reduced to one "all good" box.
Everything is a pure function over plain dictionaries: the screens, the services and the tests share
one truth, and the answers can be stored as JSON just as they were given.

Answers come as ``{"1": {"value": "否", "text": ""}, …, "9": {"text": "无"}}``; keys may be numbers or
strings, and a bare string stands for the value alone (for the ninth question: for the text).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from regulation.numerals import item_label

YES = "是"
NO = "否"
UNCLEAR = "不明确"
NOT_CONCERNED = "不涉及"
NOTHING = "无"


class Consequence(StrEnum):
    """What must happen after an answer, strictest first."""

    QUARANTINE = "quarantine"  # 涉密: sealed away at once
    REFER = "refer"  # 不明确: to the unit's secrecy body
    ESCALATE = "escalate"  # sensitive: to route (6)
    RETURN = "return"  # back to the author
    HOLD = "hold"  # 暂缓发布
    SOURCE_NEEDED = "source_needed"  # figures without a source
    LEADER_REASON = "leader_reason"  # statutory basis named: the leader must give his reason
    REMARK = "remark"  # shown to later signatories, never blocks


#: A reviewer who must do one of these cannot pass the item.
BLOCKING = frozenset(
    {
        Consequence.QUARANTINE,
        Consequence.REFER,
        Consequence.ESCALATE,
        Consequence.RETURN,
        Consequence.HOLD,
        Consequence.SOURCE_NEEDED,
    }
)
SEVERITY = tuple(Consequence)


@dataclass(frozen=True)
class Question:
    """One question of Article 15: its words, the answer it wants, and what another answer causes."""

    number: int
    text: str
    wanted: str | None
    consequence: Consequence | None
    choices: tuple[str, ...] = (YES, NO)

    @property
    def label(self) -> str:
        return item_label(self.number)

    @property
    def article(self) -> str:
        return f"15({self.number})"

    @property
    def is_text(self) -> bool:
        return self.wanted is None


QUESTIONS: tuple[Question, ...] = (
    Question(1, "是否涉及秘密", NO, Consequence.QUARANTINE, (YES, NO, UNCLEAR)),
    Question(2, "是否符合国家大政方针和法律法规的相关规定", YES, Consequence.RETURN),
    Question(3, "是否符合保护知识产权的有关规定", YES, Consequence.RETURN),
    Question(4, "是否会给其他单位、个人造成危害", NO, Consequence.RETURN),
    Question(5, "是否有利于我区的宣传和发展", YES, Consequence.REMARK),
    Question(6, "当前对外发布是否适宜", YES, Consequence.HOLD),
    Question(7, "是否属敏感性问题", NO, Consequence.ESCALATE),
    Question(8, "信息中的统计数据是否准确", YES, Consequence.RETURN, (YES, NO, NOT_CONCERNED)),
    Question(9, "其他一些需要根据情况把握的信息", None, None, ()),
)


class Harm(NamedTuple):
    """One of the four things Article 6 protects; unpacks as a form choice."""

    code: str
    text: str


HARMS: tuple[Harm, ...] = (
    Harm("national_security", "国家安全"),
    Harm("public_safety", "公共安全"),
    Harm("economic_security", "经济安全"),
    Harm("social_stability", "社会稳定"),
)


@dataclass(frozen=True)
class Finding:
    """An answer that later signatories must see, with what it causes (None: only worth reading)."""

    number: int
    question: str
    answer: str
    text: str
    consequence: Consequence | None


@dataclass(frozen=True)
class Judgement:
    """What a set of answers amounts to."""

    missing: tuple[int, ...]
    consequences: tuple[Consequence, ...]
    exceptions: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def may_pass(self) -> bool:
        """Whether 审核通过 is open with these answers."""
        return self.complete and not BLOCKING.intersection(self.consequences)

    @property
    def leading(self) -> Consequence | None:
        """The strictest consequence: the one the reviewer is led to."""
        return self.consequences[0] if self.consequences else None


@dataclass(frozen=True)
class HarmJudgement:
    """Which of the four harms were left unanswered and which were answered 是."""

    missing: tuple[str, ...]
    endangered: tuple[str, ...]

    @property
    def may_submit(self) -> bool:
        return not self.missing and not self.endangered


def judge(answers: Mapping[Any, Any], *, emergency: bool = False) -> Judgement:
    """Weigh the nine answers.

    `emergency` says the item is already on route (6), where 七 = 是 is what brought it there and
    therefore an exception worth showing, not a reason to move it again.
    """
    missing: list[int] = []
    findings: list[Finding] = []
    for question in QUESTIONS:
        value, text = _read(answers, question)
        if _is_missing(question, value, text):
            missing.append(question.number)
            continue
        finding = _finding(question, value, text, emergency)
        if finding is not None:
            findings.append(finding)
    causes = {finding.consequence for finding in findings if finding.consequence}
    ordered = tuple(sorted(causes, key=SEVERITY.index))
    return Judgement(tuple(missing), ordered, tuple(findings))


def judge_secrecy(value: str) -> Consequence | None:
    """Weigh question 一 alone, as the secrecy reviewer answers it; an unknown word is unclear."""
    if value == NO:
        return None
    return Consequence.QUARANTINE if value == YES else Consequence.REFER


def judge_harms(answers: Mapping[str, Any]) -> HarmJudgement:
    """Weigh the author's answers to "does it endanger …?"; every harm needs an explicit 是 or 否."""
    missing = tuple(harm.code for harm in HARMS if answers.get(harm.code) not in (YES, NO))
    endangered = tuple(harm.code for harm in HARMS if answers.get(harm.code) == YES)
    return HarmJudgement(missing, endangered)


def clean_answers() -> dict[str, dict[str, str]]:
    """The answers of an item with nothing to remark: a starting point for tests and demo data."""
    answers = {str(q.number): {"value": q.wanted or "", "text": ""} for q in QUESTIONS}
    answers["8"]["value"] = NOT_CONCERNED
    answers["9"]["text"] = NOTHING
    return answers


def _read(answers: Mapping[Any, Any], question: Question) -> tuple[str, str]:
    """Value and text of one answer, whatever shape the form or the JSON gave it."""
    raw = answers.get(question.number, answers.get(str(question.number)))
    if isinstance(raw, Mapping):
        value, text = raw.get("value") or "", raw.get("text") or ""
    elif question.is_text:
        value, text = "", raw or ""
    else:
        value, text = raw or "", ""
    return str(value).strip(), str(text).strip()


def _is_missing(question: Question, value: str, text: str) -> bool:
    """An answer outside the offered choices is no answer; the ninth needs words, 无 at the least."""
    if question.is_text:
        return not text
    return value not in question.choices


def _finding(question: Question, value: str, text: str, emergency: bool) -> Finding | None:
    """What one given answer leads to; None where it is simply the wanted one."""
    consequence = _consequence(question, value, text, emergency)
    if question.is_text:
        worth_showing = text != NOTHING
    else:
        worth_showing = consequence is not None or value not in (question.wanted, NOT_CONCERNED)
    if not worth_showing:
        return None
    return Finding(question.number, question.text, value, text, consequence)


def _consequence(question: Question, value: str, text: str, emergency: bool) -> Consequence | None:
    """The table of consequences, exceptions to the plain "wanted or not" rule first."""
    if question.is_text:
        return None
    if question.number == 8:
        return _figures(value, text)
    if value == question.wanted:
        return None
    if value == UNCLEAR:
        return Consequence.REFER
    if question.number == 4 and text:
        return Consequence.LEADER_REASON
    if question.number == 7 and emergency:
        return None
    return question.consequence


def _figures(value: str, text: str) -> Consequence | None:
    """八: accurate figures name their source; inaccurate ones go back."""
    if value == NOT_CONCERNED:
        return None
    if value == NO:
        return Consequence.RETURN
    return None if text else Consequence.SOURCE_NEEDED
