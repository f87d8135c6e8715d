"""A unit's people see and edit their unit's pages only; the offices as Article 5 says; superusers are no office."""

import pytest
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from home.models import ColumnPage, HomePage, InformationPage
from organisation import sync
from organisation.groups import refresh_groups
from organisation.models import User
from tests import factories
from tests.editing import text_of
from tests.organisation_world import person
from units.models import UnitHomePage, UnitIndexPage

pytestmark = [pytest.mark.django_db, pytest.mark.article("17")]


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
