"""Makes the Word and Excel files beside this script: `python -m tests.data.office.make FOLDER`.

Run by hand where soffice, pandoc and abiword are installed; the files are kept, since tests need none of them.
Every person, place and number in them is invented.
"""

import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import docx
import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from tests import word_files
from tests.data.office import sources

SOFFICE = ("soffice", "--headless", "--convert-to")
READ_AS = {"csv": ("--infilter=CSV:44,34,76",)}  # comma, quotation mark, UTF-8


def main(folder: Path) -> None:
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
        print(name, (folder / name).stat().st_size)


def office(text: str, ending: str, *steps: str) -> bytes:
    """Through LibreOffice, step by step: html → doc → docx."""
    with tempfile.TemporaryDirectory() as place:
        at = Path(place) / f"source.{ending}"
        at.write_text(text, encoding="utf-8")
        for step in steps:
            command = [*SOFFICE, step, *READ_AS.get(ending, ()), "--outdir", place, str(at)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            at = at.with_suffix(f".{step.split(':')[0]}")
        return at.read_bytes()


def converted(tool: str, text: str, *arguments: str) -> bytes:
    """Through a converter that reads one file and writes another."""
    with tempfile.TemporaryDirectory() as place:
        source, target = Path(place) / "source.html", Path(place) / "target.docx"
        source.write_text(text, encoding="utf-8")
        places = [argument.format(source=source, target=target) for argument in arguments]
        subprocess.run([shutil.which(tool), *places], check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def package(document: str, **parts: str) -> bytes:
    """A package written by hand, as other programs write theirs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**sources.PACKAGE, **parts, "word/document.xml": document}.items():
            archive.writestr(name, content)
    return out.getvalue()


def styled() -> bytes:
    document = docx.Document()
    document.core_properties.author = "某科员"
    document.add_heading("防汛工作方案", 0)
    for level, words in ((1, "职责分工"), (2, "值守安排"), (3, "夜间")):
        document.add_heading(words, level)
        document.add_paragraph(f"{words}按本方案执行。")
    document.add_paragraph("甲组", style="List Number")
    document.add_paragraph("乙组", style="List Number")
    return word_files.saved(document)


def workbook(fill) -> bytes:
    book = openpyxl.Workbook()
    fill(book, book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def statistics(book, sheet):
    """A title across the table, two lines of headings, numbers with their formats."""
    sheet.title = "供水统计"
    sheet.append(["2026年10月供水统计表", None, None, None])
    sheet.append(["片区", "用水量", None, "水质合格率"])
    sheet.append([None, "居民", "单位", None])
    for line in (("东片区", 12345.5, 678, 0.998), ("西片区", 9876.25, 543, 1)):
        sheet.append(line)
    for area in ("A1:D1", "A2:A3", "B2:C2", "D2:D3"):
        sheet.merge_cells(area)
    for row in (4, 5):
        sheet.cell(row, 2).number_format = "#,##0.00"
        sheet.cell(row, 4).number_format = "0.0%"


def hidden(book, sheet):
    sheet.append(["姓名", "单位", "身份证号"])
    sheet.append(["甲某", "一科", "不公开"])
    sheet.append(["乙某", "二科", "不公开"])
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["A1"].comment = Comment("核对", "某科员")
    book.create_sheet("底稿").append(["底稿内容"])
    book["底稿"].sheet_state = "hidden"


def charted(book, sheet):
    for line in (["月份", "件数"], ["一月", 12], ["二月", 30], ["三月", 21]):
        sheet.append(line)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4), titles_from_data=True)
    sheet.add_chart(chart, "D2")
    book.create_sheet("分布").append(["乡镇", "件数"])
    book["分布"].append(["旧州镇", 5])


def long(book, sheet):
    sheet.append(["序号", "内容"])
    for number in range(900):
        sheet.append([number + 1, f"第{number + 1}项"])


FILES = {
    "01-python-docx-notice.docx": word_files.notice,
    "02-python-docx-styles.docx": styled,
    "03-libreoffice-html.docx": lambda: office(sources.HTML, "html", "docx:MS Word 2007 XML"),
    "04-libreoffice-doc.docx": lambda: office(
        sources.HTML, "html", "doc:MS Word 97", "docx:MS Word 2007 XML"
    ),
    "05-libreoffice-writer.docx": lambda: office(sources.FODT, "fodt", "docx:MS Word 2007 XML"),
    "06-libreoffice-rtf.docx": lambda: office(sources.RTF, "rtf", "docx:MS Word 2007 XML"),
    "07-pandoc.docx": lambda: converted("pandoc", sources.HTML, "-f", "html", "-o", "{target}", "{source}"),
    "08-abiword.docx": lambda: converted(
        "abiword", sources.HTML, "--to=docx", "--to-name={target}", "{source}"
    ),
    "09-wps.docx": lambda: package(sources.WPS, **sources.WPS_PARTS),
    "10-wps-seal.docx": lambda: package(sources.WPS.replace("请提前储水", "请提前储水" + sources.seal())),
    "11-word-revisions.docx": lambda: package(sources.REVISED, **sources.REVISED_PARTS),
    "12-word-strict.docx": lambda: package(sources.strict(sources.REVISED), **sources.REVISED_PARTS),
    "13-google-docs.docx": lambda: package(sources.GOOGLE),
    "14-pages.docx": lambda: package(sources.PAGES, **sources.PAGES_PARTS),
    "21-openpyxl-statistics.xlsx": lambda: workbook(statistics),
    "22-openpyxl-hidden.xlsx": lambda: workbook(hidden),
    "23-openpyxl-chart.xlsx": lambda: workbook(charted),
    "24-openpyxl-long.xlsx": lambda: workbook(long),
    "25-libreoffice-calc.xlsx": lambda: office(sources.CSV, "csv", "xlsx"),
}

if __name__ == "__main__":
    main(Path(sys.argv[1]))
