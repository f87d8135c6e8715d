"""导出 Word: the paper says what the document says, and reads back as the same item."""

import io

import docx
import pytest
from django.urls import reverse

from conversion import word
from conversion.pieces import Heading, Picture, Table
from tests import factories
from tests.integration.editing.test_conversion_screens import answers, brought  # noqa: F401

pytestmark = pytest.mark.django_db


def words_of(response):
    document = docx.Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for p in document.paragraphs], cells


def test_a_draft_reads_back_as_it_was(made, author, brought):  # noqa: F811
    author.post(reverse("conversion:finish", args=[brought.pk]), answers(brought, column=made.column.pk))
    response = author.get(reverse("conversion:paper", args=[brought.pk]))
    assert "filename*=UTF-8''%E5%85%B3%E4%BA%8E" in response["Content-Disposition"]
    reading = word.read(response.content, "x.docx")
    assert reading.title == brought.title
    assert Heading("一、总体要求") in reading.pieces
    tables = [piece for piece in reading.pieces if isinstance(piece, Table)]
    assert ["提供单位", made.units["water"].name] in tables[0].rows
    assert tables[1].rows == [["片区", "巡查次数", ""], ["", "十一月", "十二月"], ["东片区", "4", "6"]]
    assert tables[1].merges == ["A1:A2", "B1:C1"]
    picture = next(piece for piece in reading.pieces if isinstance(piece, Picture))
    assert picture.alt == "巡查人员检查水表井"


@pytest.mark.article("19")
def test_what_was_handed_in_carries_its_digest_and_opinions(made, enter):
    case = factories.submit(made.mine, made.who("water", "author"))
    reader = made.who("water", "secrecy_reviewer")
    lines, cells = words_of(enter(reader).get(reverse("conversion:case_paper", args=[case.pk])))
    assert lines[0] == made.mine.title
    assert case.submission.digest in cells
    assert "草稿" not in cells


@pytest.mark.article("17")
def test_nobody_takes_another_units_paper(made, author):
    assert author.get(reverse("conversion:paper", args=[made.theirs.pk])).status_code == 403
    case = factories.submit(made.theirs, made.who("jiuzhou", "author"))
    assert author.get(reverse("conversion:case_paper", args=[case.pk])).status_code == 404
