"""栏目内容保障方案: data read from decisions, as of any moment, printable, red before anybody complains (Article 10)."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from desk import duties
from desk.plan import plan
from home.models import ColumnPage
from organisation.models import Appointment
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.article("10")]


def line_of(column, at=None):
    return next(line for line in plan(at) if line.column == column.title)


def test_a_column_has_its_unit_its_days_and_whom_to_call(town, column):
    dedicated = town.who("gov", "dedicated")
    dedicated.phone = "0851-33220000"
    dedicated.save(update_fields=["phone"])
    line = line_of(column)
    assert (line.unit, line.days, line.is_decided) == (town.units["gov"].name, 14, False)
    assert line.contacts == [f"{dedicated.name} 0851-33220000"]
    assert line.tone == duties.CALM and line.duty.left == 14


def test_it_changes_by_decision_only_and_every_version_stays(town, column):
    before = timezone.now()
    ColumnPage.objects.filter(pk=column.pk).update(update_days=7)
    assert line_of(column).days == 14, "what an editor saves is no decision (Article 18)"
    page = ColumnPage.objects.get(pk=column.pk)
    page.save_revision(clean=False)
    factories.publish_structure(town, page)
    line = line_of(column)
    assert (line.days, line.is_decided, line.since > before) == (7, True, True)
    assert (line_of(column, before).days, line_of(column, before).duty) == (14, None)


def test_contacts_are_those_of_the_moment(town, column):
    held = Appointment.objects.get(person=town.who("gov", "dedicated"), post="dedicated")
    then = timezone.now()
    held.ends_at = then + timedelta(milliseconds=1)
    held.save(update_fields=["ends_at"])
    assert line_of(column, then).contacts and not line_of(column).contacts


def test_on_screen_filtered_and_as_excel(client, town, column):
    client.force_login(town.who("water", "author"), backend="organisation.authentication.AppointedBackend")
    url = reverse("desk:plan")
    answer = client.get(url)
    assert column.title in answer.content.decode() and "（第十条）" in answer.content.decode()
    assert column.title not in client.get(url, {"state": duties.LATE}).content.decode()
    assert (
        column.title in client.get(url, {"unit": town.units["gov"].name, "at": "nonsense"}).content.decode()
    )
    sheet = openpyxl.load_workbook(BytesIO(client.get(url, {"export": "xlsx"}).content)).active
    rows = list(sheet.values)
    assert rows[1][:4] == ("栏目", "责任单位", "供稿单位", "更新时限")
    said = next(row for row in rows[2:] if row[0].endswith(column.title))
    assert said[3] == "14 天（同类栏目惯例）" and said[8] == "正常"


def test_the_menu_leads_there_for_everybody(client, town, column):
    client.force_login(town.who("jiuzhou", "author"), backend="organisation.authentication.AppointedBackend")
    assert reverse("desk:plan") in client.get(reverse("wagtailadmin_home")).content.decode()
