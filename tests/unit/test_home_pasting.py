"""The clipboard of Word and WPS, in the shapes that they really write, becomes plain words and lists."""

from pathlib import Path

import pytest

from home.pasting import cleaned, is_office, tidied

CLIPBOARD = Path(__file__).parent.parent / "data" / "clipboard"
WORD = (CLIPBOARD / "word.html").read_text()
WPS = (CLIPBOARD / "wps.html").read_text()


def test_word():
    assert cleaned(WORD) == (
        "<h3>总体要求</h3><p>各单位要<b>高度重视</b>，2026年<b>完成</b>。</p>"
        "<ul><li>包扎管道<ul><li>露天部分</li></ul></li><li>水表加盖</li></ul>"
        "<ol><li>先查</li><li>后修</li></ol><p>第一条为保障供水。</p>"
        '<p>见<a href="https://www.gov.cn/zhengce/" rel="external noopener">政策</a>，草案</p>'
    )


def test_wps():
    assert cleaned(WPS) == (
        "<p><b>停水公告</b></p><ol><li>东关街道</li><li>西街街道</li></ol>"
        "<p>恢复供水另行通知。</p><p>片区　时间</p>"
    )


@pytest.mark.parametrize("html", [WORD, WPS])
def test_nothing_of_the_machine_stays(html):
    assert is_office(html)
    for debris in (
        "mso",
        "C:",
        "zhang",
        "font",
        "宋体",
        "隐藏",
        "删去",
        "批注",
        "&nbsp;",
        "<o:",
        "supportLists",
    ):
        assert debris not in cleaned(html)
    assert cleaned(cleaned(html)) == cleaned(html)


def test_what_is_not_from_an_office_is_left_to_the_editor():
    assert not is_office("<p>普通网页</p>")


def test_what_an_unfiltered_paste_left_in_the_words():
    assert tidied("<p>·&nbsp;&nbsp;&nbsp;&nbsp; 包扎管道</p><p>l\xa0\xa0 水表加盖</p>") == (
        "<ul><li>包扎管道</li><li>水表加盖</li></ul>"
    )
    assert (
        tidied('<p data-block-key="a1">电话\xa0\xa0另行通知\ue4c6</p>')
        == '<p data-block-key="a1">电话 另行通知</p>'
    )
    for kept in ("<p>l  is a letter</p>", "<ul><li>甲</li></ul><p>乙</p>"):
        assert tidied(kept) == kept
