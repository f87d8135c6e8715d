"""The editor of the portal's page types: whose an item is, early words, previews (Articles 9, 14, 17)."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from home.models import HomePage, InformationPage
from tests import factories
from tests.editing import form_data, text_of
from units.models import UnitHomePage

pytestmark = pytest.mark.django_db


def test_a_title_of_ten_thousand_characters_is_refused_with_a_sentence(made, author):
    address = reverse("wagtailadmin_pages:edit", args=[made.mine.pk])
    data = form_data(title="长" * 10_000, column=made.column.pk)
    response = author.post(address, data)
    assert response.status_code == 200
    assert "255" in text_of(response)
    made.mine.refresh_from_db()
    assert made.mine.title == "水务局的稿子"


@pytest.mark.article("14")
def test_no_publish_button_for_anybody(made, enter):
    for name, post in (("water", "author"), ("water", "branch_leader")):
        text = text_of(
            enter(made.who(name, post)).get(reverse("wagtailadmin_pages:edit", args=[made.mine.pk]))
        )
        assert 'name="action-publish"' not in text
        copy = text_of(
            enter(made.who(name, post)).get(reverse("wagtailadmin_pages:copy", args=[made.mine.pk]))
        )
        assert "publish_copies" not in copy
        assert 'name="alias"' not in copy


@pytest.mark.article("9")
def test_a_new_item_belongs_to_the_unit_under_whose_page_it_is_written(made, author):
    page = UnitHomePage.objects.get(unit=made.units["water"])
    address = reverse("wagtailadmin_pages:add", args=["home", "informationpage", page.pk])
    data = {"title": "新稿", "column": made.column.pk, "unit": made.units["jiuzhou"].pk}
    response = author.post(address, form_data(**data))
    assert response.status_code == 302
    new = InformationPage.objects.get(title="新稿")
    assert new.unit == made.units["water"]
    assert new.latest_revision_id
    assert not new.live
    assert new.path.startswith(page.path)


@pytest.mark.article("17")
def test_a_forged_column_is_refused(made, author):
    other = factories.column(made, "乡镇动态", kinds=["township"])
    page = UnitHomePage.objects.get(unit=made.units["water"])
    address = reverse("wagtailadmin_pages:add", args=["home", "informationpage", page.pk])
    assert author.post(address, form_data(title="新稿", column=other.pk)).status_code == 200
    assert not InformationPage.objects.filter(title="新稿").exists()


def test_the_preview_in_the_editor_is_the_document(made, author):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[made.mine.pk])
    made_ready = author.post(address, form_data(title="预览的标题", column=made.column.pk))
    assert made_ready.json()["is_valid"]
    text = text_of(author.get(address))
    assert "预览的标题" in text
    assert "portal.css" in text


def test_the_preview_has_the_two_widths_that_pages_are_made_for(made, author):
    text = text_of(author.get(reverse("wagtailadmin_pages:edit", args=[made.mine.pk])))
    assert 'data-device-width="390"' in text and 'data-device-width="1280"' in text
    assert 'data-device-width="768"' not in text


def test_every_kind_of_page_opens_in_the_editor(made, enter):
    egov, water = made.who("egov", "author"), made.who("water", "author")
    unit = UnitHomePage.objects.get(unit=made.units["water"])
    home = HomePage.objects.get()
    for user, address in (
        (egov, reverse("wagtailadmin_pages:edit", args=[home.pk])),
        (egov, reverse("wagtailadmin_pages:edit", args=[made.column.pk])),
        (egov, reverse("wagtailadmin_pages:add", args=["home", "columnpage", home.pk])),
        (water, reverse("wagtailadmin_pages:edit", args=[unit.pk])),
        (water, reverse("wagtailadmin_pages:add", args=["home", "policypage", unit.pk])),
        (water, reverse("wagtailadmin_pages:add_subpage", args=[unit.pk])),
    ):
        assert enter(user).get(address).status_code == 200, address


def test_a_policy_that_is_not_saved_yet_can_be_previewed(made, author):
    unit = UnitHomePage.objects.get(unit=made.units["water"])
    address = reverse("wagtailadmin_pages:preview_on_add", args=["home", "policypage", unit.pk])
    posted = author.post(
        address, form_data(title="新办法", column=made.column.pk, issuer="区人民政府", validity="有效")
    )
    assert posted.json()["is_valid"], posted.json()
    assert "新办法" in text_of(author.get(address))


@pytest.mark.article("18")
def test_a_column_is_drafted_for_the_egov_office(made, enter):
    home = HomePage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["home", "columnpage", home.pk])
    fields = {
        "slug": "xin",
        "column_type": "工作动态",
        "order": 5,
        "responsible_unit": made.units["water"].pk,
        "leaders": streamfield([]),
    }
    data = form_data(title="新栏目", **fields) | {"contributor_kinds": ["department"]}
    response = enter(made.who("egov", "author")).post(address, data)
    assert response.status_code == 302
    column = made.column.__class__.objects.get(title="新栏目")
    assert column.unit == made.units["egov"]
    assert column.contributor_kinds == ["department"]
    assert column.route.code == "columns"
    assert not column.live
    assert factories.publish_structure(made, column).publication_id


@pytest.mark.article("9")
def test_an_item_does_not_move_to_another_unit(made, author):
    assert author.get(reverse("wagtailadmin_pages:move", args=[made.mine.pk])).status_code == 403
    elsewhere = UnitHomePage.objects.get(unit=made.units["jiuzhou"])
    address = reverse("wagtailadmin_pages:move_confirm", args=[made.mine.pk, elsewhere.pk])
    assert author.post(address).status_code == 403
    assert InformationPage.objects.get(pk=made.mine.pk).path == made.mine.path
