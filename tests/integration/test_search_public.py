"""The public search, through the whole way of publishing: found at once, gone at once, and nobody can lie to it."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publication import gate, reading, search_choices, searching, verification
from search import finding
from search.models import SearchEntry
from tests.publication_world import (
    DENIED,
    approved,
    attempt,
    behind_the_back,
    column,
    correction,
    document,
    hand_in,
    public,
    sign_all,
)
from tests.search_world import found, get, lantern, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_addresses")]
MOST_QUERIES = 10


# --- found at once, gone at once ---


@pytest.mark.parametrize(
    "part",
    [
        "旧州",
        "州古",
        "灯会于正",
        "正月十五",
        "5号窗口",
        "旧州 南门",
        "月",
        "舊州燈會".replace("燈會", "古鎮"),
    ],
)
def test_a_publication_is_found_by_any_part_of_its_words(town, part):
    publication = lantern(town)
    assert publication.pk in found(part)


@pytest.mark.parametrize("part", ["strong", "旧州无此词", "rich_text", "nbsp"])
def test_what_a_reader_does_not_see_is_not_found(town, part):
    lantern(town)
    assert found(part) == []


def test_scattered_pairs_are_no_phrase(town):
    """Grams alone would find 甲乙丙 in 甲乙…乙丙."""
    public(town, document(town, body=text("甲乙另有乙丙之分")))
    assert found("甲乙丙") == []


@pytest.mark.article("14")
def test_what_is_not_published_is_not_found(town):
    approved(town, document(town, title="尚未发布的灯会"))
    assert found("尚未发布的灯会") == []


def test_a_withdrawal_is_gone_in_the_same_transaction(town):
    publication = lantern(town)
    gate.close(publication, "withdrawn")
    assert found("旧州古镇") == []
    assert not SearchEntry.objects.filter(pk=publication.pk).exists()
    assert "旧州古镇灯会安排" not in get(q="旧州古镇")


def test_a_correction_takes_the_place_of_its_predecessor(town):
    first = lantern(town)
    second = gate.complete(
        sign_all(town, correction(town, first, title="旧州古镇花会安排", body=text("花会")))
    )
    assert found("花会") == [second.pk]
    assert found("灯会") == []


def test_results_show_only_what_is_open_whatever_the_index_says(town, as_role):
    publication = lantern(town)
    with behind_the_back(as_role, "publication_publication") as cursor:
        cursor.execute(
            "UPDATE publication_publication SET ended_at = now(), end_reason = 'withdrawn' WHERE id = %s",
            [publication.pk],
        )
    assert found("旧州古镇") == [publication.pk]
    assert "旧州古镇灯会安排" not in get(q="旧州古镇")
    offenders = [line for line in verification.offenders() if line.startswith("search entry")]
    assert len(offenders) == 1


# --- nobody can lie to it ---


@pytest.mark.article("3")
@pytest.mark.parametrize("role", ["app", "public"])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO search_searchentry (publication_id) VALUES (1)",
        "UPDATE search_searchentry SET title = '假消息'",
        "DELETE FROM search_searchentry",
        "TRUNCATE search_searchentry",
        "SELECT search_enter(1)",
    ],
)
def test_no_role_writes_what_the_public_finds(as_role, role, statement):
    with as_role(role):
        assert attempt(statement) == DENIED


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO search_synonym (words) VALUES ('假')",
        "INSERT INTO search_filetext (sha256) VALUES ('0')",
        "SELECT * FROM search_filetext",
        "SELECT * FROM search_askedterm",
        "INSERT INTO search_askedterm (term) VALUES ('假')",
        "SELECT search_refresh(1)",
    ],
)
def test_the_public_role_reads_entries_and_synonyms_and_no_more(as_role, statement):
    with as_role("public"):
        assert attempt(statement) == DENIED


def test_refreshing_an_unpublished_text_enters_nothing(town):
    hand_in(town, document(town))
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_refresh(id) FROM generate_series(1, 20) AS id")
    assert not SearchEntry.objects.exists()


# --- the page ---


def test_the_page_within_its_queries_as_the_public_role(town, as_role):
    lantern(town)
    with as_role("public"), CaptureQueriesContext(connection) as queries:
        page = get(q="旧州")
    assert "<mark>旧州</mark>古镇" in page
    # The savepoint around the counting is two statements of a test's transaction.
    statements = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(statements) <= MOST_QUERIES


def test_extracts_are_escaped(town):
    public(
        town, document(town, title="灯会<b>须知</b>", body=text("灯会 &lt;script&gt;alert(1)&lt;/script&gt;"))
    )
    page = get(q="灯会")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    "typed",
    [
        "长" * 10_000,
        "' OR 1=1; DROP TABLE search_searchentry; --",
        '"旧州" & | ! <-> :* ( \\ ',
        "旧\x00州",
        "😀🎆",
        "%_\\%",
        "<script>alert(1)</script>",
        " \u3000 ",
        "-" * 500,
        "a" * 3000,
        "1",
    ],
)
def test_whatever_is_typed_is_answered(town, typed):
    lantern(town)
    page = get(q=typed)
    assert "站内搜索" in page
    assert "<script>alert" not in page


def test_bytes_that_are_no_text_are_answered(town):
    answer = searching.results(RequestFactory().get("/search/?q=%ED%A0%80%FF%00&page=%FF"))
    assert answer.status_code == 200
    assert finding.query("\ud800").ids == []


@pytest.mark.parametrize("page", ["-1", "0", "1000000000", "²", "٣", "x", ""])
def test_nonsense_pages_and_filters_are_the_list(town, page):
    lantern(town)
    assert "灯会" in get(q="旧州", page=page, unit="'--", kind="draft", year="99999", sort="x", column="x")


@pytest.mark.parametrize(("typed", "page"), [("-1", 1), ("x", 1), ("2", 2), ("4", 3), ("9" * 400, 3)])
def test_too_large_a_page_is_the_last_one(typed, page):
    assert searching._page(typed, 2 * searching.PAGE_SIZE + 1) == page


def test_filters(town):
    place = column(town)
    inside = lantern(town, column=str(place.object_id))
    policy = lantern(
        town, kind="policy", policy={"document_number": "西府发〔2026〕12号", "validity": "有效"}
    )
    year = inside.first_published_at.year
    assert found("旧州", column=str(place.object_id)) == [inside.pk]
    offered = f'<option value="{place.object_id}" selected>{place.title}</option>'
    assert offered in get(q="旧州", column=str(place.object_id))
    assert found("旧州", kind="policy") == [policy.pk]
    assert found("旧州", kind="policy", validity="失效") == []
    assert len(found("旧州", year=year)) == 2
    assert found("旧州", year=year - 1) == []
    assert len(found("旧州", unit=town.units["water"].code)) == 2
    assert set(found("旧州", sort="date")) == {inside.pk, policy.pk}


def test_columns_are_offered_as_their_tree_and_only_where_something_is(town):
    above = column(town, title="要闻动态")
    below = column(town, title="乡镇动态", parent=above)
    column(town, title="人事信息")
    lantern(town, column=str(below.object_id))
    tree = reading.Tree()
    offered = search_choices.columns(tree)
    assert offered == [(str(above.object_id), "要闻动态"), (str(below.object_id), "　　乡镇动态")]
    assert search_choices.years(tree) == [(f"{timezone.localdate().year}", f"{timezone.localdate().year}年")]


def test_a_column_that_moves_takes_its_items_along(town):
    """Article 18: filters by a column above find what was moved below it."""
    above, place = column(town), column(town)
    item = lantern(town, column=str(place.object_id))
    assert found("旧州", column=str(above.object_id)) == []
    moved = correction(town, place, title=place.title, parent=str(above.object_id))
    gate.complete(sign_all(town, moved))
    assert found("旧州", column=str(above.object_id)) == [item.pk]


@pytest.mark.parametrize(
    "typed", ["西府发〔2026〕12号", "西府发[2026]12号", "西府发 2026 12号", "西府发（２０２６）12号"]
)
def test_numbers_of_documents(town, typed):
    lantern(town, title="西府发文件目录", body=text("西府发 2026 12号 转发"))
    policy = lantern(town, kind="policy", policy={"document_number": "西府发〔2026〕12号"})
    assert found(typed)[0] == policy.pk


def test_titles_come_before_texts(town):
    later = public(town, document(town, title="停车须知", body=text("元宵灯会期间停车")))
    titled = public(town, document(town, title="元宵灯会"))
    public(town, document(town, title="公交须知", body=text("元宵灯会期间公交")))
    assert found("元宵灯会")[0] == titled.pk
    assert later.pk in found("元宵灯会")


def test_words_apart_are_related_not_exact(town):
    publication = lantern(town)
    answer = finding.query("旧州什么时候办灯会")
    assert answer.ids == []
    assert answer.related == [publication.pk]
    assert "含有部分词语的内容" in get(q="旧州什么时候办灯会")


# --- help ---
