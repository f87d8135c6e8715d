"""Every polarity and every consequence of the nine questions, and the four harms."""

import pytest

from regulation import source
from regulation.questions import (
    BLOCKING,
    HARMS,
    NO,
    NOT_CONCERNED,
    QUESTIONS,
    UNCLEAR,
    YES,
    Consequence,
    clean_answers,
    judge,
    judge_harms,
    judge_secrecy,
)

pytestmark = pytest.mark.article("15")


def answered(number: int, value: str = "", text: str = "") -> dict:
    answers = clean_answers()
    answers[str(number)] = {"value": value, "text": text}
    return answers


def test_the_words_are_the_regulations():
    words = [line.rstrip("；。") for line in source.articles()["15"].splitlines()[1:]]
    assert [question.label + question.text for question in QUESTIONS] == words


def test_polarity_differs():
    wanted = {question.number: question.wanted for question in QUESTIONS}
    assert [number for number, value in wanted.items() if value == NO] == [1, 4, 7]
    assert [number for number, value in wanted.items() if value == YES] == [2, 3, 5, 6, 8]
    assert wanted[9] is None


def test_the_wanted_answers_pass_without_exception():
    judgement = judge(clean_answers())
    assert judgement.may_pass
    assert judgement.exceptions == ()
    assert judgement.leading is None


@pytest.mark.parametrize(
    ("number", "value", "text", "consequence"),
    [
        (1, YES, "", Consequence.QUARANTINE),
        (1, UNCLEAR, "", Consequence.REFER),
        (2, NO, "", Consequence.RETURN),
        (3, NO, "", Consequence.RETURN),
        (4, YES, "", Consequence.RETURN),
        (4, YES, "《行政处罚法》第四十八条", Consequence.LEADER_REASON),
        (5, NO, "", Consequence.REMARK),
        (6, NO, "", Consequence.HOLD),
        (7, YES, "", Consequence.ESCALATE),
        (8, YES, "", Consequence.SOURCE_NEEDED),
        (8, NO, "", Consequence.RETURN),
        (8, NO, "区统计局", Consequence.RETURN),
    ],
)
def test_consequences(number, value, text, consequence):
    judgement = judge(answered(number, value, text))
    assert judgement.consequences == (consequence,)
    assert judgement.may_pass is (consequence not in BLOCKING)
    assert [finding.number for finding in judgement.exceptions] == [number]


@pytest.mark.parametrize("number", range(1, 10))
def test_every_question_must_be_answered(number):
    answers = clean_answers()
    del answers[str(number)]
    judgement = judge(answers)
    assert judgement.missing == (number,)
    assert not judgement.may_pass


@pytest.mark.parametrize(
    ("number", "value"),
    [(1, "也许"), (2, UNCLEAR), (5, NOT_CONCERNED), (8, UNCLEAR), (3, ""), (9, YES)],
)
def test_an_answer_that_is_not_offered_is_none(number, value):
    assert judge(answered(number, value)).missing == (number,)


def test_the_eighth_names_its_source_or_does_not_concern():
    assert judge(answered(8, YES, "区统计局2026年第三季度公报")).exceptions == ()
    assert judge(answered(8, NOT_CONCERNED)).exceptions == ()


def test_the_ninth_is_text_shown_to_those_who_sign_later():
    judgement = judge(answered(9, text="同期另有一则通知，请一并阅看"))
    assert judgement.may_pass
    assert [finding.text for finding in judgement.exceptions] == ["同期另有一则通知，请一并阅看"]


def test_a_remark_never_blocks():
    assert judge(answered(5, NO)).may_pass


def test_on_the_emergency_route_sensitive_is_shown_and_moves_nothing():
    judgement = judge(answered(7, YES), emergency=True)
    assert judgement.may_pass
    assert [finding.number for finding in judgement.exceptions] == [7]


def test_the_strictest_consequence_leads():
    answers = clean_answers()
    for number, value in ((5, NO), (6, NO), (2, NO), (7, YES), (1, YES)):
        answers[str(number)] = {"value": value}
    judgement = judge(answers)
    assert judgement.leading == Consequence.QUARANTINE
    assert judgement.consequences == (
        Consequence.QUARANTINE,
        Consequence.ESCALATE,
        Consequence.RETURN,
        Consequence.HOLD,
        Consequence.REMARK,
    )


def test_keys_may_be_numbers_and_answers_plain_words():
    plain = {q.number: q.wanted for q in QUESTIONS} | {8: NOT_CONCERNED, 9: "无"}
    assert judge(plain).may_pass


@pytest.mark.parametrize(
    ("value", "consequence"),
    [(NO, None), (YES, Consequence.QUARANTINE), (UNCLEAR, Consequence.REFER), ("", Consequence.REFER)],
)
def test_the_first_question_is_asked_twice(value, consequence):
    assert judge_secrecy(value) == consequence


@pytest.mark.article("6")
def test_the_four_harms_are_the_regulations():
    words = source.articles()["6"]
    assert [harm.text for harm in HARMS] == ["国家安全", "公共安全", "经济安全", "社会稳定"]
    assert all(harm.text in words for harm in HARMS)


@pytest.mark.article("6")
def test_every_harm_needs_an_answer():
    no_harm = {harm.code: NO for harm in HARMS}
    assert judge_harms(no_harm).may_submit
    for harm in HARMS:
        assert judge_harms(no_harm | {harm.code: ""}).missing == (harm.code,)
        assert judge_harms(no_harm | {harm.code: YES}).endangered == (harm.code,)
        assert not judge_harms(no_harm | {harm.code: YES}).may_submit
    assert len(judge_harms({}).missing) == 4
