"""What becomes of a Word file: title, headings, lists, tables, pictures, notes, and what is said to be lost."""

import docx
import pytest

from conversion import word
from conversion.pieces import Heading, Picture, Table, Text, Unreadable
from conversion.word.numbering import han, letter, roman
from tests import word_files
from tests.word_files import body_changed, saved, titled

W_P = "<w:p>"


def read(document, name="稿件.docx"):
    data = document if isinstance(document, bytes) else saved(document)
    return word.read(data, name)


def html_of(reading):
    return "".join(piece.html for piece in reading.pieces if isinstance(piece, Text))


def test_a_notice_as_offices_type_it():
    reading = read(word_files.notice())
    assert reading.title == word_files.TITLE
    assert Heading("一、总体要求") in reading.pieces
    html = html_of(reading)
    assert "<h3>（一）加强巡查</h3>" in html
    assert "<ul><li>包扎裸露管道</li><li>水表井加盖</li></ul>" in html
    assert "<b>保障用水</b>" in html
    assert word_files.TITLE[:13] not in html


def test_merged_cells_keep_their_ranges_and_the_line_above_names_the_table():
    table = next(p for p in read(word_files.notice()).pieces if isinstance(p, Table))
    assert table.caption == "表1 管网巡查安排"
    assert table.rows == [["片区", "巡查次数", ""], ["", "十一月", "十二月"], ["东片区", "4", "6"]]
    assert table.merges == ["A1:A2", "B1:C1"]
    assert "管网巡查安排" not in html_of(read(word_files.notice()))


def test_a_picture_becomes_a_block_behind_its_paragraph():
    pieces = read(word_files.notice()).pieces
    at = next(n for n, piece in enumerate(pieces) if isinstance(piece, Picture))
    assert pieces[at].ending == "png"
    assert pieces[at].alt == ""  # what python-docx names pictures says nothing about them
    assert pieces[at - 1].html.endswith("<p>巡查现场如图。</p>")


@pytest.mark.parametrize(
    ("descr", "alt"), [("巡查人员检查水表井", "巡查人员检查水表井"), ("图片 3", ""), ("IMG_20260101.jpg", "")]
)
def test_alternative_text_is_taken_where_it_says_something(descr, alt):
    data = body_changed(word_files.notice(), '<wp:docPr id="1"', f'<wp:docPr descr="{descr}" id="1"')
    assert next(p for p in read(data).pieces if isinstance(p, Picture)).alt == alt


def test_styles_decide_where_they_are_used():
    document = docx.Document()
    document.add_heading("防汛工作方案", 0)
    document.add_heading("职责", 1)
    document.add_heading("值守", 2)
    document.add_paragraph("二十四小时值守。")
    reading = read(document)
    assert reading.title == "防汛工作方案"
    assert reading.pieces == [Heading("职责"), Text("<h3>值守</h3><p>二十四小时值守。</p>")]


def test_without_a_title_the_file_is_named_after():
    document = docx.Document()
    document.add_paragraph("正文。")
    assert read(document, "D:\\稿件\\停水公告 (2).docx").title == "停水公告"


def test_numbers_that_a_list_cannot_count_are_written_out():
    document = docx.Document()
    for line in ("甲", "乙"):
        document.add_paragraph(line, style="List Number")
    assert html_of(read(document)) == "<ol><li>甲</li><li>乙</li></ol>"
    document.add_paragraph("说明如下。")
    document.add_paragraph("丙", style="List Number")
    assert html_of(read(document)) == "<p>1. 甲</p><p>2. 乙</p><p>说明如下。</p><p>3. 丙</p>"


def test_articles_keep_their_numbers():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for level in numbering.findall(".//{*}lvl"):
        level.find("{*}numFmt").set(level.find("{*}numFmt").keys()[0], "chineseCounting")
        level.find("{*}lvlText").set(level.find("{*}lvlText").keys()[0], "第%1条")
    for line in ("为保障供水，制定本办法。", "本办法适用于本区。"):
        document.add_paragraph(line, style="List Number")
    assert html_of(read(document)) == "<p>第一条 为保障供水，制定本办法。</p><p>第二条 本办法适用于本区。</p>"


def test_how_numbers_are_written():
    assert [han(n) for n in (1, 10, 12, 20, 105, 110, 1001)] == [
        "一", "十", "十二", "二十", "一百零五", "一百一十", "一千零一"]  # fmt: skip
    assert (roman(1994), letter(2), letter(27)) == ("MCMXCIV", "b", "aa")


def test_what_stays_behind_is_said():
    data = word_files.notice()
    losses = "\n".join(read(data).losses)
    assert "注意保存" in losses
    deleted = (
        '<w:p><w:del w:id="9" w:author="某人"><w:r><w:delText>删去的话</w:delText></w:r></w:del></w:p>'
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的话</w:t></w:r><w:r><w:t>看得见的话</w:t></w:r></w:p>"
        '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/></w:p>'
    )
    reading = read(body_changed(data, "<w:sectPr", deleted + "<w:sectPr"))
    html, losses = html_of(reading), "\n".join(reading.losses)
    assert "删去的话" not in html
    assert "隐藏的话" not in html
    assert "看得见的话" in html
    for said in ("修订", "隐藏文字", "1 个公式"):
        assert said in losses


def test_a_frame_of_one_cell_is_text_and_tables_do_not_nest():
    document = titled("关于演练的通知")
    document.add_table(1, 1).cell(0, 0).text = "温馨提示：请储水。"
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text = "单位"
    outer.cell(1, 1).add_table(1, 2).cell(0, 0).text = "里面的字"
    reading = read(document)
    assert "温馨提示：请储水。" in html_of(reading)
    table = next(p for p in reading.pieces if isinstance(p, Table))
    assert len(table.rows) == 2
    assert "里面的字" in table.rows[1][1]
    assert any("嵌套" in loss for loss in reading.losses)


def test_nothing_to_read_is_said():
    for data in (saved(docx.Document()), word_files.notice()[:2000]):
        with pytest.raises(Unreadable):
            word.read(data, "空.docx")


def test_columns_without_end_are_cut():
    data = body_changed(word_files.notice(), '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="2000000000"/>')
    table = next(p for p in read(data).pieces if isinstance(p, Table))
    assert len(table.rows[0]) <= 30
