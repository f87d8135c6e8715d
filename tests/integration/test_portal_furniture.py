"""Every item of furniture that a district government's site must show (portal.md), each ticked by a test."""

import json
import re
from urllib.parse import unquote

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from html5lib import HTMLParser

from home import leaving
from home.furniture.maps import FURNITURE
from publication import gate
from publication.models import Publication
from tests import factories, portal_world
from tests.portal_world import get, labels, published, structured
from tests.regulation import public_side

pytestmark = pytest.mark.xdist_group("portal")  # its world is made once, by one worker

EVERY = {"SiteName", "SiteDomain", "SiteIDCode", "ColumnType"}
BUDGET = 8


def test_header_and_footer_stand_on_every_kind_of_page(world, settings):
    for path in world.pages():
        html = get(path)
        for words in (
            settings.SITE_NAME,
            settings.SITE_DOMAIN,
            settings.SITE_ID_CODE,
            'action="/search/" method="get"',
            'name="q"',
            'id="large"',
            'id="contrast"',
            'lang="zh-Hant" hreflang="zh-Hant">繁體',
            'lang="en" hreflang="en">English',
            'href="/units/"',
            'href="/sitemap/"',
            "主办单位：区人民政府",
            "承办单位：区电子政务办公室",
            "黔ICP备00000000号",
            "贵公网安备00000000号",
            "党政机关网站标识",
        ):
            assert words in html, (path, words)


def test_page_labels_structured_data_and_open_graph_on_every_kind_of_page(world, settings):
    for path in [*world.pages(), *world.other_pages()]:
        html = get(path)
        assert set(labels(html)) >= EVERY, path
        graph = {part["@type"]: part for part in structured(html)["@graph"]}
        assert graph["GovernmentOrganization"]["name"] == settings.SITE_NAME
        assert 'property="og:title"' in html and 'property="og:site_name"' in html
        if path != "/":
            assert graph["BreadcrumbList"]["itemListElement"][0]["name"] == "首页"
    article = {part["@type"]: part for part in structured(get(world.article.path))["@graph"]}["NewsArticle"]
    assert article["headline"] == world.article.title
    assert article["datePublished"].startswith(f"{timezone.localtime():%Y-%m-%d}T")
    policy = {part["@type"]: part for part in structured(get(world.policy.path))["@graph"]}["Legislation"]
    assert policy["legislationIdentifier"] == "西府办发〔2026〕1号"


def test_a_title_cannot_end_the_structured_data(world):
    item = published(world.town, factories.item(world.town, "water", world.column, title="</script><b>甲&乙"))
    html = get(item.path)
    names = [part.get("headline") for part in structured(html)["@graph"]]
    assert "</script><b>甲&乙" in names
    assert "</script><b>" not in html


def test_html_is_well_formed_and_small(world):
    for path in [*world.pages(), *world.other_pages()]:
        html = get(path)
        HTMLParser(strict=True).parse(html)
        assert len(html.encode()) < 100_000, path
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids)), path


def test_few_queries_for_every_page(world):
    for path in [*world.pages(), *world.other_pages(), "/hant/", "/feed/", "/sitemap-0.xml"]:
        with CaptureQueriesContext(connection) as asked:
            get(path)
        statements = [q["sql"] for q in asked if q["sql"].startswith(("SELECT", "WITH", "\n"))]
        assert len(statements) <= BUDGET, (path, [sql[:100] for sql in statements])


# --- the article page ---


def test_an_article_shows_what_an_article_must_show(world):
    html = get(world.article.path)
    for words in (
        "发布时间",
        "来源",
        "责任编辑",
        "字号",
        "data-print",
        "扫一扫",
        "<svg",
        "附件",
        "冲洗时间表",
    ):
        assert words in html, words
    assert re.search(r"PDF，\d+(\.\d+)?\xa0?\s?(bytes|字节|KB)", html)
    assert f'<a href="{world.column_path}">' in html
    assert "上一篇" in html or "下一篇" in html


def test_previous_and_next_follow_the_column(world):
    first, second, third = (
        published(world.town, factories.item(world.town, "water", world.column, title=f"第{n}篇"))
        for n in "一二三"
    )
    html = get(second.path)
    assert f'rel="prev" href="{third.path}"' in html
    assert f'rel="next" href="{first.path}"' in html


def test_a_correction_says_what_was_changed_and_when_the_earlier_text_stood_there(world):
    page = world.article_page.get_latest_revision_as_object()
    assert "更正说明" not in get(world.article.path)
    page.correction_note = "冲洗时间由周一更正为周二。"
    page.body = [("rich_text", "<p>周二冲洗。</p>")]
    page.save_revision(user=page.owner)
    published(world.town, page)
    html = get(world.article.path)
    assert "冲洗时间由周一更正为周二。" in html
    assert "以往版本" in html
    assert html.count(" 至 <time") == 1
    assert "定于周一冲洗" not in html


def test_links_to_outside_go_by_a_notice_and_to_governments_straight(world):
    page = factories.item(world.town, "water", world.column, title="外链")
    page.body = [
        (
            "rich_text",
            '<p><a href="https://example.org/a?b=1&amp;c=2">外站</a><a href="https://www.gov.cn/">国务院</a></p>',
        )
    ]
    page.save_revision(user=page.owner)
    item = published(world.town, page)
    html = get(item.path)
    address = re.search(r'href="(/leaving/\?[^"]+)"', html.split('class="prose"')[1])[1].replace("&amp;", "&")
    assert 'href="https://www.gov.cn/"' in html
    notice = get(address)
    assert "您即将离开" in notice
    assert 'href="https://example.org/a?b=1&amp;c=2"' in notice
    assert f'href="{item.path}">返回原页面' in notice
    key = leaving.key_of("https://evil.example/")
    for other in (f"/leaving/?page={item.path}&link={key}", "/leaving/", "/leaving/?page=%00&link=a"):
        assert public_side.get(other)[0] == 404


def test_gone_pages_say_why_and_unknown_ones_lead_on(world):
    gate.take_down(world.article, world.town.who("water", "reviewer"), "content_error")
    status, body = public_side.get(world.article.path)
    assert status == 410
    assert "内容更正中" in body.decode()
    assert world.article.title not in body.decode()
    status, body = public_side.get("/nothing/here.html")
    assert status == 404
    assert "网站地图" in body.decode()


def test_grey_mode_and_empty_columns_follow_the_approved_documents(world):
    assert '<html lang="zh-Hans">' in get("/")
    empty = factories.column(world.town, title="空栏目")
    assert "空栏目" not in get("/")
    home = world.home_page()
    home.grey = True
    home.save_revision(user=world.town.who("egov", "author"))
    factories.publish_structure(world.town, home)
    for path in (
        "/",
        world.article.path,
        "/sitemap/",
        Publication.objects.get(object_id=empty.object_id).path,
    ):
        assert 'class="grey"' in get(path)


# --- feeds, site maps, robots ---


def test_feeds_parse_and_hold_the_newest(world, settings):
    for path in (
        "/feed/",
        f"/feed{world.column_path}",
        "/feed/units/water/",
        "/rss/",
        f"/rss{world.column_path}",
    ):
        status, body = public_side.get(path)
        assert status == 200
        feed = feedparser.parse(body)
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert {entry.title for entry in feed.entries} >= {world.article.title, world.policy.title}
        assert all(entry.link.startswith(f"{settings.PUBLIC_BASE_URL}/") for entry in feed.entries)
    for path in ("/feed/nothing/", f"/feed{world.article.path}", "/feed/%00/"):
        assert public_side.get(path)[0] == 404
    assert f'type="application/atom+xml" title="{world.column.title} -' in get(world.column_path)


def test_site_maps_hold_what_can_be_reached_and_nothing_else(world, settings):
    """Every open publication and the furniture; a column without items is as hidden as in the navigation."""
    from xml.etree import ElementTree

    empty = Publication.objects.get(object_id=factories.column(world.town, title="空栏目").object_id)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = ElementTree.fromstring(public_side.get("/sitemap.xml")[1])
    assert index.tag.endswith("sitemapindex")
    found = []
    for part in index.findall("s:sitemap/s:loc", names):
        status, body = public_side.get(part.text.removeprefix(settings.PUBLIC_BASE_URL))
        chunk = ElementTree.fromstring(body)
        assert status == 200 and chunk.tag.endswith("urlset") and len(chunk) <= 50_000
        found += [
            loc.text.removeprefix(settings.PUBLIC_BASE_URL) for loc in chunk.findall("s:url/s:loc", names)
        ]
    assert sorted(found) == sorted({*world.pages(), *FURNITURE} - {empty.path})
    assert all(public_side.get(path)[0] == 200 for path in FURNITURE)
    assert public_side.get("/sitemap-999999999.xml")[0] == 404
    robots = public_side.get("/robots.txt")[1].decode()
    assert f"Sitemap: {settings.PUBLIC_BASE_URL}/sitemap.xml" in robots
    people = get("/sitemap/")
    assert world.column.title in people and "/units/water/" in people


def test_a_site_map_is_read_in_parts_by_number(world, monkeypatch):
    from home.furniture import maps

    monkeypatch.setattr(maps, "CHUNK", 2)
    parts = public_side.get("/sitemap.xml")[1].decode().count("<sitemap>")
    found = [
        re.findall("<loc>([^<]+)", public_side.get(f"/sitemap-{n}.xml")[1].decode()) for n in range(parts)
    ]
    assert parts > 1
    assert all(found), "no part is empty: the schema forbids it"
    assert all(len(part) <= 2 for part in [found[0][: -len(FURNITURE)], *found[1:]])


# --- the whole of it ---


def test_every_internal_link_leads_somewhere(world):
    """`/search/` is tested where it is made; files are released by the worker."""
    seen, waiting = set(), ["/", "/en/", "/policies/"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith(("/search/", "/static/")):
            continue
        seen.add(path)
        status, body = public_side.get(path)
        assert status == 200, path
        if b"<html" in body[:400]:
            links = re.findall(r'<a[^>]* href="([^"]+)"', body.decode())
            waiting += [portal_world.joined(path, link) for link in links if link.startswith(("/", "?"))]
    assert {world.article.path, world.policy.path, "/units/water/", "/sitemap/"} <= {unquote(p) for p in seen}
    assert any(path.startswith("/hant/") for path in seen)


@pytest.mark.parametrize(
    "page", ["-1", "0", "1000000000", "o-1--1", "o99999999999999999-1", "x" * 4000, "o1-\x00"]
)
def test_a_nonsense_page_number_is_a_page(world, page):
    for path in (world.column_path, "/units/water/", "/policies/", "/en/"):
        status, _body = public_side.get(f"{path}?at={page}")
        assert status == 200


def test_data_in_a_page_is_json(world):
    html = get(world.policy.path)
    assert json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])["@context"] == "https://schema.org"
