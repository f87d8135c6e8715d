"""The table of articles is complete, verbatim, honest about its state, and printed fresh."""

import pickle
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.module_loading import import_string

from regulation import source, table
from regulation.articles import ARTICLES, Level, whole_articles
from regulation.numerals import article_label, chinese_numeral
from regulation.refusals import Refusal

#: Later work covers these; the table must not claim them.
LATER = {"10", "11", "12", "14(1)2", "16", "20", "21", "22", "23", "24"}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_all_25_articles_in_order():
    assert [article.number for article in whole_articles()] == [str(n) for n in range(1, 26)]


def test_article_14_has_its_paragraphs():
    paragraphs = [number for number in ARTICLES if number.startswith("14(")]
    expected = ["14(1)", "14(1)2", "14(1)3", "14(2)", "14(3)", "14(4)", "14(5)", "14(6)"]
    assert paragraphs == expected


def test_the_words_put_together_are_the_regulation():
    """Nothing left out, nothing added: chapters and articles rebuilt equal the file's own body."""
    text = source.full_text()
    body = text[text.index("第一章") : text.index(source.ATTACHMENT)]
    rebuilt = "".join(
        heading + "".join(f"第{chinese_numeral(int(number))}条{_whole(number)}" for number in numbers)
        for heading, numbers in source.chapters()
    )
    assert squeezed(rebuilt) == squeezed(body)


def _whole(number: str) -> str:
    if number != "14":
        return ARTICLES[number].text
    words = ARTICLES["14"].text
    for key, article in ARTICLES.items():
        if key.startswith("14("):
            label = "" if key[-1] != ")" else f"（{chinese_numeral(int(key[3]))}）"
            words += label + article.text
    return words


def test_notice_and_notes_are_found():
    assert len(source.notice_paragraphs()) == 2
    assert source.TITLE in source.notice_paragraphs()[1]
    assert [note[0] for note in source.attachment_notes()] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("path", sorted({p for a in ARTICLES.values() for p in a.enforced_by}))
def test_what_carries_an_article_exists(path):
    assert import_string(path) is not None


@pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES)
def test_done_means_a_marked_test_and_something_that_carries_it(article):
    if article.done:
        assert article.enforced_by
        assert table.marked_tests()[article.number], f"no test carries the marker of {article.label}"
    else:
        assert article.number in LATER, f"{article.label} belongs to this issue and is not done"
        assert article.note.startswith("not yet done")


def test_levels_are_those_of_the_design():
    assisted = {n for n, a in ARTICLES.items() if a.level == Level.ASSISTED}
    assert assisted == {"10", "16", "21", "22", "23"}


def test_the_document_is_fresh():
    assert table.DOCUMENT.read_text(encoding="utf-8") == table.render(), "run manage.py regulation_table"


@pytest.mark.parametrize(
    ("citation", "label"),
    [
        ("1", "第一条"),
        ("10", "第十条"),
        ("13", "第十三条"),
        ("20", "第二十条"),
        ("25", "第二十五条"),
        ("14(6)", "第十四条第（六）项"),
        ("14(1)2", "第十四条第（一）项第二款"),
        ("attachment", "附件《信息发布保密审查表》"),
    ],
)
def test_labels(citation, label):
    assert article_label(citation) == label


@pytest.mark.parametrize("citation", ["", "x", "14(", "14(1)22", "100", "0"])
def test_a_wrong_citation_is_refused(citation):
    with pytest.raises(ValueError, match=r"citation|1 to 99"):
        article_label(citation)


def test_a_refusal_cites_its_article():
    refusal = Refusal("未经审核不得发布", article="14", code="unsigned")
    assert str(refusal) == "未经审核不得发布（第十四条）"
    assert isinstance(refusal, PermissionDenied)
    assert str(pickle.loads(pickle.dumps(refusal))) == str(refusal)
