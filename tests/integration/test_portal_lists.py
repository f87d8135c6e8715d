"""Columns, subsites and the home page: facets by unit, year and kind, totals that nobody counts, the catalogue."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home.models import PortalImage, UnitLibrary
from publication import facets, gate
from publication.models import FacetCounter, Listing
from tests import committed, factories
from tests.portal_world import get, published
from tests.secrecy_world import picture

pytestmark = pytest.mark.xdist_group("portal")  # its world is made once, by one worker


def with_a_township(world):
    """The portal, and a township with a complete face and one item."""
    page = factories.unit_page(world.town, "jiuzhou")
    page.leaders = [("leader", {"name": "主要领导", "duty": "镇长", "portfolio": "主持全面工作"})]
    page.contacts = [("contact", {"label": "电话", "value": "0851-00000000"})]
    page.introduction = "<p>旧州镇简介。</p>"
    page.save_revision(user=world.town.who("jiuzhou", "author"))
    published(world.town, page, "jiuzhou")
    item = factories.item(world.town, "jiuzhou", world.column, title="古镇灯会")
    shown = {"image": lantern(world.town.units["jiuzhou"]), "alt_text": "灯笼", "decorative": False}
    item.body = [{"type": "image", "value": {"image": shown, "caption": ""}}]
    item.save_revision(user=item.owner)
    world.town_item = published(world.town, item, "jiuzhou")
    return world


def lantern(unit) -> int:
    file = ContentFile(picture(size=(640, 480)), name="lantern.jpg")
    collection = UnitLibrary.objects.get(unit=unit).collection
    return PortalImage.objects.create(title="灯笼", description="灯笼", collection=collection, file=file).pk


@pytest.fixture(scope="module")
def two_units(portal, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("two_units")
    with committed.world("two_units", with_a_township, folder, django_db_blocker, on=portal) as made:
        yield made


@pytest.fixture
def world(two_units, settings, tmp_path, django_db_blocker):
    with committed.turn(two_units, settings, tmp_path, django_db_blocker) as made:
        yield made


def rows(html):
    return re.findall(r'class="row__title" href="[^"]+">([^<]+)<', html.split("<main")[1])


def test_a_column_is_narrowed_by_unit_year_and_kind(world):
    path, year = world.column_path, timezone.localdate().year
    assert set(rows(get(path))) == {"冲洗安排", "供水管理办法", "古镇灯会"}
    assert set(rows(get(f"{path}?unit=water"))) == {"冲洗安排", "供水管理办法"}
    assert rows(get(f"{path}?unit=water&kind=policy")) == ["供水管理办法"]
    assert set(rows(get(f"{path}?year={year}&unit=jiuzhou"))) == {"古镇灯会"}
    assert rows(get(f"{path}?year={year - 1}")) == []
    assert "没有符合所选条件" in get(f"{path}?unit=nobody")
    assert len(rows(get(f"{path}?year=nonsense&unit=%27%3B--&kind=%00"))) == 3


def test_totals_beside_the_list_are_those_of_the_list(world):
    html = get(f"{world.column_path}?kind=information")
    assert '<span class="facet__total">1</span>' in html
    found = facets.read(world.column.object_id, {"kind": "information"})
    assert (
        found.total
        == Listing.objects.filter(column_object_id=world.column.object_id, kind="information").count()
    )
    gate.close(world.town_item, "withdrawn")
    assert FacetCounter.objects.filter(column_object_id=world.column.object_id, total__gt=0).count() == 2


@pytest.mark.parametrize("wanted", [{}, {"unit": "water"}])
def test_choices_cost_one_query_whatever_is_published(world, wanted):
    with CaptureQueriesContext(connection) as asked:
        facets.read(world.column.object_id, wanted)
    assert len(asked) == 1


def test_a_choice_says_what_it_leaves_of_the_list_under_the_others(world):
    own = world.column.object_id
    for wanted in ({}, {"unit": "water"}, {"kind": "policy"}, {"unit": "water", "kind": "policy"}):
        read = facets.read(own, wanted)
        assert read.total == Listing.objects.filter(read.query, column_object_id=own).count()
        for name in facets.FIELDS:
            assert [choice.value for choice in read.choices(name) if choice.chosen] == [
                value for key, value in wanted.items() if key == name
            ]
            for choice in read.choices(name):
                narrowed = facets.read(own, wanted | {name: choice.value})
                listed = Listing.objects.filter(narrowed.query, column_object_id=own)
                assert choice.total == narrowed.total == listed.count() > 0
    assert facets.read(own, {"unit": "nobody"}).total == 0


def test_an_unfiltered_and_a_filtered_list_use_their_indexes(world, as_role):
    """Plans, not times: no sort and no scan of the table whatever the list is narrowed by."""
    for where in ("", "AND unit_id = 1", "AND kind = 'policy'"):
        statement = (
            "EXPLAIN SELECT * FROM publication_listing WHERE column_object_id = %s "
            f"{where} ORDER BY published_at DESC, id DESC LIMIT 21"
        )
        with as_role("owner"), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_incremental_sort = off")
            cursor.execute(statement, [str(world.column.object_id)])
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Index" in plan and "Sort" not in plan, plan


def test_a_subsite_has_its_columns_introduction_contacts_and_leaders(world):
    html = get("/units/jiuzhou/")
    for words in ("旧州镇简介", "主要领导", "镇长", "主持全面工作", "0851-00000000", "古镇灯会"):
        assert words in html
    assert rows(html) == ["古镇灯会"]
    address = re.search(r'class="subsite__columns".*?href="([^"]+)"', html, re.DOTALL)
    if address:
        assert address[1].endswith("?unit=jiuzhou")


def test_a_subsites_own_columns_are_those_it_names(world):
    page = factories.unit_page(world.town, "jiuzhou").get_latest_revision_as_object()
    page.columns = [("column", {"title": "镇务公告", "column": world.column})]
    page.save_revision(user=world.town.who("jiuzhou", "author"))
    published(world.town, page, "jiuzhou")
    assert f'<a href="{world.column_path}?unit=jiuzhou">镇务公告' in get("/units/jiuzhou/")


def test_home_page_sections_show_what_their_column_holds(world):
    html = get("/").split("<main")[1]
    for style in ("list", "cards", "pictures", "policies"):
        part = re.search(rf'section--{style}[ "].*?</section>', html, re.DOTALL)[0]
        assert "古镇灯会" in part, style
    assert "section--topics" not in html, "there is no topic yet"
    headlines = re.search(r'class="headlines wrap".*?</section>', html, re.DOTALL)[0]
    assert re.search(r'class="headlines__picture"[^>]*><img [^>]+alt=""', headlines), "with its picture"
    assert re.search(r'class="headlines__first"><a href="[^"]+">古镇灯会', headlines)


def test_topics_are_columns_that_were_approved_as_such(world):
    from home.models import ColumnPage

    topic = ColumnPage(
        title="全民阅读",
        slug="reading",
        unit=world.town.units["egov"],
        responsible_unit=world.town.units["gov"],
        contributor_kinds=["department"],
        layout="topic",
        description="身边的书香。",
    )
    parent = ColumnPage.objects.get(pk=world.column.pk)
    parent.add_child(instance=topic)
    factories.publish_structure(world.town, topic)
    published(world.town, factories.item(world.town, "water", topic, title="图书漂流"))
    assert 'class="topic__title">全民阅读' in get(world.column_path)
    assert 'class="topic__title">全民阅读' in get("/")
    html = get(f"{world.column_path}reading/")
    assert "topic-banner" in html and "图书漂流" in html and "已归档" not in html
    assert "图书漂流" in get(world.column_path), "what stands in a topic stands in the columns above it"
    ended = topic.get_latest_revision_as_object()
    ended.update_days = 0
    ended.save_revision(user=world.town.who("egov", "author"))
    factories.publish_structure(world.town, ended)
    assert "已归档" in get(f"{world.column_path}reading/") and "已归档" in get(world.column_path)


def test_institutions_and_leaders_come_from_approved_faces(world):
    from home.models import ColumnPage

    made = world.town
    page = factories.unit_page(made, "gov")
    page.leaders = [("leader", {"name": "主要领导", "duty": "办公室主任", "portfolio": "主持全面工作"})]
    page.save_revision(user=made.who("gov", "author"))
    published(made, page, "gov")
    paths = {}
    for title, kind in (("机构职能", "机构职能"), ("领导信息", "负责人信息")):
        column = factories.column(made, title=title)
        column = ColumnPage.objects.get(pk=column.pk).get_latest_revision_as_object()
        column.column_type = kind
        column.save_revision(user=made.who("egov", "author"))
        factories.publish_structure(made, column)
        paths[title] = f"/{column.slug}/"
    assert 'href="/units/jiuzhou/">旧州镇' in get(paths["机构职能"])
    assert "办公室主任" in get(paths["领导信息"]), "while the column names nobody, the office's face does"
    column = ColumnPage.objects.get(slug=paths["领导信息"].strip("/")).get_latest_revision_as_object()
    column.leaders = [("leader", {"name": "区长", "duty": "区人民政府区长", "portfolio": "主持全面工作"})]
    column.save_revision(user=made.who("egov", "author"))
    factories.publish_structure(made, column)
    html = get(paths["领导信息"])
    assert "区人民政府区长" in html and "办公室主任" not in html


@pytest.mark.article("18")
def test_no_column_takes_an_address_of_the_portal(world):
    from home.models import ColumnPage, HomePage
    from regulation.refusals import Refusal

    column = ColumnPage(
        title="搜索", slug="search", unit=world.town.units["egov"], responsible_unit=world.town.units["gov"]
    )
    HomePage.objects.get().add_child(instance=column)
    with pytest.raises(Refusal) as caught:
        column.build_document()
    assert caught.value.code == "taken_path"
