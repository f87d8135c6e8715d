"""Article 11: a change of persons is filed, received by the e-gov office, takes effect in its minute and hands work over."""

import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from desk.landing import Desk
from organisation import accounts, appointments
from organisation.authority import authorities_of, holders
from organisation.matrix import matrix
from organisation.models import Appointment, User
from personnel import filing as services
from personnel.handing_over import hand_over, hand_over_due
from personnel.models import ChangeFiling, HandedOver
from regulation.refusals import Refusal
from review import acts
from review.models import Case
from tests import committed, factories
from tests.organisation_world import appoint, person
from tests.personnel_world import (
    FakeRequest,
    build,
    file,
    is_in,
    lines,
    logged_in,
    post,
    receive,
    refuses,
    words,
)

pytestmark = [pytest.mark.article("11")]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    with committed.world("personnel", build, tmp_path_factory.mktemp("personnel"), django_db_blocker) as made:
        yield made


@pytest.fixture
def made(built, settings, tmp_path, django_db_blocker):
    with committed.turn(built, settings, tmp_path, django_db_blocker) as turn:
        yield turn


def test_receipt_locks_the_leaver_out_and_gives_the_successor_what_was_open(made):
    leaver = made.who("water", "author")
    session = logged_in(leaver)
    assert is_in(session)
    filing = file(made)
    assert is_in(session), "filing alone changes nothing"
    done = receive(made, filing)
    assert not is_in(session)
    session.post(reverse("wagtailadmin_login"), {"username": leaver.username, "password": "correct-horse-7"})
    assert not is_in(session)
    assert authorities_of(User.objects.get(pk=leaver.pk)) == []
    new = User.objects.get(username="water.new")
    assert (new.name, new.must_change_password) == ("新信息员", True)
    assert new.check_password(done.password)
    assert [a.post for a in authorities_of(new)] == ["author"]
    assert done.filing.effective_at == done.filing.decided_at <= done.filing.handed_over_at
    assert lines(done.filing) == {
        ("draft", "未完成的草稿"),
        ("submitted", "正在审核"),
        ("returned", "退回的信息"),
    }
    desk = Desk(FakeRequest(new))
    assert [page.title for page in desk.drafts] == ["未完成的草稿"]
    assert [case.title for case in desk.submitted] == ["正在审核"]
    assert [case.title for case in desk.came_back] == ["退回的信息"]


def test_the_successor_takes_back_and_hands_in_again_what_the_leaver_submitted(made):
    receive(made, file(made))
    new = User.objects.get(username="water.new")
    case = Case.objects.get(pk=made.submitted.pk)
    refuses("not_author", acts.withdraw, case, made.who("water", "author"))
    assert acts.withdraw(case, new).status == "withdrawn"
    again = factories.submit(Page.objects.get(pk=case.page_id).specific, new)
    assert (again.author, again.kept_by_id) == (new, new.pk)


def test_a_change_filed_beforehand_takes_effect_in_its_minute(made):
    leaver, successor = made.who("water", "author"), made.who("water", "archivist")
    session = logged_in(leaver)
    wanted = timezone.now() + timedelta(seconds=5)  # longer than a busy machine takes to receive it
    done = receive(made, file(made, successor=successor, successor_name="", wanted_at=wanted)).filing
    assert done.effective_at == wanted
    assert done.handed_over_at is None
    assert is_in(session)
    hand_over_due()
    assert not done.items.exists(), "not before its minute"
    held = Appointment.objects.get(person=successor, post="author")
    assert (held.starts_at, Appointment.objects.get(person=leaver).ends_at) == (wanted, wanted)
    time.sleep(max(0.0, (wanted - timezone.now()).total_seconds()) + 0.05)
    assert not is_in(session)
    hand_over_due()
    assert len(lines(hand_over(done))) == 3
    assert HandedOver.objects.count() == 3, "handed over once"
    assert Page.objects.get(pk=made.draft.pk).owner == successor


def test_one_post_of_several_passes_its_waiting_steps_and_leaves_the_rest(made):
    """A signing post still waits for its second person; whoever stays in the unit keeps his drafts."""
    water = made.town.units["water"]
    leaver = made.who("water", "secrecy_reviewer")
    appoint(leaver, water, "author")
    made.draft.owner = leaver
    made.draft.save(update_fields=["owner"])
    successor = made.who("water", "archivist")
    filing = file(
        made,
        leaver=leaver,
        leaver_posts=[post("secrecy_reviewer")],
        successor=successor,
        successor_name="",
        reason="rotated",
    )
    done = receive(made, filing)
    assert lines(done.filing) == {("waiting", "正在审核")}
    assert Page.objects.get(pk=made.draft.pk).owner == leaver
    assert [a.post for a in authorities_of(leaver)] == ["author"]
    assert successor not in holders(water.pk, ["secrecy_reviewer"])
    (pending,) = done.pending
    with pytest.raises(Refusal):
        appointments.confirm_appointment(pending, by=made.who("egov", "web_manager"))
    appointments.confirm_appointment(pending, by=made.who("egov", "portal_leader"))
    assert acts.agree(Case.objects.get(pk=made.submitted.pk), successor, question_one="否").position == 2


def test_a_unit_without_a_dedicated_person_is_named_from_that_minute(made):
    leaver, water = made.who("water", "dedicated"), made.town.units["water"]
    filing = file(
        made,
        leaver=leaver,
        successor=made.who("water", "author"),
        successor_name="",
        reason="retired",
        by=leaver,
    )
    done = receive(made, filing)
    assert [appointment.post_id for appointment in done.pending] == ["dedicated"]

    def missing(at=None):
        return next(row.missing for row in matrix(at).rows if row.unit == water)

    assert [str(said) for said in missing()] == ["无专管人员"]
    assert not missing(done.filing.effective_at - timedelta(seconds=1)), "the table is right for any moment"


def test_who_was_locked_out_in_a_hurry_has_his_work_handed_over_later(made):
    leaver, manager = made.who("water", "author"), made.who("egov", "web_manager")
    accounts.close_account(leaver, by=manager)
    done = receive(made, file(made, successor=made.who("water", "reviewer"), successor_name=""))
    assert done.filing.leaver_posts == ["author"]
    assert len(lines(done.filing)) == 3
    assert Page.objects.get(pk=made.draft.pk).owner == made.who("water", "reviewer")


def test_what_is_kept_secret_leaves_no_title_on_the_list(made):
    Case.objects.filter(pk=made.submitted.pk).update(restricted=True)
    filing = receive(made, file(made)).filing
    assert not [title for _kind, title in lines(filing) if "正在审核" in title]
    assert [title for kind, title in lines(filing) if kind == "submitted"] == ["（限制知悉范围的信息）"]


def test_refusals(made):
    water, author = made.town.units["water"], made.who("water", "author")
    refuses("may_not_file", file, made, by=author)
    refuses("may_not_file", file, made, by=made.who("jiuzhou", "dedicated"))
    refuses("no_post", file, made, leaver=made.who("jiuzhou", "author"))
    refuses("not_held", file, made, leaver_posts=[post("reviewer")])
    refuses("no_successor", file, made, successor_name=" ")
    refuses("same_person", file, made, successor=author)
    refuses("own_appointment", file, made, successor=made.who("water", "dedicated"))
    refuses("no_posts", file, made, leaver=None)
    refuses("wrong_kind", file, made, successor_posts=[post("web_manager")])
    closed = person(is_active=False)
    refuses("closed_account", file, made, successor=closed)
    filing = file(made)
    refuses("filed_already", file, made)
    refuses("may_not_operate", receive, made, filing, by=made.who("water", "branch_leader"))
    refuses("no_username", receive, made, filing, username=" ")
    refuses("username_taken", receive, made, filing, username=author.username)
    refuses("no_reason", services.give_back, filing, by=made.who("egov", "web_manager"), note="")
    assert ChangeFiling.objects.get().is_open, "a refusal leaves nothing half done"
    services.give_back(filing, by=made.who("egov", "web_manager"), note="缺单位盖章")
    refuses("decided", receive, made, filing)
    own = services.file(
        water, by=made.who("egov", "web_manager"), leaver=author, successor_name="新人", reason="moved"
    )
    refuses("second_person", receive, made, own)
    assert receive(made, own, by=made.who("egov", "dedicated")).filing.handed_over_at


def test_the_database_keeps_filings_whoever_writes(made):
    filing = file(made)
    manager, rows = made.who("egov", "web_manager"), ChangeFiling.objects.filter(pk=filing.pk)
    successor = made.who("water", "reviewer")
    now = timezone.now()
    received = {"decision": "received", "decided_by": manager, "successor": successor}
    for change in (
        {"decision": "received", "decided_by": manager},
        received | {"decided_by": filing.filed_by},
        received | {"decided_by": filing.leaver},
        received | {"decided_by": successor},
        {"handed_over_at": now},
        {"decision": "other", "decided_by": manager},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    rows.update(**received, effective_at=now - timedelta(days=3), decided_at=now - timedelta(days=3))
    filing.refresh_from_db()
    assert filing.effective_at >= now and filing.decided_at >= now, (
        "the server's minute, never before receipt"
    )
    HandedOver.objects.create(filing=filing, kind="draft", title="一条")
    for change in (
        {"decided_by": made.who("egov", "dedicated")},
        {"decision": ""},
        {"effective_at": now},
        {"successor": manager},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    rows.update(handed_over_at=now)
    for write in (
        lambda: rows.update(handed_over_at=None),
        lambda: HandedOver.objects.create(filing=filing, kind="draft", title="后来"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
    for statement in (
        "UPDATE personnel_changefiling SET note = 'x'",
        "DELETE FROM personnel_changefiling",
        "DELETE FROM personnel_handedover",
        "UPDATE personnel_handedover SET title = 'x'",
    ):
        with pytest.raises(Exception, match="denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_filed_received_and_printed_on_screen(made):
    water = made.town.units["water"]
    unit_desk, egov = logged_in(made.who("water", "dedicated")), logged_in(made.who("egov", "web_manager"))
    add = reverse("personnel-changes:add")
    assert "区水务局 author" in unit_desk.get(add).content.decode()
    assert "旧州镇 author" not in unit_desk.get(add).content.decode()
    form = {
        "unit": water.pk,
        "reason": "moved",
        "leaver": made.who("water", "author").pk,
        "successor_name": "新信息员",
        "note": "调市里",
    }
    kept = unit_desk.post(add, form | {"successor_name": "", "note": "保留的字"}).content.decode()
    assert "第十一条" in kept and "保留的字" in kept and not ChangeFiling.objects.exists()
    assert unit_desk.post(add, form).status_code == 302
    filing = ChangeFiling.objects.get()
    inspect = reverse("personnel-changes:inspect", args=[filing.pk])
    page = unit_desk.get(inspect).content.decode()
    assert "未完成的草稿" in page and "受理" not in page.split("review-choices")[1].split("</div>")[0]
    act = reverse("personnel-changes:receive", args=[filing.pk])
    assert unit_desk.get(act).status_code in (302, 403)
    asked = egov.get(act).content.decode()
    assert "草稿 1" in asked and "新信息员" in asked
    assert "第二十条" in egov.post(act, {"username": made.who("water", "author").username}).content.decode()
    shown = egov.post(act, {"username": "water.new", "note": "已核对"}, follow=True).content.decode()
    assert "一次性密码" in shown and "water.new" in shown and "已移交" in shown
    pdf = words(unit_desk.get(reverse("personnel:filing_pdf", args=[filing.pk])).content)
    for said in (filing.number, "区水务局", "新信息员", "未完成的草稿", "已核对", "专人负责", "移交清单"):
        assert said in pdf.replace("\r\n", ""), said
    for client in (logged_in(made.who("jiuzhou", "dedicated")), logged_in(made.who("water", "reviewer"))):
        assert client.get(inspect).status_code in (302, 404)
        history = reverse("personnel-changes:history", args=[filing.pk])
        assert client.get(history).status_code in (302, 404)
        assert client.get(reverse("personnel:filing_pdf", args=[filing.pk])).status_code == 404
    index = egov.get(reverse("personnel-changes:index"), {"state": "received"}).content.decode()
    assert filing.number in index and act not in index
