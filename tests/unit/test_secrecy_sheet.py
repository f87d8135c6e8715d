"""The printed table: the statutory words in their order, every tick, several pages with their head."""

from datetime import UTC, date, datetime, timedelta

import pypdfium2
import pytest

from regulation.source import full_text
from secrecy import labels
from secrecy.facts import RowFacts, SheetFacts, Signature
from secrecy.sheet_pdf import qr_svg, render

pytestmark = pytest.mark.article("13")
MORNING = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)


def row(position=1, **changes):
    facts = {
        "position": position,
        "department": "轿子山镇党政办公室",
        "name": "鸡场布依族苗族乡秋冬造林通知",
        "own": True,
        "reprint_source": "",
        "form": "web",
        "other_form": "",
        "reviewer_agrees": True,
        "leader_agrees": True,
    }
    return RowFacts(**(facts | changes))


def sheet(*rows, **changes):
    facts = {
        "number": "XXBM-2026-000123",
        "unit": "轿子山镇",
        "day": date(2026, 11, 23),
        "rows": rows,
        "author": Signature("信息员甲", MORNING, MORNING),
        "reviewer": Signature("审查员乙", MORNING + timedelta(hours=1), MORNING + timedelta(hours=1)),
        "leader": Signature("领导丙", MORNING + timedelta(hours=2), MORNING + timedelta(hours=3)),
        "remarks": (),
        "row_digest": "ab" * 32,
        "formed_at": MORNING + timedelta(hours=4),
    }
    return SheetFacts(**(facts | changes))


def pages_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def squeezed(words):
    return "".join(words.split())


def test_the_words_are_those_of_the_regulation():
    original = squeezed(full_text())
    words = (
        labels.TITLE, labels.UNIT, *labels.COLUMNS, labels.SOURCE_OWN, labels.SOURCE_REPRINT, labels.FORM_WEB,
        labels.FORM_ON_REQUEST, labels.FORM_OTHER, labels.AGREE, labels.DISAGREE, labels.AUTHOR_SIGNATURE,
        labels.SIGNATURE, *labels.NOTES, labels.WARNING,
    )  # fmt: skip
    for word in words:
        assert squeezed(word) in original, word


def test_the_table_reads_in_the_order_of_the_attachment():
    text = "".join(pages_of(render(sheet(row()))))
    expected = [
        labels.TITLE, labels.UNIT, "轿子山镇", "2026年11月23日", *labels.COLUMNS, "1轿子山镇党政", labels.SOURCE_OWN, "转载",
        labels.FORM_WEB, labels.FORM_ON_REQUEST, labels.FORM_OTHER, labels.AUTHOR_SIGNATURE, "信息员甲", "2026-11-2309:12",
        labels.SIGNATURE, "审查员乙", labels.SIGNATURE, "领导丙", "2026-11-2311:12至12:12", *(squeezed(n) for n in labels.NOTES),
    ]  # fmt: skip
    position = 0
    for word in expected:
        found = text.find(word, position)
        assert found >= 0, f"{word} after …{text[max(0, position - 40) : position]}"
        position = found + len(word)


@pytest.mark.parametrize(
    ("changes", "ticks"),
    [
        ({}, 4),
        ({"own": False, "reprint_source": "省报"}, 3),
        ({"form": "on_request", "leader_agrees": False}, 4),
    ],
)
def test_every_answer_has_its_tick_and_every_box_is_there(changes, ticks):
    text = "".join(pages_of(render(sheet(row(**changes), row(2, **changes)))))
    in_notes = 1
    assert text.count("√") == 2 * ticks + in_notes
    assert text.count("□") == 2 * 8 + in_notes


def test_reprints_and_other_forms_name_themselves():
    text = "".join(
        pages_of(render(sheet(row(own=False, reprint_source="某省日报", form="other", other_form="公开栏"))))
    )
    assert "转载（注明转载来源）：某省日报" in text
    assert "其他：公开栏" in text


def test_rows_beyond_a_page_repeat_the_head_and_stay_one_sheet():
    pages = pages_of(render(sheet(*(row(number) for number in range(1, 14)))))
    assert len(pages) > 1
    with_rows = [page for page in pages if labels.DEPARTMENT in page]
    assert len(with_rows) >= 2
    assert all("XXBM-2026-000123" in page for page in pages)
    assert all(f"第{number}页共{len(pages)}页" in page for number, page in enumerate(pages, start=1))
    assert sum(page.count(labels.AUTHOR_SIGNATURE) for page in pages) == 1


def test_delegation_is_printed():
    remark = "主管领导张某授权委托李某代为签署（2026-11-20至2026-11-30，外出学习）。"
    assert squeezed(remark) in "".join(pages_of(render(sheet(row(), remarks=(remark,)))))


def test_whoever_signs_in_anothers_stead_is_named_so_where_he_signed():
    leader = Signature("李某", MORNING, MORNING, stands_in_for="张某")
    text = "".join(pages_of(render(sheet(row(), leader=leader))))
    assert "李某（代张某）网上签批" in text


@pytest.mark.parametrize("count", range(3, 15))
def test_every_row_stands_whole_on_one_page_that_carries_the_code(count):
    pages = pages_of(
        render(sheet(*(row(number, name=f"第{number}号信息") for number in range(1, count + 1))))
    )
    rows = 0
    for page in pages:
        assert "abababababababab" in page  # the digest beside the QR code
        here = page.count("号信息")
        assert (
            page.count(labels.FORM_WEB) == page.count(labels.SOURCE_OWN) == page.count("不同意") // 2 == here
        )
        rows += here
    assert rows == count


def test_three_rows_and_the_notes_fit_on_one_page():
    pages = pages_of(render(sheet(row(), row(2), row(3, own=False, reprint_source="某省日报"))))
    assert len(pages) == 1


def test_hostile_names_stay_names():
    name = '#read("/etc/passwd") $x^2$ *粗* @引用 <标签> \\ 〔2026〕5号'
    text = "".join(pages_of(render(sheet(row(name=name)))))
    assert squeezed('#read("/etc/passwd")') in text
    assert "root:" not in text


def test_the_same_facts_give_the_same_bytes_and_others_do_not():
    assert render(sheet(row())) == render(sheet(row()))
    assert render(sheet(row())) != render(sheet(row(name="另一件")))


def test_the_qr_code_carries_number_and_digest():
    facts = sheet(row())
    assert facts.number in facts.qr_text
    assert facts.row_digest in facts.qr_text
    assert qr_svg(facts.qr_text) != qr_svg(sheet(row(), row_digest="cd" * 32).qr_text)


def test_rare_characters_of_the_district_are_in_the_font():
    text = "".join(
        pages_of(render(sheet(row(name="轿子山镇、鸡场乡、岩腊乡、黄腊乡、屯堡地戏、刺梨、塬堃犇䶮〔〕·"))))
    )
    assert "塬堃犇䶮" in text
