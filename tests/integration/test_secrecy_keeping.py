"""The paper of a sheet: printed once freely and again with a reason, kept somewhere, a unit's day at a time."""

import pypdfium2
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from regulation.refusals import Refusal
from secrecy.models import Custody, SecrecySheet, SheetPrint
from secrecy.services import keeping
from tests import factories
from tests.organisation_world import holder
from tests.secrecy_world import stamp

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]


@pytest.fixture
def cases(town, column):
    pages = [factories.item(town, "water", column, title=f"供水管网冲洗安排{n}") for n in (1, 2)]
    return [
        factories.advance_to(town, factories.submit(page, town.who("water", "author")), "seal")
        for page in pages
    ]


@pytest.fixture
def sealer(client, town):
    who = town.who("water", "dedicated")
    client.force_login(who)
    return who


@pytest.fixture
def sheet(cases, sealer):
    return stamp(cases[0], sealer)


@pytest.mark.article("19")
def test_printing_again_needs_a_reason_and_is_recorded(client, town, sheet, sealer):
    url = reverse("secrecy:sheet_pdf", args=[sheet.number])
    assert client.get(url)["Content-Type"] == "application/pdf"
    assert client.get(url).status_code == 302 and client.post(url, {"reason": " "}).status_code == 302
    assert client.post(url, {"reason": "打印机卡纸"})["Content-Type"] == "application/pdf"
    assert list(sheet.prints.values_list("number", "reason")) == [(1, ""), (2, "打印机卡纸")]
    page = client.get(reverse("secrecy:sheet", args=[sheet.number])).content.decode()
    assert "打印机卡纸" in page and "补打" in page
    client.force_login(town.who("gov", "reviewer"))  # whoever only reads prints no second original
    assert client.get(url).status_code == 200 and sheet.prints.count() == 2


@pytest.mark.article("19")
def test_where_the_paper_is_kept_and_found(client, town, sheet, sealer):
    url = reverse("secrecy:custody", args=[sheet.number])
    answer = client.post(url, {"place": "", "keeper": "周档案"})
    assert answer.status_code == 200 and "周档案" in answer.content.decode()
    client.post(url, {"place": "档案室3柜12盒", "keeper": "周档案"})
    archivist = holder(town.units["water"], "archivist", "李档案")
    keeping.keep(sheet, archivist, place="区档案馆 2026-117", keeper="区档案馆")
    page = client.get(reverse("secrecy:sheet", args=[sheet.number])).content.decode()
    assert page.index("区档案馆 2026-117") < page.index("档案室3柜12盒")
    assert sheet.number in client.get(reverse("secrecy:sheets"), {"q": "档案馆 2026"}).content.decode()
    for who in (town.who("water", "author"), town.who("jiuzhou", "dedicated")):
        with pytest.raises(Refusal), transaction.atomic():
            keeping.keep(sheet, who, place="别处", keeper="别人")
    assert Custody.objects.count() == 2


def test_the_database_keeps_printings_and_places(town, sheet, sealer):
    keeping.record_print(sheet, sealer)
    keeping.keep(sheet, sealer, place="档案室", keeper="周档案")
    author = town.who("water", "author")
    for statement in (
        "UPDATE secrecy_sheetprint SET reason = 'x'",
        "DELETE FROM secrecy_custody",
        f"INSERT INTO secrecy_sheetprint (sheet_id, number, reason, by_id) VALUES ({sheet.pk}, 2, '', {sealer.pk})",
        "INSERT INTO secrecy_custody (sheet_id, place, keeper, remark, by_id)"
        f" VALUES ({sheet.pk}, 'a', 'b', '', {author.pk})",
    ):
        with (
            pytest.raises((IntegrityError, ProgrammingError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert SheetPrint.objects.count() == 1


def test_a_units_day_is_made_and_printed_in_one_go(client, town, cases, sealer):
    today = timezone.localdate()
    url = reverse("secrecy:day", args=[town.units["water"].pk, today])
    assert client.get(reverse("secrecy:today"))["Location"] == url
    page = client.get(url).content.decode()
    assert cases[0].title in page and cases[1].title in page
    client.post(url)
    made = SecrecySheet.objects.get()  # same people, same day: one sheet
    assert made.entries.count() == 2
    page = client.get(url).content.decode()
    assert made.number in page and cases[0].title not in page
    printed = client.post(reverse("secrecy:day_pdf", args=[town.units["water"].pk, today]))
    with pypdfium2.PdfDocument(printed.content) as pdf:
        assert len(pdf) >= 1
    assert made.prints.count() == 1
    again = client.post(reverse("secrecy:day_pdf", args=[town.units["water"].pk, today]))
    assert again.status_code == 302 and made.prints.count() == 1
    client.force_login(town.who("jiuzhou", "dedicated"))
    assert client.get(url).status_code == 404
    client.force_login(town.who("gov", "reviewer"))
    assert made.number in client.get(url).content.decode()
    assert client.post(reverse("secrecy:day_pdf", args=[town.units["water"].pk, today])).status_code == 404
