"""Pictures and files of a sealed-away item are closed with it, in every list and by URL (Article 13)."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from home.models import PortalDocument, UnitLibrary
from review import acts
from secrecy import services
from secrecy.access import hidden_files
from secrecy.models import Quarantine
from tests import factories
from tests.editing import text_of
from tests.integration.editing.test_home_libraries import picture_of
from tests.secrecy_world import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]


@pytest.fixture
def sealed(made):
    """An item with a picture and a file, in which the secrecy reviewer found a secret."""
    library = UnitLibrary.objects.get(unit=made.units["water"]).collection
    made.picture = picture_of(made.units["water"], "巡护路线图")
    made.paper = PortalDocument.objects.create(
        title="巡护值守表", collection=library, file=ContentFile(PDF, name="p.pdf")
    )
    picture = {"image": made.picture, "alt_text": "路线", "decorative": False}
    made.mine.body = [("image", {"image": picture, "caption": "路线"})]
    made.mine.attachments = [("attachment", {"title": "值守", "file": made.paper})]
    made.mine.save_revision(user=made.mine.owner)
    case = factories.submit(made.mine, made.who("water", "author"))
    acts.quarantine(case, made.who("water", "secrecy_reviewer"), remark="含巡护路线")
    return made


def lists():
    return [
        reverse("wagtailimages:index"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs_chooser:choose"),
        "/admin/api/main/images/",
        "/admin/api/main/documents/",
    ]


def addresses(picture, paper):
    of_picture = [f"wagtailimages:{name}" for name in ("edit", "delete", "image_usage", "url_generator")]
    of_paper = [f"wagtaildocs:{name}" for name in ("edit", "delete", "document_usage")]
    return [
        *(reverse(name, args=[picture.pk]) for name in (*of_picture, "wagtailimages_chooser:chosen")),
        *(reverse(name, args=[paper.pk]) for name in (*of_paper, "wagtaildocs_chooser:chosen")),
        f"/admin/api/main/images/{picture.pk}/",
        f"/admin/api/main/documents/{paper.pk}/",
        picture.file.url,
        picture.get_rendition("max-165x165").url,
        paper.url,
    ]


def test_the_originals_are_among_what_is_hidden(sealed):
    hidden = hidden_files(sealed.who("water", "author"))
    assert {sealed.picture.sha256, sealed.paper.sha256} <= hidden
    assert not hidden_files(sealed.who("water", "secrecy_body"))


@pytest.mark.parametrize("post", ["author", "secrecy_reviewer", "reviewer"])
def test_nobody_of_the_unit_finds_or_opens_them(sealed, enter, post):
    client = enter(sealed.who("water", post))
    for address in lists():
        text = text_of(client.get(address))
        assert "巡护" not in text, address
    for address in addresses(sealed.picture, sealed.paper):
        assert client.get(address).status_code in {302, 403, 404}, address


@pytest.mark.article("5")
def test_neither_does_the_government_office(sealed, enter):
    client = enter(sealed.who("gov", "reviewer"))
    for address in lists():
        assert "巡护" not in text_of(client.get(address)), address
    for address in addresses(sealed.picture, sealed.paper):
        assert client.get(address).status_code in {302, 403, 404}, address


def test_the_secrecy_body_opens_them(sealed, enter):
    client = enter(sealed.who("water", "secrecy_body"))
    for address in (sealed.picture.file.url, sealed.paper.url):
        assert client.get(address).status_code == 200, address
    assert "巡护路线图" in text_of(client.get(reverse("wagtailimages:index")))


def test_lifted_means_open_again(sealed, enter):
    record = Quarantine.objects.get()
    services.decide_quarantine(record, sealed.who("water", "secrecy_body"), "lifted", "经审查不涉密。")
    client = enter(sealed.who("water", "author"))
    assert client.get(sealed.picture.file.url).status_code == 200
    assert "巡护值守表" in text_of(client.get(reverse("wagtaildocs:index")))


@pytest.mark.article("17")
def test_no_report_names_pages_of_all_units(sealed, enter):
    for name in ("page_types_usage", "page_types_usage_results"):
        response = enter(sealed.who("water", "reviewer")).get(reverse(f"wagtailadmin_reports:{name}"))
        assert response.status_code == 403
        assert "第十七条" in text_of(response)
    menu = text_of(enter(sealed.who("water", "reviewer")).get("/admin/"))
    assert reverse("wagtailadmin_reports:page_types_usage") not in menu
