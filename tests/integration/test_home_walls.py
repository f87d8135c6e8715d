"""A unit's people see and edit their unit's things only; the offices as Article 5 says; superusers are no office."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import ColumnPage, HomePage, InformationPage, PortalDocument, PortalImage, UnitLibrary
from organisation import sync
from organisation.groups import refresh_groups
from tests import factories
from tests.organisation_world import person
from units.models import UnitHomePage, UnitIndexPage

pytestmark = [pytest.mark.django_db, pytest.mark.article("17")]


@pytest.fixture
def made(as_role):
    """A town as `sync_portal` leaves it."""
    made = factories.town()
    made.column = factories.column(made)
    with as_role("owner"):
        list(sync.run_all())
    for user in made.people.values():
        refresh_groups(user)
    made.mine = factories.item(made, "water", made.column, title="水务局的稿子")
    made.theirs = factories.item(made, "jiuzhou", made.column, title="旧州镇的稿子")
    return made


@pytest.fixture
def enter(client):
    def entered(user):
        client.force_login(user)
        return client

    return entered


@pytest.fixture
def author(made, enter):
    return enter(made.who("water", "author"))


def picture_of(unit, title):
    data = io.BytesIO()
    Image.new("RGB", (20 + len(title), 20), "blue").save(data, "PNG")
    return PortalImage.objects.create(
        title=title,
        collection=UnitLibrary.objects.get(unit=unit).collection,
        file=ContentFile(data.getvalue(), name="p.png"),
    )


def paper_of(unit, title):
    return PortalDocument.objects.create(
        title=title,
        collection=UnitLibrary.objects.get(unit=unit).collection,
        file=ContentFile(f"%PDF-1 {title}".encode(), name="p.pdf"),
    )


def form_data(**fields):
    """What the editor posts for an item."""
    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0}
    return nested_form_data(
        {"summary": "", "body": streamfield([]), "attachments": streamfield([]), "comments": comments, **fields}
    )


def text_of(response):
    return response.content.decode()


# --- sync_portal ---


def test_a_second_run_changes_nothing(made, as_role):
    with as_role("owner"):
        assert list(sync.run_all()) == []


@pytest.mark.article("14")
def test_nobody_has_wagtails_publish_right(made):
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()
    assert UnitHomePage.objects.count() == len(made.units)
    assert not Page.objects.filter(title__startswith="Welcome").exists()


# --- another unit's things, by address ---

PAGE_ADDRESSES = [
    "edit", "view_draft", "history", "history_results", "usage", "workflow_history", "delete", "copy", "move",
    "unpublish", "set_privacy", "revisions_index", "convert_alias", "preview_on_edit",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGE_ADDRESSES)
def test_another_units_item_answers_403(made, author, name):
    response = author.get(reverse(f"wagtailadmin_pages:{name}", args=[made.theirs.pk]))
    assert response.status_code == 403
    assert "旧州镇的稿子" not in text_of(response)


@pytest.mark.parametrize("name", ["edit", "history", "usage"])
def test_ones_own_item_opens(made, author, name):
    assert author.get(reverse(f"wagtailadmin_pages:{name}", args=[made.mine.pk])).status_code == 200


def test_another_units_revision_answers_403(made, author):
    revision = made.theirs.latest_revision_id
    for name in ("revisions_view", "revisions_revert"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[made.theirs.pk, revision])
        assert author.get(address).status_code == 403
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[made.theirs.pk, "earliest", "latest"])
    assert author.get(compare).status_code == 403


def test_nothing_is_added_below_another_units_page(made, author):
    page = UnitHomePage.objects.get(unit=made.units["jiuzhou"])
    address = reverse("wagtailadmin_pages:add", args=["home", "informationpage", page.pk])
    assert author.get(address).status_code == 403
    assert author.post(address, {"title": "混进来"}).status_code == 403
    assert not InformationPage.objects.filter(title="混进来").exists()


def test_another_units_column_answers_403(made, author):
    assert author.get(reverse("wagtailadmin_pages:edit", args=[made.column.pk])).status_code == 403


# --- lists, search, choosers ---


def test_explorer_and_search_show_ones_own_only(made, author):
    own = UnitHomePage.objects.get(unit=made.units["water"])
    for address in (
        reverse("wagtailadmin_explore", args=[own.pk]),
        reverse("wagtailadmin_explore", args=[own.pk]) + "?q=稿子&search_all=1",
        reverse("wagtailadmin_pages:search") + "?q=稿子",
        reverse("wagtailadmin_pages:type_use", args=["home", "informationpage"]),
        reverse("wagtailadmin_choose_page_child", args=[own.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=稿子",
        "/admin/api/main/pages/?fields=title",
        reverse("wagtailadmin_reports:site_history"),
    ):
        response = author.get(address)
        assert response.status_code in {200, 302}, address
        assert "旧州镇的稿子" not in text_of(response), address
    assert "水务局的稿子" in text_of(author.get(reverse("wagtailadmin_explore", args=[own.pk])))


def test_the_chooser_does_not_open_another_units_folder(made, author):
    page = UnitHomePage.objects.get(unit=made.units["jiuzhou"])
    assert author.get(reverse("wagtailadmin_choose_page_child", args=[page.pk])).status_code == 403


def test_the_chooser_of_the_whole_tree_shows_no_foreign_page(made, author):
    text = text_of(author.get(reverse("wagtailadmin_choose_page")))
    assert "旧州镇" not in text


def test_columns_on_offer_are_those_one_contributes_to(made, author):
    other = factories.column(made, "乡镇动态", kinds=["township"])
    page = UnitHomePage.objects.get(unit=made.units["water"])
    text = text_of(author.get(reverse("wagtailadmin_pages:add", args=["home", "informationpage", page.pk])))
    assert f'value="{made.column.pk}"' in text
    assert f'value="{other.pk}"' not in text


# --- images and files ---


def test_images_of_another_unit_are_out_of_reach(made, author):
    mine, theirs = (picture_of(made.units[name], f"{name}-picture") for name in ("water", "jiuzhou"))
    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:choose_results"),
    ):
        text = text_of(author.get(address))
        assert "water-picture" in text
        assert "jiuzhou-picture" not in text
    for name in ("edit", "delete", "image_usage", "url_generator"):
        assert author.get(reverse(f"wagtailimages:{name}", args=[theirs.pk])).status_code == 403
    assert author.get(reverse("wagtailimages_chooser:chosen", args=[theirs.pk])).status_code == 403
    assert author.get(mine.file.url).status_code == 200
    assert author.get(theirs.file.url).status_code in {302, 403}
    assert author.get(theirs.get_rendition("max-165x165").url).status_code in {302, 403}


def test_files_of_another_unit_are_out_of_reach(made, author, client):
    mine, theirs = (paper_of(made.units[name], f"{name}-paper") for name in ("water", "jiuzhou"))
    text = text_of(author.get(reverse("wagtaildocs:index")))
    assert "water-paper" in text
    assert "jiuzhou-paper" not in text
    assert author.get(reverse("wagtaildocs:edit", args=[theirs.pk])).status_code == 403
    assert author.get(mine.url).status_code == 200
    assert author.get(theirs.url).status_code == 403
    client.logout()
    assert client.get(mine.url).status_code in {302, 403}


def test_the_api_of_the_admin_lists_ones_own_files_only(made, author):
    picture_of(made.units["jiuzhou"], "jiuzhou-picture")
    paper_of(made.units["jiuzhou"], "jiuzhou-paper")
    for kind in ("images", "documents"):
        response = author.get(f"/admin/api/main/{kind}/")
        assert "jiuzhou" not in text_of(response)


def test_uploads_are_judged_and_go_to_ones_own_library(made, author):
    own = UnitLibrary.objects.get(unit=made.units["water"]).collection
    foreign = UnitLibrary.objects.get(unit=made.units["jiuzhou"]).collection
    address = reverse("wagtaildocs:add")

    def upload(name, content, collection):
        file = SimpleUploadedFile(name, content)
        return author.post(address, {"title": "文", "file": file, "collection": collection.pk})

    assert upload("空.pdf", b"", own).status_code == 200
    assert upload("坏.pdf", b"MZ", own).status_code == 200
    assert upload("脚本.svg", b"<svg/>", own).status_code == 200
    assert not PortalDocument.objects.exists()
    upload("好.pdf", b"%PDF-1.7", own)
    assert PortalDocument.objects.get().unit == made.units["water"]
    upload("他.pdf", b"%PDF-1.7", foreign)
    assert not PortalDocument.objects.filter(collection=foreign).exists()


# --- the offices and the superuser ---


@pytest.mark.article("5")
def test_the_gov_office_sees_all_and_edits_nothing(made, enter):
    reader = enter(made.who("gov", "reviewer"))
    page = UnitHomePage.objects.get(unit=made.units["jiuzhou"])
    assert "旧州镇的稿子" in text_of(reader.get(reverse("wagtailadmin_explore", args=[page.pk])))
    for name in ("edit", "delete", "copy", "move", "lock"):
        assert reader.get(reverse(f"wagtailadmin_pages:{name}", args=[made.theirs.pk])).status_code == 403, (
            name
        )
    assert not made.theirs.permissions_for_user(made.who("gov", "reviewer")).can_edit()


@pytest.mark.article("18")
def test_the_tree_is_closed_to_superusers(made, enter):
    from organisation.models import User

    boss = person("超级管理员")
    User.objects.filter(pk=boss.pk).update(is_superuser=True)
    boss.refresh_from_db()
    client = enter(boss)
    home = HomePage.objects.get()
    pages = "wagtailadmin_pages:"
    assert client.get(reverse(f"{pages}edit", args=[made.column.pk])).status_code == 403
    assert client.get(reverse(f"{pages}move", args=[made.column.pk])).status_code == 403
    assert client.get(reverse(f"{pages}delete", args=[made.column.pk])).status_code == 403
    address = reverse(f"{pages}add", args=["home", "columnpage", home.pk])
    assert client.post(address, {"title": "私设栏目", "slug": "x"}).status_code == 403
    assert not ColumnPage.objects.filter(title="私设栏目").exists()
    index = UnitIndexPage.objects.get()
    assert client.get(reverse(f"{pages}edit", args=[index.pk])).status_code == 403


@pytest.mark.article("18")
def test_the_egov_office_drafts_columns_as_proposals(made, enter):
    drafter = enter(made.who("egov", "author"))
    address = reverse("wagtailadmin_pages:edit", args=[made.column.pk])
    assert drafter.get(address).status_code == 200
    below = reverse("wagtailadmin_pages:add", args=["home", "columnpage", HomePage.objects.get().pk])
    assert drafter.get(below).status_code == 200
    assert drafter.get(reverse("wagtailadmin_pages:edit", args=[made.theirs.pk])).status_code == 403


@pytest.mark.article("14(6)")
def test_items_on_route_six_are_invisible_to_other_editors(made, enter):
    made.mine.sensitive = True
    made.mine.title = "塌方临时交通管制"
    made.mine.save_revision(user=made.mine.owner)
    factories.submit(made.mine, made.who("water", "author"))
    other = person("水务局另一信息员")
    factories.appoint(other, made.units["water"], "author")
    refresh_groups(other)
    client = enter(other)
    own = UnitHomePage.objects.get(unit=made.units["water"])
    assert client.get(reverse("wagtailadmin_pages:edit", args=[made.mine.pk])).status_code == 403
    assert client.get(reverse("wagtailadmin_pages:history", args=[made.mine.pk])).status_code == 403
    for address in (
        reverse("wagtailadmin_explore", args=[own.pk]),
        reverse("wagtailadmin_pages:search") + "?q=塌方",
        reverse("wagtailadmin_choose_page_child", args=[own.pk]),
        reverse("wagtailadmin_reports:site_history"),
    ):
        assert "塌方临时" not in text_of(client.get(address)), address


# --- writing ---


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
