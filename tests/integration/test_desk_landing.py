"""The page after log-in: each post finds what it needs, nobody anything else, at a fixed cost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk import duties
from home.models import ColumnPage
from home.models.columns import ColumnType
from publication.models import Listing
from review import acts
from review.models import Case
from tests import factories
from tests.organisation_world import person

pytestmark = pytest.mark.django_db
BACKEND = "organisation.authentication.AppointedBackend"
BUDGET = 40
RESTRICTED = "某地突发情况说明"


@pytest.fixture
def desk_of(client, town):
    def see(name, post):
        client.force_login(town.who(name, post), backend=BACKEND)
        return client.get(reverse("wagtailadmin_home")).content.decode()

    return see


def sections(html):
    return [
        key
        for key in ("waiting", "came_back", "submitted", "drafts", "underway", "columns")
        if f'id="desk-{key}"' in html
    ]


@pytest.mark.article("5")
def test_each_post_has_its_own_sections(town, desk_of):
    assert sections(desk_of("water", "author")) == ["drafts"]
    assert sections(desk_of("water", "secrecy_reviewer")) == ["waiting"]
    assert sections(desk_of("water", "branch_leader")) == ["waiting", "underway"]
    assert sections(desk_of("egov", "web_manager")) == ["waiting", "underway", "columns"]
    assert sections(desk_of("gov", "reviewer")) == ["waiting", "underway", "columns"]


@pytest.mark.article("14")
def test_the_author_reads_what_came_back_and_why(town, column, desk_of):
    author = town.who("water", "author")
    page = factories.item(town, "water", column, title="退回来的冲洗安排")
    factories.item(town, "water", column, title="还没写完的草稿")
    case = factories.submit(page, author)
    assert "退回来的冲洗安排" in desk_of("water", "secrecy_reviewer")
    acts.return_(case, town.who("water", "secrecy_reviewer"), reason="wording", remark="第二段错一个字")
    html = desk_of("water", "author")
    assert "第二段错一个字" in html and "区水务局 secrecy_reviewer" in html and "还没写完的草稿" in html
    assert html.count("退回来的冲洗安排") == 1, "what came back is no plain draft"
    factories.submit(page, author)
    html = desk_of("water", "author")
    assert "第二段错一个字" not in html and sections(html) == ["submitted", "drafts"]


@pytest.mark.article("14(6)")
def test_nobody_is_shown_what_is_not_his(town, column, desk_of):
    page = factories.item(town, "water", column, title=RESTRICTED, sensitive=True)
    factories.submit(page, town.who("water", "author"))
    Case.objects.update(deadline=timezone.now() - timedelta(hours=1))
    assert RESTRICTED in desk_of("water", "author")
    assert RESTRICTED in desk_of("water", "secrecy_reviewer")
    assert RESTRICTED in desk_of("egov", "supervising_leader"), "a step of his is overdue"
    for name, post in (
        ("water", "reviewer"),
        ("jiuzhou", "branch_leader"),
        ("egov", "web_manager"),
        ("gov", "reviewer"),
    ):
        assert RESTRICTED not in desk_of(name, post), (name, post)


def test_overdue_steps_of_all_units_stand_on_both_offices_desks(town, column, desk_of):
    factories.submit(
        factories.item(town, "water", column, title="久拖不决的安排"), town.who("water", "author")
    )
    assert "久拖不决的安排" not in desk_of("gov", "reviewer")
    Case.objects.update(deadline=timezone.now() - timedelta(hours=1))
    for name, post in (("gov", "reviewer"), ("egov", "web_manager"), ("water", "branch_leader")):
        assert "久拖不决的安排" in desk_of(name, post), (name, post)
    assert "久拖不决的安排" not in desk_of("jiuzhou", "branch_leader")


@pytest.mark.article("10")
def test_a_column_says_how_many_days_are_left(town, column, desk_of):
    today = timezone.localdate()
    assert [duty.left for duty in duties.duties([town.units["gov"].pk])] == [14]
    in_days = lambda n: duties.duties(today=today + timedelta(days=n))[0]  # noqa: E731
    assert (in_days(10).tone, in_days(10).left) == (duties.SOON, 4)
    assert (in_days(14).tone, in_days(14).left) == (duties.LATE, 0)
    assert (in_days(15).tone, in_days(15).left) == (duties.LATE, -1)
    factories.publish(
        town, factories.submit(factories.item(town, "water", column), town.who("water", "author"))
    )
    assert Listing.objects.filter(column_object_id=column.object_id).count() == 1
    assert in_days(2).last == today
    ColumnPage.objects.filter(pk=column.pk).update(update_days=1)
    assert "还剩 1 天" in desk_of("gov", "reviewer") and column.title in desk_of("egov", "web_manager")
    ColumnPage.objects.filter(pk=column.pk).update(update_days=0)
    assert duties.duties() == []


def test_the_last_working_day_before_the_term_warns():
    """A Sunday's term is Friday's business."""
    duty = duties.Duty("数据", 1, 92, date(2026, 9, 1), date(2026, 11, 29), date(2026, 11, 27))
    assert duty.tone == duties.SOON and duty.left == 2
    far = duties.Duty("数据", 1, 92, date(2026, 9, 1), date(2026, 12, 2), date(2026, 10, 9))
    assert far.tone == duties.CALM
    assert duties.limit(None, ColumnType.GUIDE) is None and duties.limit(0, ColumnType.NEWS) is None


@pytest.mark.parametrize(("name", "post"), [("egov", "web_manager"), ("water", "author")])
def test_a_full_desk_costs_what_an_empty_one_costs(town, column, client, name, post):
    """SAVEPOINT is the test's own transaction around the request's."""
    who = factories.join_posts(town, name, post, "author", "reviewer", "branch_leader")
    client.force_login(who, backend=BACKEND)
    counts = []
    for many in (2, 200):
        factories.bulk_cases(town, many)
        Case.objects.filter(title__startswith="供水").update(author=who)
        for number in range(3):
            factories.item(town, "water", column, title=f"草稿{many}{number}")
        client.get(reverse("wagtailadmin_home"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("wagtailadmin_home")).status_code == 200
        counts.append([q["sql"] for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])
    assert len(counts[1]) <= len(counts[0]) + 1, "\n".join(sql[:160] for sql in counts[1])
    assert len(counts[1]) <= BUDGET, "\n".join(sql[:160] for sql in counts[1])


def test_without_a_post_the_desk_says_whom_to_ask(client, town):
    client.force_login(person("无岗位", is_superuser=True), backend=BACKEND)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert sections(html) == [] and "电子政务办公室" in html


@pytest.mark.article("10")
def test_the_report_on_a_year_is_due_by_31_january():
    """政府信息公开年报: not a year after the last one, which may have come early."""
    row = ("公开年报", 1, None, "信息公开年报", datetime(2026, 1, 12, 9, tzinfo=UTC), None)
    assert duties.duty_of(row, date(2026, 12, 1)).due == date(2027, 1, 31)
    own = (*row[:2], 30, *row[3:])  # Article 18 gave the column a number of days of its own
    assert duties.duty_of(own, date(2026, 1, 20)).due == date(2026, 2, 11)
