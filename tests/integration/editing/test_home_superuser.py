"""A superuser keeps the machine running and writes nobody's words (Articles 5, 9, 17 and 24)."""

import pytest
from django.urls import reverse

from home.models import PortalImage, UnitLibrary
from tests import factories
from tests.editing import form_data, text_of
from tests.organisation_world import person
from tests.secrecy_world import picture

pytestmark = [pytest.mark.django_db, pytest.mark.article("5"), pytest.mark.article("17")]

PAGES = "wagtailadmin_pages:"


@pytest.fixture
def technician():
    return person("系统管理员", is_superuser=True)


@pytest.fixture
def client_of_technician(enter, technician):
    return enter(technician)


def test_he_sees_the_drafts(made, client_of_technician):
    listed = client_of_technician.get(reverse("wagtailadmin_explore", args=[made.mine.get_parent().pk]))
    assert made.mine.title in text_of(listed)


@pytest.mark.parametrize("name", ["edit", "delete", "copy", "move"])
def test_he_changes_none(made, client_of_technician, name):
    answer = client_of_technician.get(reverse(f"{PAGES}{name}", args=[made.mine.pk]))
    assert answer.status_code == 403
    assert "（第" in text_of(answer)


def test_what_he_posts_is_not_saved(made, client_of_technician):
    title, unit_page = made.mine.title, made.mine.get_parent()
    edit = reverse(f"{PAGES}edit", args=[made.mine.pk])
    assert client_of_technician.post(edit, form_data(title="改过")).status_code == 403
    add = reverse(f"{PAGES}add", args=["home", "informationpage", unit_page.pk])
    assert client_of_technician.post(add, form_data(title="新稿", slug="new")).status_code == 403
    made.mine.refresh_from_db()
    assert made.mine.title == made.mine.get_latest_revision_as_object().title == title
    assert not unit_page.get_children().filter(title="新稿").exists()


def test_bulk_actions_pass_him_by(made, client_of_technician):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client_of_technician.post(f"{address}?id={made.mine.pk}", {"confirm": "1"})
    assert type(made.mine).objects.filter(pk=made.mine.pk).exists()


def test_the_libraries_are_the_units(made, client_of_technician):
    from django.core.files.base import ContentFile
    from django.core.files.images import ImageFile

    collection = UnitLibrary.objects.get(unit=made.units["water"]).collection
    image = PortalImage(title="水厂", description="水厂", collection=collection)
    image.file = ImageFile(ContentFile(picture(size=(64, 48))), name="works.jpg")
    image.save()
    assert client_of_technician.get(reverse("wagtailimages:add")).status_code in {302, 403}
    edit = reverse("wagtailimages:edit", args=[image.pk])
    client_of_technician.post(edit, {"title": "改过", "collection": collection.pk})
    client_of_technician.post(reverse("wagtailimages:delete", args=[image.pk]))
    image.refresh_from_db()
    assert image.title == "水厂"


@pytest.mark.article("24")
@pytest.mark.parametrize(
    "name", ["wagtailusers_groups:add", "wagtailsites:add", "wagtailadmin_collections:add"]
)
def test_what_the_machinery_writes_he_does_not(made, client_of_technician, name):
    answer = client_of_technician.get(reverse(name))
    assert answer.status_code in {302, 403}


def test_an_author_still_writes(made, author):
    assert author.get(reverse(f"{PAGES}edit", args=[made.mine.pk])).status_code == 200
    assert made.mine.permissions_for_user(made.who("water", "author")).can_edit()


def test_a_post_does_not_make_him_an_editor_of_another_unit(made, technician):
    factories.appoint(technician, made.units["jiuzhou"], "author")
    assert not made.mine.permissions_for_user(technician).can_edit()
