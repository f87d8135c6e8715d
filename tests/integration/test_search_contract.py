"""The contract of every search engine: the same questions, the same answers, on PostgreSQL and on a search server.

PostgreSQL is asked always. The server is the one that SEARCH_URL names, else
a stand-in that is asked through the clients of Elasticsearch and of OpenSearch.
"""

import os
import uuid

import pytest
from django.core.management import call_command
from wagtail.search.models import IndexEntry

from config import search_server
from publication import gate, search_effects
from publication.models import OutboxMessage
from search import engines, finding, spelling
from search.contract import Clause, Question
from search.models import Synonym
from search.parsing import parse
from tests.publication_world import document, public, public_correction
from tests.search_server import stand_in
from tests.search_world import text

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server():
    """What SEARCH_URL would say, for names of the tests' own."""
    name = f"portal-test-{uuid.uuid4().hex[:8]}"
    if named := os.environ.get("SEARCH_URL"):
        yield f"{named.rstrip('/').rpartition('/')[0] if named.count('/') > 2 else named}/{name}"
        return
    with stand_in() as server:
        yield f"{server.address}/{name}"
        assert server.indexes == {}, "every test removes what it made"


@pytest.fixture(params=["postgres", *search_server.KINDS])
def engine(request, settings):
    found = {}
    if request.param != "postgres":
        address = request.getfixturevalue("server")
        kind, _plus, named = address.rpartition("+")
        if kind and kind != request.param:
            pytest.skip(f"SEARCH_URL names {kind}")
        found = search_server.backends(f"{request.param}+{named}")
    settings.WAGTAILSEARCH_BACKENDS = {"default": settings.WAGTAILSEARCH_BACKENDS["default"]} | found
    chosen = engines.engine()
    if found:
        chosen.rebuild()
        request.addfinalizer(chosen.remove)
    return chosen


@pytest.fixture
def publish(engine, town):
    def published(title, words="", **changes):
        return told(public(town, document(town, title=title, body=text(words)) | changes))

    return published


def told(publication):
    """The outbox tells a server; PostgreSQL's entries follow by themselves."""
    for message in OutboxMessage.objects.filter(kind="index_search").order_by("pk"):
        search_effects.index_search(message.payload)
    return publication


def found(typed, **filters):
    return finding.query(typed, **filters).ids


PARTS = [
    "旧州",
    "州古",
    "古镇灯会",
    "月十五举行",
    "5号窗口",
    "旧州\u3000南门",
    "月",
    "舊州古鎮",
    "wifi",
    "WIF",
    "门，设5号",
]
NO_PARTS = ["甲乙丙", "甲丙", "strong", "旧州\u3000山药", "ifi"]
ANYTHING = ["", "\x00", "😀", '"旧州" & | ! <-> :* ( \\', "长" * 10_000, "-" * 500]


def test_any_part_of_title_and_text_finds_and_nothing_else(publish):
    wanted = publish(
        "旧州古镇灯会安排", "正月十五举行。南门，设5号窗口，有<strong>WiFi</strong>-6。甲乙另有乙丙之分"
    )
    publish("双堡山药丰收", "山药上市")
    assert {part: found(part) for part in PARTS} == {key: [wanted.pk] for key in PARTS}
    assert {part: found(part) for part in NO_PARTS} == {key: [] for key in NO_PARTS}
    assert all(len(found(typed)) <= 1 for typed in ANYTHING), "whatever is typed is answered"


def test_filters_narrow_and_combine(publish):
    item = publish("停水通告", "旧州停水")
    policy = publish(
        "供水办法", "旧州供水", kind="policy", policy={"validity": "有效", "subject": "城乡建设"}
    )
    year = item.first_published_at.year
    assert set(found("旧州")) == {item.pk, policy.pk}
    assert found("旧州", kind="policy") == found("旧州", validity="有效", subject="城乡建设") == [policy.pk]
    assert set(found("旧州", year=year, site="portal", language="zh-hans")) == {item.pk, policy.pk}
    assert found("旧州", year=year - 1) == found("旧州", kind="policy", unit="nobody") == []


def test_order_by_time_and_by_relevance(publish):
    titled = publish("元宵灯会", "见正文")
    texts = [publish(f"须知{number}", "元宵灯会期间停车").pk for number in range(3)]
    assert found("元宵灯会", sort="date") == [*reversed(texts), titled.pk]
    assert found("元宵灯会")[0] == titled.pk


def test_numbers_of_documents_come_first(publish):
    publish("西府发文件目录", "西府发 2026 12号 转发")
    policy = publish("办法", kind="policy", policy={"document_number": "西府发〔2026〕12号"})
    assert found("西府发[2026]12号")[0] == policy.pk


def test_synonyms_widen(publish):
    wanted = publish("医疗保险报销流程")
    Synonym.objects.create(words="医保，医疗保险")
    assert found("医保报销") == [wanted.pk]


def test_words_apart_are_related(publish):
    wanted = publish("旧州古镇灯会安排", "门票免费")
    answer = finding.query("旧州什么时候办灯会")
    assert (answer.ids, answer.related) == ([], [wanted.pk])


def test_suggestions_and_did_you_mean_are_published_titles(publish):
    wanted = publish("旧州古镇灯会安排")
    assert finding.titles("旧州古") == [wanted.pk]
    assert spelling.meant(parse("旧州古真")) in ("旧州古镇", "州古镇")


def test_what_is_withdrawn_or_corrected_is_not_found(publish, town):
    first = publish("旧州古镇灯会安排")
    second = told(public_correction(town, first, title="旧州古镇花会安排"))
    assert found("灯会") == []
    assert found("花会") == [second.pk]
    gate.close(second, "withdrawn")
    told(second)
    assert found("花会") == []


def test_hits_are_capped_and_the_newest_come(publish, engine):
    keys = [publish(f"第{number}号公示", "旧州公示").pk for number in range(4)]
    answer = engine.answer(Question((Clause(("旧州",)),)), most=3)
    assert answer.newest == keys[:0:-1]


def test_the_index_is_made_anew_under_the_same_name(publish, engine):
    wanted = publish("旧州古镇灯会安排")
    if engines.on_server():
        assert engine.rebuild() == 1
        assert engine.rebuild() == 1, "the name stands for another index now"
    assert found("灯会") == [wanted.pk]


def test_entries_without_a_public_row_are_not_shown(publish, engine):
    """A server may return for a moment what is withdrawn already."""
    first = publish("旧州古镇灯会安排")
    second = publish("旧州灯会须知")
    gate.close(first, "withdrawn")  # and nobody told the server
    assert found("灯会") == [second.pk]


@pytest.mark.parametrize("kind", search_server.KINDS)
def test_while_the_server_does_not_answer_postgresql_does(kind, settings, town, caplog):
    backends = search_server.backends(f"{kind}+http://127.0.0.1:9")
    settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | backends
    wanted = public(town, document(town, title="旧州古镇灯会安排"))
    assert found("灯会") == [wanted.pk]
    assert "does not answer" in caplog.text


def test_the_admins_index_is_made_anew_without_the_publics_entries(town):
    public(town, document(town, title="旧州古镇灯会安排"))
    call_command("update_index", verbosity=0)
    kinds = set(IndexEntry.objects.values_list("content_type__model", flat=True))
    assert "page" in kinds
    assert "searchentry" not in kinds


@pytest.mark.parametrize("kind", search_server.KINDS)
def test_wagtails_own_command_sends_nothing_but_entries(kind, settings, town):
    """Drafts stand in Wagtail's indexed models, and a search server is outside of the portal."""
    wanted = public(town, document(town, title="旧州古镇灯会安排"))
    with stand_in() as server:
        backends = search_server.backends(f"{kind}+{server.address}/portal")
        settings.WAGTAILSEARCH_BACKENDS = settings.WAGTAILSEARCH_BACKENDS | backends
        call_command("update_index", backend_name="public", verbosity=0)
        kept = {name: set(index) for name, index in server.indexes.items() if index}
    assert list(kept.values()) == [{str(wanted.pk)}]
    assert next(iter(kept)).startswith("portal_search_searchentry")
