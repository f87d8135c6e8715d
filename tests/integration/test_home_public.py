"""What readers get: labels on every kind of page, few queries, only what is public (Articles 2, 14; portal.md)."""

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from home import faces
from home.models import HomePage, PolicyPage
from publication import gate
from publication.documents import parse
from publication.models import Publication
from publication.views import serve
from tests import factories
from tests import publication_world as by_hand

pytestmark = pytest.mark.django_db

EVERY = {"SiteName", "SiteDomain", "SiteIDCode", "ColumnType"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource"}
META = re.compile(r'<meta name="(\w+)" content="([^"]*)">')
BUDGET = 8


@pytest.fixture
def made(town, column):
    town.column = column
    return town


def published(made, page, who="water"):
    return Publication.objects.get(
        pk=factories.publish(made, factories.submit(page, made.who(who, "author"))).publication_id
    )


@pytest.fixture
def kinds(made):
    """One open publication of each kind: kind → path."""
    unit = factories.unit_page(made, "water")
    unit.introduction = "<p>水务工作。</p>"
    unit.save_revision(user=made.who("water", "author"))
    published(made, unit)
    policy = PolicyPage(
        title="供水管理办法",
        slug="policy",
        unit=made.units["water"],
        column=made.column,
        owner=made.who("water", "author"),
        issuer="区人民政府",
        document_number="西府办发〔2026〕1号",
        interpretation="not_needed",
        no_interpretation="内部管理事项。",
        body=factories.BODY,
    )
    unit.add_child(instance=policy)
    published(made, policy)
    published(made, factories.item(made, "water", made.column, title="冲洗安排", keywords="供水，冲洗"))
    return dict(Publication.objects.open().values_list("kind", "path"))


def read(rf, path, **query):
    response = serve(rf.get(path, query), path.lstrip("/"))
    assert response.status_code == 200
    return response.content.decode()


def labels(html):
    return dict(META.findall(html))


def test_page_labels_on_every_kind_of_page(rf, kinds):
    assert set(kinds) == {"home", "column", "unit", "information", "policy"}
    wanted = {
        "home": EVERY | {"ColumnName", "ColumnType"},
        "column": EVERY | COLUMN,
        "unit": EVERY | COLUMN,
        "information": EVERY | COLUMN | ARTICLE | {"Keywords", "Description", "Url"},
        "policy": EVERY | COLUMN | ARTICLE,
    }
    for kind, names in wanted.items():
        found = labels(read(rf, kinds[kind]))
        assert names <= set(found), kind
        assert all(found[name] for name in names), kind
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", labels(read(rf, kinds["policy"]))["PubDate"])


@pytest.mark.article("2")
def test_a_subsite_carries_the_portals_header_footer_and_identifiers(rf, kinds, settings):
    html = read(rf, kinds["unit"])
    for words in (settings.SITE_NAME, settings.SITE_DOMAIN, settings.SITE_ID_CODE, "冲洗安排", "水务工作"):
        assert words in html


def test_few_queries_and_small_pages(rf, kinds, as_role):
    with as_role("public"):
        for kind, path in kinds.items():
            with CaptureQueriesContext(connection) as asked:
                html = read(rf, path)
            assert len(asked) <= BUDGET, (kind, [query["sql"][:90] for query in asked])
            assert len(html.encode()) < 100_000


def test_nothing_foreign_and_nothing_inline(rf, kinds, settings):
    """The content security policy forbids both; no page may need them."""
    for kind, path in kinds.items():
        html = read(rf, path)
        programs = html.replace('<script type="application/ld+json">', "")  # data, which no browser runs
        assert not re.search(r"<style|<script(?![^>]* src=\"/)| style=| on\w+=", programs), kind
        sources = re.findall(r'(?:src|href)="(?!/|#|\?)([^"]*)"', html)
        assert all(address.startswith(settings.PUBLIC_BASE_URL) for address in sources), kind


def test_long_lists_turn_pages_by_key(rf, made):
    for number in range(23):
        by_hand.public(
            made,
            by_hand.document(made, title=f"第{number:02}条", column=str(made.column.object_id)),
        )
    path = Publication.objects.open().get(object_id=made.column.object_id).path
    with CaptureQueriesContext(connection) as asked:
        first = read(rf, path)
    assert len(asked) <= BUDGET
    older = re.search(r'rel="next" href="\?at=([^"]+)"', first)[1]
    second = read(rf, path, at=older)
    assert "共 23 条" in first
    assert "第22条" in first
    assert "第00条" in second
    assert "第22条" not in second
    assert "上一页" in second
    assert "第22条" in read(rf, path, at="nonsense'--")


def test_links_to_what_is_not_public_become_text(rf, made):
    target = factories.item(made, "water", made.column, title="目标")
    page = factories.item(made, "water", made.column)
    page.body = [("rich_text", f'<p>参见<a linktype="page" id="{target.pk}">目标文件</a>。</p>')]
    page.save_revision(user=page.owner)
    path = published(made, page).path
    assert "参见目标文件。" in read(rf, path)
    there = published(made, target)
    assert f'<a href="{there.path}">目标文件</a>' in read(rf, path)
    gate.close(there, "withdrawn")
    assert "参见目标文件。" in read(rf, path)


def test_empty_columns_are_not_in_the_navigation(rf, made):
    home = Publication.objects.open().get(kind="home").path
    assert f'<li><a href="{made.column.slug}' not in read(rf, home)
    assert 'class="nav"' not in read(rf, home)
    published(made, factories.item(made, "water", made.column))
    assert 'class="nav"' in read(rf, home)


def test_the_home_page_shows_the_newest_of_its_sections(rf, made):
    published(made, factories.item(made, "water", made.column, title="最新一条"))
    home = HomePage.objects.get()
    home.sections = [("section", {"title": "公告", "column": made.column, "limit": 3, "style": "list"})]
    home.motto = "公开为民"
    home.save_revision(user=made.who("egov", "author"))
    factories.publish_structure(made, home)
    html = read(rf, "/")
    assert "最新一条" in html
    assert "公开为民" in html
    document = parse(Publication.objects.open().get(kind="home").document)
    assert document["home"]["sections"][0]["column"] == str(made.column.object_id)


def test_what_is_gone_and_what_never_was_keep_the_frame(made):
    for name, more in (("404", {}), ("410", {"reason": "内容核实中"})):
        html = render_to_string(f"public/{name}.html", faces.notice() | more)
        assert set(labels(html)) >= EVERY
    assert "内容核实中" in html


@pytest.mark.article("18")
def test_a_renamed_column_shows_only_after_the_decision(rf, made):
    path = Publication.objects.open().get(object_id=made.column.object_id).path
    page = made.column
    page.title = "公告公示"
    page.save_revision(user=made.who("egov", "author"))
    assert "公告公示" not in read(rf, path)
    factories.publish_structure(made, page)
    assert "公告公示" in read(rf, path)


def test_demo_pages_say_so(rf, made, settings):
    settings.DEMO = True
    path = published(made, factories.item(made, "water", made.column)).path
    settings.DEMO = False
    assert "演示数据" in read(rf, path)
