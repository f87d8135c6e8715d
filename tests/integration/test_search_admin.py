"""The admin's own searches: pages, images and documents are found by any part of their Chinese titles."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from home.models import PortalDocument

pytestmark = pytest.mark.django_db
TITLES = ("旧州古镇灯会安排", "城区供水管网冲洗安排", "西府发2026年第12号附件", "Notice of road works G60")


@pytest.fixture
def backend():
    return get_search_backend()


@pytest.fixture
def pages(backend):
    root = Page.get_first_root_node()
    made = [root.add_child(title=title, slug=f"search-{n}", live=False) for n, title in enumerate(TITLES)]
    return {page.title: page for page in made}


def found(backend, query, **options):
    rows = Page.objects.filter(title__in=TITLES)
    return [page.title for page in backend.search(query, rows, **options)]


@pytest.mark.parametrize("part", ["旧州", "古镇灯", "灯会安排", "州古", "會安", "旧"])
def test_pages_are_found_by_any_part_of_their_title(backend, pages, part):
    assert found(backend, part) == [TITLES[0]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("灯会 旧州", [TITLES[0]]),
        ("旧州 供水", []),
        ("12号", [TITLES[2]]),
        ("G60", [TITLES[3]]),
        ("notice", [TITLES[3]]),
        ("!!! ' \" \\ & | :*", []),
        ("\x00", []),
        ("长" * 10_000, []),
    ],
)
def test_queries(backend, pages, query, expected):
    assert found(backend, query) == expected


def test_either_word(backend, pages):
    assert set(found(backend, "旧州 供水", operator="or")) == set(TITLES[:2])


def test_named_fields(backend, pages):
    assert found(backend, "供水管网", fields=["title"]) == [TITLES[1]]


def test_while_typing(backend, pages):
    rows = Page.objects.filter(title__in=TITLES)
    assert [page.title for page in backend.autocomplete("供", rows)] == [TITLES[1]]
    assert [page.title for page in backend.autocomplete("not", rows)] == [TITLES[3]]


def test_documents_are_found(backend):
    PortalDocument.objects.create(title="农村公路养护管理办法", file="nothing.pdf", sha256="0" * 64)
    assert [row.title for row in backend.search("公路养护", PortalDocument)] == ["农村公路养护管理办法"]


def test_a_save_averages_over_nothing(backend, pages):
    """performance.md: the stock backend reads the whole index on each save."""
    with CaptureQueriesContext(connection) as queries:
        backend.add(pages[TITLES[0]])
    statements = [query["sql"].lower() for query in queries if "indexentry" in query["sql"].lower()]
    assert len(statements) == 1
    assert not any("avg(" in statement for statement in statements)


def test_a_page_is_found_by_its_new_title_only(backend, pages):
    page = pages[TITLES[0]]
    page.title = "古城花市"
    page.save()
    assert [row.pk for row in backend.search("花市", Page)] == [page.pk]
    assert not list(backend.search("灯会", Page.objects.filter(pk=page.pk)))
