"""Charts are drawn from the cells that were signed, say in words what they show, and let nothing through unescaped."""

from xml.etree import ElementTree

import pytest
from wagtail.blocks import StructBlockValidationError

from home import charts, merging
from home.table_blocks import DataBlock

HEAD = ["月份", "件数", "办结率"]
ROWS = [["一月", "1,200", "98.5%"], ["二月", "-30", "100%"], ["三月", "21.5", "0%"]]


def block(chart="bar", head=HEAD, rows=ROWS, **more):
    return {
        "type": "table",
        "caption": "办件统计",
        "head": head,
        "rows": rows,
        "chart": chart,
        "unit": "件",
        **more,
    }


@pytest.mark.parametrize(("chart", "mark", "number"), [("bar", "rect", 6), ("line", "circle", 6)])
def test_a_mark_for_every_number(chart, mark, number):
    tree = ElementTree.fromstring(charts.svg(block(chart)))
    drawn = [node for node in tree.iter(mark) if node.get("width") != "14"]
    assert len(drawn) == number


def test_a_pie_adds_up():
    tree = ElementTree.fromstring(charts.svg(block("pie", HEAD[:2], [["甲", "1"], ["乙", "3"]])))
    assert [node.tag for node in tree.iter("path")] == ["path", "path"]
    assert "乙 3件（75.0%）" in "".join(tree.itertext())
    whole = charts.svg(block("pie", HEAD[:2], [["甲", "5"], ["乙", "0"]]))
    assert "<circle" in whole


def test_it_says_what_it_shows():
    tree = ElementTree.fromstring(charts.svg(block(), ))  # fmt: skip
    assert tree.get("role") == "img"
    words = {node.tag: node.text for node in tree if node.tag in ("title", "desc")}
    assert words["title"] == "办件统计（柱状图）"
    assert "最高为一月1,200件，最低为二月-30件" in words["desc"]
    named = tree.get("aria-labelledby").split()
    assert [node.get("id") for node in tree if node.tag in ("title", "desc")] == named


def test_nothing_gets_out_of_its_words():
    rows = [['<script>alert("1")</script>', "1", "2"]]
    svg = charts.svg(block(rows=rows, caption='"><script>', unit="<b>"))
    assert "<script" not in svg
    assert "<b>" not in svg
    assert "style=" not in svg  # the public pages allow no inline styles
    ElementTree.fromstring(svg)


@pytest.mark.parametrize(
    ("chart", "head", "rows", "merges", "reason"),
    [
        ("bar", HEAD, ROWS, [(0, 0, 1, 2)], "merged"),
        ("bar", HEAD, [["一月", "很多", "—"]], (), "numbers"),
        ("bar", ["月份"], [["一月"]], (), "numbers"),
        ("pie", HEAD, ROWS, (), "negative"),
        ("pie", HEAD[:2], [[str(n), "1"] for n in range(13)], (), "many"),
        ("line", HEAD, ROWS, (), ""),
    ],
)
def test_why_a_table_cannot_be_drawn(chart, head, rows, merges, reason):
    assert charts.problem(chart, head, rows, merges) == reason
    assert bool(charts.svg(block(chart, head, rows, merges=list(merges)))) is (reason == "")


@pytest.mark.parametrize("values", [["0"], ["0.0001", "3"], ["-5", "-1"], ["99999999999", "1"]])
def test_axes_hold_every_value(values):
    numbers = [float(value) for value in values]
    marks = charts.steps(min(numbers), max(numbers))
    assert marks[0] <= min(0, *numbers)
    assert marks[-1] >= max(0, *numbers) * 0.999
    assert len(marks) <= 9
    assert charts.svg(block(head=HEAD[:2], rows=[["项", value] for value in values]))


def test_cells_pasted_from_excel():
    cells = '月份\t件数\r\n一月\t12\r\n"二\n月"\t30\r\n\r\n'
    assert merging.lines_of(cells) == (["月份", "件数"], [["一月", "12"], ["二 月", "30"]])
    assert merging.lines_of("没有制表符") == ([], [])


def value_of(**changes):
    blank = {"caption": "办件", "cells": "月份\t件数\n一月\t12", "unit": "", "chart": "bar", "source": ""}
    return DataBlock().to_python(blank | changes)


def test_the_block_refuses_what_cannot_be_drawn_or_read():
    assert DataBlock().clean(value_of())["chart"] == "bar"
    for changes, field in (
        ({"cells": "一列\n一行"}, "cells"),
        ({"cells": "月份\t件数\n一月\t很多"}, "chart"),
    ):
        with pytest.raises(StructBlockValidationError) as refused:
            DataBlock().clean(value_of(**changes))
        assert field in refused.value.block_errors


def test_merged_ranges():
    assert merging.fitting("A1:C1；a2:a4", 4, 3) == [(0, 0, 1, 3), (1, 0, 3, 1)]
    for wrong in ("A1", "C1:A1", "A1:A1", "A1:D1", "A1:B2，B2:C3", "A1:A9"):
        with pytest.raises(ValueError):
            merging.fitting(wrong, 4, 3)
