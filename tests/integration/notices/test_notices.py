"""What people are told, by screen and by mail: what is theirs, once, and never a word of what is restricted."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

from notices import comments, deadlines, mailing, undecided
from notices.models import Comment, Kind, Notice, Watch
from publication.models import Publication
from regulation.refusals import Refusal
from review import acts
from review.models import Case
from tests import factories
from tests.notices_world import SECRET, TITLE, post_of, told

pytestmark = pytest.mark.django_db


@pytest.mark.article("14")
def test_each_step_is_told_to_whoever_may_sign_it_and_the_end_to_the_author(made, submitted):
    case = submitted()
    assert told(made) == {("water", "secrecy_reviewer"): ["waiting"]}
    case = factories.sign_next(made, case)
    assert told(made) == {("water", "reviewer"): ["waiting"]}, "the step before is settled"
    case = factories.advance_to(made, case, "seal")
    assert told(made) == {("water", "dedicated"): ["waiting"], ("water", "author"): ["approved"]}
    factories.publish(made, case)
    assert told(made) == {("water", "author"): ["approved", "published"]}
    assert not Watch.objects.exists()


@pytest.mark.article("14")
def test_an_approval_is_told_once_although_the_item_waits_for_its_minute(made, submitted):
    case = submitted(publish_at=timezone.now() + timedelta(days=1))
    case = factories.publish_until_waiting(made, case)
    assert case.status == "scheduled"
    assert told(made) == {("water", "author"): ["approved"]}


def test_what_comes_back_is_told_to_its_author_alone(made, submitted):
    case = submitted()
    acts.return_(case, made.who("water", "secrecy_reviewer"), reason="wording", remark="第二段错一个字")
    assert told(made) == {("water", "author"): ["returned"]}


@pytest.mark.article("21")
def test_a_take_down_is_told_to_those_who_answer_and_to_who_decides(made, submitted):
    case = factories.publish(made, submitted())
    Notice.objects.all().delete()
    public = Publication.objects.get(pk=case.publication_id)
    acts.take_down(public, made.who("egov", "web_manager"), reason="under_check", remark="核实中")
    kinds = told(made)
    assert kinds == {
        ("water", post): ["taken_down"] for post in ("author", "supervising_leader", "branch_leader")
    }


@pytest.mark.article("13")
def test_what_is_sealed_away_falls_silent_everywhere(made, submitted, client):
    case = submitted(SECRET)
    author = made.who("water", "author")
    comments.add(case, author, "请尽快办理")
    acts.quarantine(case, made.who("water", "secrecy_reviewer"), remark="疑似涉密")
    assert told(made) == {
        ("water", "secrecy_reviewer"): ["comment"],
        ("water", "secrecy_body"): ["quarantined"],
    }
    mailing.send_due()
    assert [post_of(message) for message in outbox.outbox] == ["water.secrecy_body"]
    assert SECRET not in outbox.outbox[0].body + outbox.outbox[0].subject
    for post in ("secrecy_body", "secrecy_reviewer", "author"):
        client.force_login(made.who("water", post), backend="organisation.authentication.AppointedBackend")
        for url in (reverse("notices:index"), reverse("wagtailadmin_home")):
            html = client.get(url).content.decode()
            assert SECRET not in html and "请尽快办理" not in html, (post, url)


@pytest.mark.article("14(6)")
def test_of_route_six_nobody_is_told_but_who_signs_it_and_nothing_of_its_content(made, submitted, client):
    case = submitted(SECRET, sensitive=True)
    for _rung in range(4):
        deadlines.climb_due(now=timezone.now() + timedelta(hours=9))
    involved = {("water", post) for post in ("secrecy_reviewer", "supervising_leader")}
    involved |= {("egov", "supervising_leader")}
    assert set(told(made)) <= involved and ("water", "secrecy_reviewer") in told(made)
    case = factories.sign_next(made, case)
    mailing.send_due()
    assert outbox.outbox
    for message in outbox.outbox:
        assert SECRET not in message.body + message.subject and "区水务局：" not in message.body
        name, post = post_of(message).split(".")
        assert (name, post) in involved
    client.force_login(
        made.who("water", "supervising_leader"), backend="organisation.authentication.AppointedBackend"
    )
    assert SECRET not in client.get(reverse("notices:index")).content.decode()


@pytest.mark.article("21")
def test_who_decides_on_a_take_down_is_reminded_within_the_day_and_told_on_after_it(made, submitted):
    case = factories.publish(made, submitted())
    public = Publication.objects.get(pk=case.publication_id)
    taken = acts.take_down(public, made.who("egov", "web_manager"), reason="under_check", remark="核实中")
    taken.refresh_from_db()
    Notice.objects.all().delete()
    due, hour = taken.ratify_due, timedelta(hours=1)
    assert undecided.remind(due - 5 * hour) == 0
    assert undecided.remind(due - 4 * hour) == undecided.remind(due - 3 * hour) == 1
    approver = [who for who, kinds in told(made).items() if kinds == ["decide"]]
    assert approver and told(made) == {who: ["decide"] for who in approver}
    undecided.remind(due)
    assert all("undecided" in kinds for kinds in told(made).values())
    assert not {who for who in told(made) if who[0] in ("egov", "gov")}
    undecided.remind(due + 8 * hour)
    assert {("egov", "web_manager"), ("gov", "reviewer")} <= set(told(made))
    acts.ratify(taken, made.who(*approver[0]))
    undecided.remind(due + 9 * hour)
    assert told(made) == {}, "what is decided is settled"


@pytest.mark.article("5")
def test_the_ladder_goes_unit_leader_egov_office_gov_office(made, submitted):
    case = submitted()
    reminder, term, egov, gov = deadlines.moments(case)
    assert reminder < term < egov < gov and term == case.deadline
    holder, leaders = (
        ("water", "secrecy_reviewer"),
        {("water", "branch_leader"), ("water", "supervising_leader")},
    )
    steps = (
        (reminder, {holder: ["waiting", "reminder"]}),
        (term, {holder: ["waiting", "reminder", "overdue"], **{leader: ["overdue"] for leader in leaders}}),
        (egov, {("egov", "web_manager"): ["egov"], ("egov", "supervising_leader"): ["egov"]}),
        (gov, {("gov", "reviewer"): ["gov"], ("gov", "branch_leader"): ["gov"]}),
    )
    expected = {holder: ["waiting"]}
    for moment, more in steps:
        assert deadlines.climb_due(moment - timedelta(seconds=1)) == 0
        assert told(made) == expected
        assert deadlines.climb_due(moment) == 1
        expected |= more
        assert told(made) == expected
    assert deadlines.climb_due(gov + timedelta(days=30)) == 0, "the ladder has an end"
    factories.sign_next(made, Case.objects.get(pk=case.pk))
    assert told(made) == {("water", "reviewer"): ["waiting"]}, "whoever acts settles what was told"


def test_after_a_standstill_every_rung_is_told_but_no_reminder(made, submitted):
    submitted()
    assert deadlines.climb_due(timezone.now() + timedelta(days=30)) == 1
    kinds = {kind for kinds in told(made).values() for kind in kinds}
    assert kinds == {Kind.WAITING, Kind.OVERDUE, Kind.OVERDUE_EGOV, Kind.OVERDUE_GOV}


def test_what_is_on_hold_is_not_reminded_of(made, submitted):
    case = factories.advance_to(made, submitted(), "review")
    Notice.objects.all().delete()
    acts.hold(case, made.who("water", "reviewer"), remark="活动尚未举行")
    assert told(made) == {("water", "author"): ["held"]}
    assert deadlines.climb_due(timezone.now() + timedelta(days=30)) == 0


@pytest.mark.article("14")
def test_author_and_reviewers_talk_and_nobody_else(made, submitted, client):
    case = submitted()
    author, reviewer = made.who("water", "author"), made.who("water", "reviewer")
    client.force_login(author, backend="organisation.authentication.AppointedBackend")
    url = reverse("notices:comment", args=[case.pk])
    done = client.post(url, {"text": "  附件以盖章件为准  "}, follow=True)
    assert "附件以盖章件为准" in done.content.decode()
    assert told(made)["water", "secrecy_reviewer"] == ["waiting", "comment"]
    refused = client.post(url, {"text": "长" * 2001})
    assert "长" * 2001 in refused.content.decode(), "what was typed is shown again"
    assert Comment.objects.count() == 1
    comments.add(case, reviewer, "收到")
    assert "comment" in told(made)["water", "author"]
    for outsider in (made.who("jiuzhou", "reviewer"), made.who("gov", "reviewer")):
        with pytest.raises(Refusal):
            comments.add(case, outsider, "路过")
    client.force_login(
        made.who("jiuzhou", "reviewer"), backend="organisation.authentication.AppointedBackend"
    )
    assert client.get(url).status_code == 404
    case = acts.return_(case, made.who("water", "secrecy_reviewer"), reason="wording", remark="改")
    client.force_login(author, backend="organisation.authentication.AppointedBackend")
    html = client.get(reverse("review:review", args=[case.pk])).content.decode()
    assert "附件以盖章件为准" in html and "收到" in html


def test_what_was_said_stays_as_it_was_said(made, submitted):
    from django.db import ProgrammingError, transaction

    comment = comments.add(submitted(), made.who("water", "author"), "请审")
    for change in (comment.delete, lambda: Comment.objects.update(text="没说过")):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_ones_own_notices_are_read_and_nobody_elses(made, submitted, client):
    case = submitted()
    notice = Notice.objects.get(person=made.who("water", "secrecy_reviewer"))
    client.force_login(made.who("water", "reviewer"), backend="organisation.authentication.AppointedBackend")
    assert client.get(reverse("notices:open", args=[notice.pk])).status_code == 404
    client.post(reverse("notices:read_all"))
    assert Notice.objects.unread().count() == 1
    client.force_login(notice.person, backend="organisation.authentication.AppointedBackend")
    assert client.get(reverse("notices:open", args=[notice.pk])).url == reverse(
        "review:review", args=[case.pk]
    )
    html = client.get(reverse("notices:index")).content.decode()
    assert TITLE in html
    assert client.get(reverse("notices:read_all")).status_code == 405


def test_the_desk_shows_what_its_other_sections_do_not_say(made, submitted, client):
    case = submitted()
    client.force_login(
        made.who("water", "secrecy_reviewer"), backend="organisation.authentication.AppointedBackend"
    )
    desk = reverse("wagtailadmin_home")
    assert "desk-notices" not in client.get(desk).content.decode(), "it waits in 待我办理"
    comments.add(case, made.who("water", "author"), "请看附件")
    assert "desk-notices" in client.get(desk).content.decode()
    client.post(reverse("notices:read_all"))
    assert "desk-notices" not in client.get(desk).content.decode()


def test_a_page_of_notices_costs_the_same_at_any_number(
    made, submitted, client, django_assert_max_num_queries
):
    case = submitted()
    person = made.who("water", "reviewer")
    Notice.objects.bulk_create(
        Notice(
            person=person,
            submission_id=case.pk,
            kind="published",
            since=timezone.now() - timedelta(minutes=n),
        )
        for n in range(100)
    )
    client.force_login(person, backend="organisation.authentication.AppointedBackend")
    client.get(reverse("notices:index"))
    with django_assert_max_num_queries(30):
        client.get(reverse("notices:index"))
