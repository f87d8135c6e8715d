"""Word and Excel files of different producers (tests/data/office): what each must give, and what it must not."""

from pathlib import Path

import pytest

from conversion import excel, word
from conversion.pieces import Heading, Picture, Table, Text

FOLDER = Path(__file__).parent.parent / "data" / "office"
#: file → title, headings, ranges of merged cells of its first table, pictures, fragments of its text
WORD = {
    "01-python-docx-notice": ("关于做好2026年冬季城区供水保障工作的通知", 1, ["A1:A2", "B1:C1"], 1, ["<b>保障用水</b>"]),
    "02-python-docx-styles": ("防汛工作方案", 1, None, 0, ["<h4>夜间</h4>", "<ol><li>甲组</li><li>乙组</li></ol>"]),
    "03-libreoffice-html": ("03-libreoffice-html", 1, ["B1:C1", "A2:A3"], 0, ["<h3>检查表</h3>"]),
    "04-libreoffice-doc": ("04-libreoffice-doc", 1, ["B1:C1", "A2:A3"], 0, ["<ul><li>地面</li></ul>"]),
    "05-libreoffice-writer": ("05-libreoffice-writer", 1, ["A1:B1"], 1, ["<sup>[1]</sup>", "<p>[1] 汛期加密。</p>"]),
    "06-libreoffice-rtf": ("消防演练通知", 0, None, 0, ["演练于周五举行。"]),
    "07-pandoc": ("农贸市场管理提示", 1, ["B1:C1", "A2:A3"], 0, ["H<sub>2</sub>O", 'href="https://www.gov.cn/scgl/"']),
    "08-abiword": ("08-abiword", 1, ["B1:C1", "A2:A3"], 0, ["<ol><li>登记</li><li>复查</li></ol>"]),
    "09-wps": ("关于城区停水的公告", 2, None, 0, ["（一）上午", "服务热线以公示为准。"]),
    "10-wps-seal": ("关于城区停水的公告", 0, None, 0, ["<p>请提前储水。</p>"]),
    "11-word-revisions": ("关于开展安全检查的通知", 1, None, 0, ["检查时间为十一月。", "<p>[1] 以实际安排为准。</p>"]),
    "12-word-strict": ("关于开展安全检查的通知", 1, None, 0, ["检查时间为十一月。", "<p>[1] 以实际安排为准。</p>"]),
    "13-google-docs": ("社区便民服务安排", 0, ["A1:B1"], 0, ["<p>服务时间为每周三。</p>"]),
    "14-pages": ("志愿服务倡议书", 1, None, 0, ["<p>人人参与。</p>"]),
}  # fmt: skip
NEVER = ("内部掌握", "十月", "请再核对", "某科员", "某印章", "w:", "style=", "class=")
#: file → tables, first lines of the first, its merged ranges, its title, words among the losses
EXCEL = {
    "21-openpyxl-statistics": (1, [["片区", "用水量", "", "水质合格率"], ["", "居民", "单位", ""],
        ["东片区", "12,345.50", "678", "99.8%"]], ["A1:A2", "B1:C1", "D1:D2"], "2026年10月供水统计表", []),
    "22-openpyxl-hidden": (1, [["姓名", "单位"], ["甲某", "一科"]], [], "", ["隐藏的工作表", "隐藏的行", "批注"]),
    "23-openpyxl-chart": (2, [["月份", "件数"], ["一月", "12"]], [], "", ["图表"]),
    "24-openpyxl-long": (1, [["序号", "内容"], ["1", "第1项"]], [], "", ["500 行"]),
    "25-libreoffice-calc": (1, [["项目", "金额"], ["道路养护", "120.5"]], [], "source", []),
}  # fmt: skip


def of_kind(reading, kind):
    return [piece for piece in reading.pieces if isinstance(piece, kind)]


@pytest.mark.parametrize("name", WORD)
def test_word_files(name):
    title, headings, merges, pictures, fragments = WORD[name]
    reading = word.read((FOLDER / f"{name}.docx").read_bytes(), f"{name}.docx")
    html = "".join(piece.html for piece in of_kind(reading, Text))
    tables = of_kind(reading, Table)
    assert reading.title == title
    assert len(of_kind(reading, Heading)) == headings
    assert (tables[0].merges if tables else None) == merges
    assert len(of_kind(reading, Picture)) == pictures
    for fragment in fragments:
        assert fragment in html
    assert html.count("服务热线") <= 1
    for unwanted in NEVER:
        assert unwanted not in html


def test_what_went_is_said_by_file():
    said = {
        "09-wps": ("文本框", "颜色"),
        "10-wps-seal": ("电子印章",),
        "11-word-revisions": ("修订", "批注", "隐藏文字"),
        "12-word-strict": ("修订", "批注", "隐藏文字"),
    }
    for name, words in said.items():
        losses = "".join(word.read((FOLDER / f"{name}.docx").read_bytes(), "x.docx").losses)
        assert all(one in losses for one in words), (name, losses)


@pytest.mark.parametrize("name", EXCEL)
def test_excel_files(name):
    tables, lines, merges, caption, losses = EXCEL[name]
    reading = excel.read((FOLDER / f"{name}.xlsx").read_bytes(), f"{name}.xlsx")
    found = of_kind(reading, Table)
    assert len(found) == tables
    assert found[0].rows[: len(lines)] == lines
    assert (found[0].merges, found[0].caption) == (merges, caption)
    assert not any(
        "不公开" in cell or "底稿" in cell for table in found for row in table.rows for cell in row
    )
    for words in losses:
        assert any(words in loss for loss in reading.losses), (words, reading.losses)
