"""What changed, for those who signed before and against what is public."""

import pytest

from review.difference import body_text, difference, plain

OLD = {
    "title": "供水管网冲洗安排",
    "summary": "",
    "body": [{"type": "rich_text", "html": "<p>定于周一冲洗。请储水。</p>"}],
    "attachments": [{"sha256": "a" * 64, "title": "安排表", "size": 10}],
    "source": {"kind": "own", "name": "区水务局"},
}


def _changed(**fields):
    return {change.label: change.marked for change in difference(OLD, OLD | fields)}


def test_nothing_to_compare_with_and_nothing_changed():
    assert difference(None, OLD) == []
    assert difference(OLD, dict(OLD)) == []


@pytest.mark.article("3")
@pytest.mark.parametrize(
    ("fields", "deleted", "inserted"),
    [
        ({"title": "供水安排"}, "供水管网冲洗安排", "供水安排"),
        ({"body": [{"type": "rich_text", "html": "<p>定于周二冲洗。请储水。</p>"}]}, "周一", "周二"),
        ({"attachments": [{"sha256": "b" * 64, "title": "安排表", "size": 10}]}, "aaaa", "bbbb"),
        ({"source": {"kind": "own", "name": "区水利局"}}, "区水务局", "区水利局"),
    ],
)
def test_text_files_and_source_count(fields, deleted, inserted):
    (marked,) = _changed(**fields).values()
    before, after = marked.split("<ins>")
    assert deleted in before and inserted in after


@pytest.mark.article("3")
def test_a_changed_link_target_is_a_change():
    one = '<p><a href="https://a.gov.cn/">通知</a></p>'
    two = one.replace("a.gov", "b.gov")
    assert plain(one) != plain(two)
    assert (
        len(
            difference(
                OLD | {"body": [{"type": "rich_text", "html": one}]},
                OLD | {"body": [{"type": "rich_text", "html": two}]},
            )
        )
        == 1
    )


def test_markup_of_the_item_cannot_become_markup_of_the_page():
    (marked,) = _changed(title="<script>alert(1)</script>").values()
    assert "<script>" not in marked and "&lt;script&gt;" in marked


def test_tables_are_compared_cell_by_cell():
    table = {"type": "table", "caption": "价格", "head": ["项"], "rows": [["1"], ["2"]]}
    assert body_text({"body": [table]}) == "价格\n项\n1\n2"
