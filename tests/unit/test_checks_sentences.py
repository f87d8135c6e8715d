"""Precision and recall of every rule over sentences that carry what an editor expects (tests/data/sentences.tsv)."""

import pytest

from bench import checks as bench
from checks.rules import RULES
from tests import labelled_sentences
from tests.labelled_sentences import Score

FLOOR = 0.8
TOTAL_FLOOR = 0.95
#: Rules about files, pictures and what a person registers have tests of their own.
ELSEWHERE = {code for code in RULES if code.startswith(("file.", "alt."))}


@pytest.fixture(scope="module")
def scores():
    return labelled_sentences.scores()


def test_the_set_is_large_and_has_both_kinds():
    sentences = labelled_sentences.sentences()
    assert len(sentences) >= 300
    assert len({sentence.text for sentence in sentences}) == len(sentences)
    assert sum(not sentence.expected for sentence in sentences) >= 150
    assert {code for sentence in sentences for code in sentence.expected} <= set(RULES)


@pytest.mark.parametrize("rule", sorted(set(RULES) - ELSEWHERE))
def test_each_rule_finds_and_does_not_invent(scores, rule):
    score = scores.get(rule, Score())
    assert score.right + score.missed >= 2, "the rule has too few sentences"
    assert score.precision >= FLOOR, score
    assert score.recall >= FLOOR, score


def test_all_rules_together(scores):
    total = sum(scores.values(), Score())
    assert total.precision >= TOTAL_FLOOR, total
    assert total.recall >= TOTAL_FLOOR, total


def test_the_figures_fail_where_a_rule_is_blind_or_sees_ghosts():
    assert Score(right=8, wrong=0, missed=4).recall < FLOOR
    assert Score(right=8, wrong=4, missed=0).precision < FLOOR
    assert Score().precision == Score().recall == 1.0


def test_an_article_with_twenty_thousand_words_is_checked_in_time():
    """The figure itself is `make bench`; here a machine under load gets ten times as long."""
    words = bench.words()
    assert len(words) >= bench.ENTRIES
    parts = bench.article()
    assert sum(len(part.text) for part in parts) >= bench.CHARACTERS
    assert bench.milliseconds(words, parts) < 10 * bench.LIMIT
