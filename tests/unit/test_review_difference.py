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


COLUMN = {
    "title": "通知公告",
    "parent": None,
    "column_info": {
        "column_type": "工作动态",
        "unit": {"code": "gov", "name": "区人民政府办公室", "short": "府办"},
        "update_days": 30,
        "contributors": {"kinds": ["township"], "units": []},
        "banner": None,
    },
}
ABOVE = "5d2c2f0e-6f3e-4c0a-9a39-5a2f2a1e5b11"


@pytest.mark.article("18")
@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("update_days", 14, "14"),
        ("unit", {"code": "egov", "name": "区电子政务办公室", "short": "电子政务办"}, "区电子政务办公室"),
        ("contributors", {"kinds": ["township"], "units": ["区水务局"]}, "区水务局"),
        ("banner", {"sha256": "c" * 64, "alt": "河湾"}, "河湾 [cccccccccccc]"),
    ],
)
def test_what_a_decision_on_a_column_changes_is_shown(key, value, shown):
    (change,) = difference(COLUMN, COLUMN | {"column_info": COLUMN["column_info"] | {key: value}})
    assert shown in change.marked


@pytest.mark.article("18")
def test_a_column_that_moves_says_below_which(settings):
    (change,) = difference(COLUMN, COLUMN | {"parent": ABOVE}, {ABOVE: "政务公开"})
    assert "<ins>政务公开</ins>" in change.marked
    (unnamed,) = difference(COLUMN, COLUMN | {"parent": ABOVE})
    assert "5d2c2f0e" in unnamed.marked


@pytest.mark.article("3")
@pytest.mark.parametrize(
    "changed",
    [
        {"unit_face": {"introduction_html": "<p>新的介绍</p>"}},
        {"home": {"grey": True}},
        {"home": {"footer": {"telephone": "0851-00000000"}}},
        {"column": ABOVE},
        {"keywords": ["供水"]},
        {"assets": [{"sha256": "d" * 64}]},
        {"something_new": {"deep": ["x"]}},
    ],
)
def test_nothing_that_is_signed_changes_unseen(changed):
    assert len(difference(OLD, OLD | changed)) == 1
