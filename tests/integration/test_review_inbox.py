"""The inbox: whose turn it is, at what cost, and what fits on a first page (figures of the performance table)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from review import inbox
from review.models import Case
from tests import factories
from tests.organisation_world import person

pytestmark = pytest.mark.django_db
MANY = 10_000
BACKEND = "organisation.authentication.AppointedBackend"


@pytest.fixture
def checker(town, client):
    client.force_login(town.who("egov", "web_manager"), backend=BACKEND)
    return town.who("egov", "web_manager")


@pytest.mark.article("14")
def test_everybody_sees_what_waits_for_him_and_nothing_else(town, column):
    case = factories.submit(factories.item(town, "water", column), town.who("water", "author"))
    waits = lambda name, post: set(inbox.waiting_for(town.who(name, post)))  # noqa: E731
    assert waits("water", "secrecy_reviewer") == {case}
    assert waits("water", "reviewer") == set() == waits("jiuzhou", "secrecy_reviewer")
    case = factories.sign_next(town, case)
    assert waits("water", "secrecy_reviewer") == set() and waits("water", "reviewer") == {case}
    assert set(inbox.done_by(town.who("water", "secrecy_reviewer"))) == {case}
    assert set(inbox.submitted_by(town.who("water", "author"))) == {case}


@pytest.mark.article("14")
def test_without_a_post_nothing_waits(town):
    factories.bulk_cases(town, 3)
    assert inbox.count_waiting(person("超管", is_superuser=True)) == 0
    assert inbox.count_waiting(town.who("egov", "web_manager")) == 3


def test_ten_thousand_pending_cost_what_ten_cost(town, checker, client):
    """SAVEPOINT is the test's own transaction around the request's."""
    factories.bulk_cases(town, 10)
    client.get(reverse("review:inbox"))
    factories.bulk_cases(town, MANY - 10)
    assert inbox.count_waiting(checker) == MANY
    with CaptureQueriesContext(connection) as asked:
        response = client.get(reverse("review:inbox"))
    queries = [q["sql"] for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(queries) <= 15, "\n".join(sql[:150] for sql in queries)
    assert response.status_code == 200
    assert len(response.content) <= 60 * 1024
    assert f"{MANY}" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["route=township", "age=3", "age=overdue", "q=第7号", "ordering=-step_since", "opinion=check", "p=2"],
)
def test_filters_search_order_and_paging(town, checker, client, query):
    factories.bulk_cases(town, 60)
    response = client.get(reverse("review:inbox") + "?" + query)
    assert response.status_code == 200
    text = response.content.decode()
    if query == "route=township":
        assert "部门信息</td>" not in text
    if query == "q=第7号":
        assert text.count("review-list__title") == 1


def test_the_list_goes_to_excel(town, checker, client):
    factories.bulk_cases(town, 60)
    response = client.get(reverse("review:inbox") + "?export=xlsx")
    assert response.status_code == 200
    from io import BytesIO

    from openpyxl import load_workbook

    rows = list(load_workbook(BytesIO(b"".join(response.streaming_content))).active.values)
    assert len(rows) == 61 and rows[0][:3] == ("标题", "来源单位", "审核类别")


def test_the_dashboard_asks_a_fixed_few_queries(town, checker, client, django_assert_max_num_queries):
    factories.bulk_cases(town, 300)
    client.get(reverse("wagtailadmin_home"))
    with django_assert_max_num_queries(30):
        response = client.get(reverse("wagtailadmin_home"))
    assert "待我办理" in response.content.decode()


@pytest.mark.article("13")
def test_a_sealed_away_item_shows_no_title(town, client):
    factories.bulk_cases(town, 1)
    Case.objects.update(quarantined=True, title="绝不能出现的标题")
    client.force_login(town.who("egov", "web_manager"), backend=BACKEND)
    assert "绝不能出现的标题" not in client.get(reverse("review:inbox")).content.decode()
