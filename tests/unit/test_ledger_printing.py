"""The printed register: every line whole, whatever its title; A4 across."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

from ledger import printing
from ledger.lines import Line

NAMES = ("secrecy", "保密审查"), ("review", "审核"), ("approval", "审批")


def entry(number=1, **facts):
    signatories = [
        {
            "opinion": code,
            "label": label,
            "person": "旧州镇 保密审查员",
            "on_behalf_of": "",
            "decision": "agree",
            "remark": "",
            "medium": "online",
            "at": "2026-11-23T10:00:00.000001+08:00",
        }
        for code, label in NAMES
    ]
    known = {
        "title": "旧州古镇灯会安排",
        "unit": "旧州镇",
        "column": "通知公告",
        "route_label": "乡（镇）、办事处、新型社区信息",
        "source": {"kind": "own"},
        "author": {"id": 1, "name": "旧州镇 信息员"},
        "sheet_number": "XXBM-2026-000123",
        "published_at": "2026-11-23T10:00:00.000001+08:00",
        "signatories": signatories,
        "digest": "ab" * 32,
    }
    return SimpleNamespace(
        pk=number,
        number=number,
        facts=known | facts,
        hash="cd" * 32,
        previous_hash="0" * 64,
        recorded_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
        get_kind_display=lambda: "发布",
    )


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_a_line_says_what_its_facts_say():
    line = Line(entry(source={"kind": "reprint", "name": "省报"}))
    assert (line.source, line.published_at, line.recorded_at) == (
        "转载：省报",
        "2026-11-23 10:00:00",
        "2026-11-23 10:00:00",
    )
    assert "保密审查：旧州镇 保密审查员 同意 2026-11-23 10:00:00" in line.signatories


def test_a_sealed_away_line_has_no_title_and_still_prints():
    sealed = entry()
    sealed.facts = {"unit": "旧州镇", "signatories": []}
    line = Line(sealed)
    assert (line.title, line.source, line.author, line.published_at) == ("", "", "", "")
    assert printing.register_pdf([line], scope="", head=(1, "0" * 64)).startswith(b"%PDF")


def test_many_lines_break_over_pages():
    lines = [Line(entry(number)) for number in range(1, 121)]
    pdf = printing.register_pdf(lines, scope="共120条", head=(120, "0" * 64))
    assert pages(pdf) > 3


def test_markup_in_a_title_is_text():
    wild = Line(entry(title='#panic("x") $a$ [*] \\ @ref ' + "长" * 300))
    assert printing.register_pdf([wild], scope="", head=(1, "0" * 64)).startswith(b"%PDF")
