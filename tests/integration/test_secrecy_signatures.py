"""What a sheet and its screens say of those who signed: in whose stead, borrowed from where, under which name (Article 13)."""

from datetime import timedelta

import pypdfium2
import pytest
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from organisation.models import Appointment, UnitName
from publication.files import open_private
from review import acts
from secrecy import services
from tests import factories
from tests.organisation_world import LONG_AGO, confirm, delegation, setting_up

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]


@pytest.fixture
def case(town, column):
    page = factories.item(town, "water", column)
    return factories.submit(page, town.who("water", "author"))


@pytest.fixture
def sealer(town):
    return town.who("water", "dedicated")


def printed(sheet):
    with open_private(sheet.pdf_sha256) as file, pypdfium2.PdfDocument(file.read()) as document:
        return "".join(document[0].get_textpage().get_text_range().split())


def test_a_delegation_is_shown_on_the_sheet_and_on_the_screens(town, case, sealer, client):
    deputy, leader = town.who("water", "branch_leader"), town.who("water", "supervising_leader")
    case = factories.advance_to(town, case, "leader_opinion")
    delegation(leader, deputy, town.units["water"], "supervising_leader")
    case = acts.agree(case, deputy, merge=False)
    case = factories.advance_to(town, case, "approval")
    sheet = services.form_sheet(case.pk, sealer)
    remark = f"{leader.name}授权委托{deputy.name}代为签署"
    in_stead = f"{deputy.name}（代{leader.name}）"
    for words in (remark, in_stead):
        assert "".join(words.split()) in printed(sheet)
    client.force_login(sealer)
    sheet_page, review_page = (
        reverse("secrecy:sheet", args=[sheet.number]),
        reverse("review:review", args=[case.pk]),
    )
    for address in (sheet_page, review_page):
        html = client.get(address).content.decode()
        assert remark in html and in_stead in html, address


def test_a_person_of_another_unit_is_printed_as_such(town, sealer, column):
    """兼任: small units borrow a signatory, confirmed by the gov office and said on the sheet."""
    lent = town.who("jiuzhou", "secrecy_reviewer")
    Appointment.objects.filter(person=town.who("water", "secrecy_reviewer")).update(ends_at=Now())
    first, second = setting_up()
    held = Appointment.objects.create(
        person=lent,
        unit=town.units["water"],
        post_id="secrecy_reviewer",
        starts_at=LONG_AGO,
        concurrent=True,
        requested_by=first,
    )
    confirm(held, second)
    town.people["water", "secrecy_reviewer"] = lent
    page = factories.item(town, "water", column)
    case = factories.submit(page, town.who("water", "author"))
    sheet = services.form_sheet(factories.advance_to(town, case, "seal").pk, sealer)
    assert "".join(f"{lent.name}兼任本单位保密审查员。".split()) in printed(sheet)


@pytest.mark.article("11")
def test_records_keep_the_name_that_the_unit_had(town, case, sealer, client, monkeypatch):
    case = factories.advance_to(town, case, "seal")
    sheet = services.form_sheet(case.pk, sealer)
    tomorrow = sheet.day + timedelta(days=1)
    UnitName.objects.filter(unit=sheet.unit_id).update(valid_to=tomorrow)
    UnitName.objects.create(unit_id=sheet.unit_id, name="水务管理局", valid_from=tomorrow)
    local = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda value=None: local(value) if value else tomorrow)
    assert town.units["water"].name_at(tomorrow) == "水务管理局"
    client.force_login(sealer)
    shown = client.get(reverse("secrecy:sheet", args=[sheet.number])).content.decode()
    assert "填报单位：区水务局<" in shown
    (listed,) = client.get(reverse("secrecy:sheets")).context["object_list"]
    assert listed.unit_name == "区水务局"
    chain = client.get(reverse("review:chain", args=[case.pk])).content.decode()
    assert "区水务局" in chain and "水务管理局" not in chain
