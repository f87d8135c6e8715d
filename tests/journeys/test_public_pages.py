"""The demo as the public reads it, over HTTP from the public process, which has the read-only database role."""

import io
import json
import re
import time
from hashlib import sha256
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from home.furniture.maps import FURNITURE
from search.extracts import plain
from tests.journeys import validity
from tests.journeys.accessible import violations
from tests.journeys.bad_requests import BAD
from tests.journeys.conftest import WIDTHS
from tests.journeys.reader import Reader
from tests.journeys.register import Records
from tests.portal import running

OPEN = """SELECT path, kind, convert_from(document, 'UTF8') FROM publication_publication
    WHERE ended_at IS NULL ORDER BY kind, path"""
EMPTY = """SELECT path FROM publication_publication p WHERE ended_at IS NULL AND kind = 'column' AND NOT EXISTS (
    SELECT FROM publication_listing l WHERE l.column_object_id = p.object_id)"""
GONE = "SELECT path FROM publication_tombstone ORDER BY path LIMIT 1"
SMALL, FIRST_VIEW = 100_000, 300_000
EVERY = {"SiteName", "SiteDomain", "SiteIDCode", "ColumnType"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = COLUMN | {"ArticleTitle", "PubDate", "ContentSource"}
LABELS = {"home": EVERY, "column": COLUMN, "unit": COLUMN, "information": ARTICLE, "policy": ARTICLE}
QUICK = 10.0  # seconds: a query that runs away takes longer than any machine is busy
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SCHEMA = Path(__file__).parent.parent / "data" / "sitemap.xsd"


@pytest.fixture(scope="module")
def shown(django_db_setup, django_db_blocker):
    """One running portal for all tests of this file: none of them writes."""
    with django_db_blocker.unblock(), running("public_pages") as started:
        yield started


@pytest.fixture(scope="module")
def documents(shown):
    with Records(shown).cursor() as cursor:
        cursor.execute(OPEN)
        return {path: (kind, json.loads(stored)) for path, kind, stored in cursor.fetchall()}


@pytest.fixture(scope="module")
def crawled(shown):
    """By links alone; only empty columns are hidden from navigation and have to be asked for."""
    with Records(shown).cursor() as cursor:
        cursor.execute(EMPTY)
        empty = [path for (path,) in cursor.fetchall()]
    return Reader(shown.public).crawl("/", "/en/", "/hant/", "/sitemap.xml", "/robots.txt", *empty)


@pytest.fixture
def browser_page(chromium, shown):
    context = None

    def opened(width):
        nonlocal context
        across, down = WIDTHS[width]
        context = chromium.new_context(
            viewport={"width": across, "height": down}, locale="zh-CN", base_url=shown.public
        )
        context.set_default_timeout(60_000)
        return context.new_page()

    yield opened
    context.close()


def page_types(shown, documents) -> dict[str, str]:
    """One address of each kind of page that a reader can meet."""
    kinds = {kind: path for path, (kind, _document) in documents.items() if not path.startswith("/en/")}
    with Records(shown).cursor() as cursor:
        cursor.execute(GONE)
        kinds["gone"] = cursor.fetchone()[0]
    by_title = {document["title"]: path for path, (_kind, document) in documents.items()}
    columns = (
        "图片新闻",
        "视频新闻",
        "政府信息公开",
        "依申请公开",
        "机构职能",
        "领导信息",
        "政务服务",
        "当前专题",
        "四好农村路",
    )
    return kinds | {name: by_title[name] for name in columns} | {
        "corrected": by_title["关于调整城区公交线路的公告"],
        "repealed": by_title["西秀区农村公路养护管理暂行办法"],
        "film": by_title["镜头里的西秀：梯田、田野与社区"],
        "library": "/policies/",
        "units": "/units/",
        "site map": "/sitemap/",
        "request": "/disclosure/",
        "state of a request": "/disclosure/state/",
        "letter": "/mailbox/",
        "state of a letter": "/mailbox/state/",
        "search": "/search/?q=公路",
        "empty search": "/search/?q=qqqq",
        "unknown": "/nothing/",
    }  # fmt: skip


@pytest.mark.parametrize(("prefix", "width"), [("", "desktop"), ("/hant", "tablet"), ("", "phone")])
def test_axe_finds_nothing_on_any_kind_of_page(shown, documents, browser_page, prefix, width):
    page = browser_page(width)
    addresses = {name: prefix + path for name, path in page_types(shown, documents).items()}
    if not prefix:
        addresses |= {path: path for path in documents if path.startswith("/en/")} | {"English": "/en/"}
    found = {}
    for name, path in addresses.items():
        page.goto(path)
        found[name, path] = violations(page, impacts=None)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[name, path].append("wider than the window")
    assert {where: what for where, what in found.items() if what} == {}


def test_policy_interpretation_and_pdf_are_three_taps_away(browser_page):
    """On a phone, from the home page."""
    page = browser_page("phone")
    page.goto("/")
    page.locator(".section--policies .row__more a").first.click()
    interpretation = page.inner_text("h1")
    page.locator(".related a").first.click()
    assert interpretation in page.inner_text(".ways, .related")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载 PDF").first.click()
    assert Path(downloading.value.path()).read_bytes().startswith(b"%PDF")


def test_suggestions_while_typing_on_any_page(browser_page):
    page = browser_page("desktop")
    page.goto("/hant/tzgg/")
    page.locator("#find-words").press_sequentially("jiuzhou", delay=30)
    page.get_by_role("option", name="舊州鎮").wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page, impacts=None) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/hant/units/jiuzhou/")


def test_keyboard_large_print_and_reading_aids(browser_page):
    page = browser_page("phone")
    page.emulate_media(reduced_motion="reduce")
    page.goto("/policies/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for path in ("/", "/policies/", "/units/", "/search/?q=公路"):
        page.goto(path)
        for aid in ("large", "contrast"):
            page.locator(f"#{aid}").set_checked(True)
        assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 20
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    assert violations(page, impacts=None) == []
    page.goto("/policies/")
    assert page.locator("#large").is_checked(), "the choice goes along to the next page"
    page.emulate_media(media="print")
    assert not page.locator(".nav").is_visible() and page.locator(".footer").is_visible()


def test_first_views_are_light_and_come_from_one_host(shown, documents, browser_page):
    page, fetched = browser_page("desktop"), []
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.on("requestfinished", lambda request: fetched.append(request))
    weights, addresses = {}, page_types(shown, documents)
    for name in ("home", "column", "图片新闻", "四好农村路", "information", "policy", "unit", "search"):
        fetched.clear()
        page.goto(addresses[name], wait_until="networkidle")
        assert {request.url.split("/")[2] for request in fetched} == {shown.public.split("/")[2]}
        weights[name] = sum(request.sizes()["responseBodySize"] for request in fetched)
    heaviest = max(weights, key=weights.get)
    print(f"the heaviest first view: {heaviest}, {weights[heaviest] / 1000:.0f} kB")
    assert {name: weight for name, weight in weights.items() if weight >= FIRST_VIEW} == {}


def test_every_link_leads_to_a_valid_small_page(shown, documents, crawled, tmp_path):
    assert {path: answer.status for path, answer in crawled.items() if answer.status != 200} == {}
    assert set(documents) <= set(crawled), "every publication is reached by links"
    pages = {path: answer.html for path, answer in crawled.items() if answer.html}
    assert {path: len(html.encode()) for path, html in pages.items() if len(html.encode()) >= SMALL} == {}
    complaints = {path: validity.complaints(html) for path, html in pages.items() if "?" not in path}
    assert {path: found for path, found in complaints.items() if found} == {}
    for number, html in enumerate(pages.values()):
        (tmp_path / f"{number}.html").write_text(html)
    assert validity.nu(sorted(tmp_path.glob("*.html"))) == []


def test_labels_and_text_are_there_without_javascript(documents, crawled):
    for path, (kind, document) in documents.items():
        html = crawled[path].html
        labels = dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', html))
        wanted = LABELS[kind] if not path.startswith("/en/") else EVERY
        assert set(labels) >= wanted | EVERY, (path, wanted - set(labels))
        assert all(labels[name] for name in wanted), path
        text = validity.words(validity.tree(html))
        for block in document.get("body") or ():
            if block["type"] == "rich_text":
                assert "".join(plain(block["html"]).split()) in text, path


def test_feeds_and_site_maps_keep_their_formats(shown, documents, crawled):
    feeds = [path for path, answer in crawled.items() if path.startswith(("/feed/", "/rss/"))]
    assert len(feeds) > 60
    for path in feeds:
        found = feedparser.parse(crawled[path].body)
        assert not found.bozo, (path, found.get("bozo_exception"))
        assert found.feed.title and all(entry.title and entry.link for entry in found.entries), path
    schema, reader, listed = etree.XMLSchema(file=SCHEMA), Reader(shown.public), []
    index = etree.fromstring(crawled["/sitemap.xml"].body)
    schema.assertValid(index)
    for part in index.iter(f"{SITEMAP}loc"):
        urls = etree.fromstring(reader.get(reader.inside(part.text)).body)
        schema.assertValid(urls)
        listed += [reader.inside(place.text) for place in urls.iter(f"{SITEMAP}loc")]
    assert len(listed) == len(set(listed))
    # Columns without items are as hidden here as in the navigation.
    items = {path for path, (kind, _document) in documents.items() if kind != "column"}
    assert items | {*FURNITURE} <= set(listed) <= documents.keys() | {*FURNITURE}


@pytest.mark.parametrize("status", BAD)
def test_bad_requests_get_the_right_answer_at_once(shown, status):
    reader, wrong = Reader(shown.public), {}
    for path in BAD[status]:
        start = time.perf_counter()
        answer = reader.get(path)
        spent = time.perf_counter() - start
        if answer.status != status or spent > QUICK or b"Traceback" in answer.body:
            wrong[path[:60]] = (answer.status, round(spent, 2))
    assert wrong == {}


def test_only_reading_is_answered(shown):
    assert {Reader(shown.public).get("/", method).status for method in ("POST", "PUT", "DELETE", "FOO")} == {
        405
    }


def test_an_archive_of_the_portal_is_read_back(shown, documents, crawled):
    """ISO 28500, as web archives keep sites: every page read back byte for byte."""
    stored = io.BytesIO()
    writer = WARCWriter(stored, gzip=True)
    for path, answer in crawled.items():
        head = StatusAndHeaders(f"{answer.status} OK", list(answer.headers), protocol="HTTP/1.1")
        uri = Reader(shown.public).base + path
        record = writer.create_warc_record(uri, "response", io.BytesIO(answer.body), http_headers=head)
        writer.write_record(record)
    stored.seek(0)
    found = {}
    for record in ArchiveIterator(stored, check_digests="raise"):
        uri = record.rec_headers["WARC-Target-URI"]
        found[uri.removeprefix(Reader(shown.public).base)] = sha256(record.content_stream().read()).digest()
    assert found == {path: sha256(answer.body).digest() for path, answer in crawled.items()}
    assert set(documents) <= set(found)
