"""Traditional characters are derived and never stored; English is a page of its own that went through review (ADR 6)."""

import json
import re

import pytest
from django.utils.html import escape
from wagtail.models import Locale

from home import traditional
from home.models import ColumnType
from publication import gate
from publication.models import Publication
from regulation.refusals import Refusal
from tests import factories
from tests.portal_world import get, labels, published, structured
from tests.regulation import public_side

pytestmark = pytest.mark.xdist_group("portal")  # its world is made once, by one worker


def english_of(world, **fields):
    locale, _made = Locale.objects.get_or_create(language_code="en")
    page = world.article_page.copy_for_translation(locale)
    page.title = "When the pipes are flushed"
    page.body = [("rich_text", "<p>The pipes of the town are flushed on Monday.</p>")]
    page.attachments = []
    page.summary = page.keywords = ""
    page.owner = world.town.who("water", "author")
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=page.owner)
    return page


@pytest.mark.parametrize(
    ("simplified", "wanted"),
    [
        ("西秀区人民政府办公室发布", "西秀區人民政府辦公室發佈"),
        ("头发与发展，里程与里面", "頭髮與發展，里程與裡面"),
        ("岩腊苗族布依族乡、宁谷镇", "岩臘苗族布依族鄉、寧谷鎮"),
        ("皇后之后", "皇后之後"),
    ],
)
def test_characters_are_converted_by_words_and_names_are_protected(simplified, wanted):
    assert traditional.text(simplified) == wanted


def test_every_page_in_traditional_characters_and_back(world):
    for path in [*world.pages(), *world.other_pages()]:
        plain, html = get(path), get(f"/hant{path}")
        assert '<html lang="zh-Hant"' in html
        assert "<title>" in html and "門戶網站" in html and "门户网站" not in html
        assert f'<a class="script-switch" href="{path}" lang="zh-Hans" hreflang="zh-Hans">简体</a>' in html
        assert f'href="/hant{path}" lang="zh-Hant"' in plain


def test_every_page_has_a_column_type_of_the_standard_in_both_scripts(world):
    others = ("/en/", "/search/", "/search/?q=冲洗", "/disclosure/", "/mailbox/", "/mailbox/state/")
    for path in [*world.pages(), *world.other_pages(), *others]:
        value = labels(get(path))["ColumnType"]
        assert value in {"首页", *ColumnType.values}, path
        assert path == "/en/" or labels(get(f"/hant{path}"))["ColumnType"] == value


def test_links_inside_stay_in_the_script_and_files_stay_where_they_are(world):
    html = get(f"/hant{world.article.path}")
    inner = re.findall(r'<a[^>]* href="(/[^"]*)"', html)
    shared = ("/hant/", "/files/", "/en/", "/feed/")
    assert all(link.startswith(shared) or link == world.article.path for link in inner), inner
    assert 'action="/hant/search/"' in html
    assert 'href="/files/' in html
    assert f'rel="canonical" href="{re.search("https?://[^/]+", html)[0]}' in html
    assert "hant" in re.search(r'rel="canonical" href="([^"]+)"', html)[1]


def test_who_searches_stays_in_his_script(world):
    """The switch keeps the question and what was chosen; what is proposed leads on in the same characters."""
    for query in (
        "/search/?q=%E5%86%B2%E6%B4%97",
        "/policies/?validity=%E6%9C%89%E6%95%88",
        f"{world.column_path}?unit=water",
    ):
        assert f'class="script-switch" href="/hant{query}"' in get(query)
        html = get(f"/hant{query}")
        assert f'class="script-switch" href="{query}"' in html
        assert "門戶網站" in html
    assert '<option value="有效" selected>有效</option>' in get("/hant/policies/?validity=%E6%9C%89%E6%95%88")
    (proposed,) = json.loads(get("/hant/search/suggest?q=%E5%86%B2%E6%B4%97"))["suggestions"]
    assert (proposed["title"], proposed["path"]) == ("沖洗安排", f"/hant{world.article.path}")


def test_nothing_traditional_is_stored(world):
    get(f"/hant{world.article.path}")
    assert not [p for p in Publication.objects.all() if "沖洗" in bytes(p.document).decode()]


def test_what_is_gone_is_gone_in_both_scripts(world):
    gate.take_down(world.article, world.town.who("water", "reviewer"), "content_error")
    status, body = public_side.get(f"/hant{world.article.path}")
    assert status == 410
    assert "內容更正中" in body.decode()
    assert public_side.get("/hant/nothing.html")[0] == 404
    assert public_side.get("/hant/hant/")[0] == 404


@pytest.mark.article("14")
def test_a_translation_is_public_only_by_its_own_signatures(world, settings):
    path = f"/en{world.article.path}"
    page = english_of(world)
    assert public_side.get(path)[0] == 404
    assert "There are no English pages" in get("/en/")
    assert 'href="/en/" lang="en"' in get(world.article.path)
    english = published(world.town, page)
    assert english.path == path
    html = get(path)
    assert '<html lang="en">' in html
    assert "flushed on Monday" in html
    assert "has been changed since" not in html
    assert f"<title>When the pipes are flushed - {escape(settings.SITE_NAME_ENGLISH)}</title>" in html
    assert f"<title>English pages - {escape(settings.SITE_NAME_ENGLISH)}</title>" in get("/en/")
    for english_page in (html, get("/en/")):
        assert f'property="og:site_name" content="{escape(settings.SITE_NAME_ENGLISH)}"' in english_page
        graph = {part["@type"]: part for part in structured(english_page)["@graph"]}
        assert graph["BreadcrumbList"]["itemListElement"][0]["name"] == "Home"
    assert f'<dd lang="zh-Hans">{world.town.units["water"].name}</dd>' in html
    assert labels(html)["ColumnType"] == labels(get(world.article.path))["ColumnType"]
    assert f'href="{world.article.path}" lang="zh-Hans"' in html
    assert f'href="{path}" lang="en" hreflang="en">English' in get(world.article.path)
    assert "When the pipes are flushed" in get("/en/")
    assert "When the pipes are flushed" not in get(world.column_path) + get("/units/water/")


@pytest.mark.parametrize(
    ("path", "said"),
    [("/en/nothing.html", "This page does not exist"), ("/nothing.html", "您访问的页面不存在")],
)
def test_an_unknown_address_is_answered_in_its_language(world, path, said):
    status, body = public_side.get(path)
    assert status == 404
    assert said in body.decode()


@pytest.mark.article("14")
def test_a_translation_says_when_it_is_older_than_its_original(world):
    english = published(world.town, english_of(world))
    page = world.article_page.get_latest_revision_as_object()
    page.body = [("rich_text", "<p>改为周二冲洗。</p>")]
    page.save_revision(user=page.owner)
    changed = published(world.town, page)
    Publication.objects.filter(pk=changed.pk)  # the correction's time is the server's
    assert changed.published_at >= english.published_at
    from home.faces import is_outdated

    assert is_outdated(changed, english) is (changed.published_at > english.published_at)
    gate.close(changed, "withdrawn")
    assert "The Chinese page is no longer public." in get(english.path)


def test_a_translation_needs_its_original_first(world):
    draft = factories.item(world.town, "water", world.column)
    locale, _made = Locale.objects.get_or_create(language_code="en")
    page = draft.copy_for_translation(locale)
    with pytest.raises(Refusal) as caught:
        page.build_document()
    assert caught.value.code == "translation"


def test_a_translation_stands_beside_its_original_below_the_unit(world):
    page = english_of(world)
    assert page.get_parent().specific == world.article_page.get_parent().specific
    assert page.unit == world.town.units["water"]
    assert not page.live
