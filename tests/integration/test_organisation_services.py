"""The services: who may do what to appointments, delegations, accounts and units, and the sentences of refusal."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from organisation import accounts, appointments, unit_changes
from organisation.authority import authorities_of
from organisation.groups import refresh_groups
from organisation.models import PasswordReset, Post, Unit, UnitKind
from organisation.rights import RIGHTS, rights_of
from regulation.refusals import Refusal
from tests.organisation_world import appoint, holder, offices, person, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    gov, egov, people = offices()
    people["gov"], people["egov"] = gov, egov
    people["town"] = unit(UnitKind.TOWNSHIP, "旧州镇", "jiuzhou")
    return people


def post(code):
    return Post.objects.get(code=code)


def refuses(code, article, call, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        call(*args, **kwargs)
    assert caught.value.code == code
    assert caught.value.article == article
    assert caught.value.article_label in str(caught.value)


@pytest.mark.article("11")
def test_a_reviewer_is_requested_by_one_and_confirmed_by_another(world):
    someone = person("新审核人")
    asked = appointments.request_appointment(someone, world["town"], post("reviewer"), by=world["manager"])
    assert asked.is_pending and authorities_of(someone) == []
    refuses("second_person", "11", appointments.confirm_appointment, asked, by=world["manager"])
    refuses("second_person", "11", appointments.confirm_appointment, asked, by=someone)
    done = appointments.confirm_appointment(asked, by=world["manager2"])
    assert [a.post for a in authorities_of(someone)] == ["reviewer"]
    refuses("not_pending", "11", appointments.confirm_appointment, done, by=world["security"])
    actions = ModelLogEntry.objects.filter(object_id=str(done.pk)).order_by("timestamp")
    assert [(line.action, line.user) for line in actions] == [
        ("organisation.request", world["manager"]),
        ("organisation.confirm", world["manager2"]),
    ]


@pytest.mark.article("5")
def test_a_leader_and_a_second_unit_are_confirmed_by_the_government_office(world):
    leader = appointments.request_appointment(
        person(), world["town"], post("branch_leader"), by=world["manager"]
    )
    refuses("may_not_confirm_leader", "5", appointments.confirm_appointment, leader, by=world["manager2"])
    assert appointments.confirm_appointment(leader, by=world["gov_dedicated"]).confirmed_at
    writer = holder(world["town"], "author")
    second = appointments.request_appointment(writer, unit(), post("author"), by=world["manager"])
    assert second.concurrent and second.is_pending
    refuses("may_not_confirm_leader", "5", appointments.confirm_appointment, second, by=world["manager2"])
    appointments.confirm_appointment(second, by=world["gov_reviewer"])
    assert len(authorities_of(writer)) == 2


@pytest.mark.article("14")
def test_a_superuser_cannot_give_himself_or_anyone_a_post(world):
    root, friend = person(is_superuser=True), person(is_superuser=True)
    refuses(
        "may_not_operate",
        "11",
        appointments.request_appointment,
        friend,
        world["town"],
        post("author"),
        by=root,
    )
    asked = appointments.request_appointment(root, world["town"], post("reviewer"), by=world["manager"])
    refuses("second_person", "11", appointments.confirm_appointment, asked, by=root)
    refuses("may_not_confirm", "11", appointments.confirm_appointment, asked, by=friend)
    refuses("may_not_operate", "11", accounts.open_account, "x", "某人", by=root)
    refuses("may_not_desk", "20", accounts.reset_password, friend, by=root, reason="电话核实")


@pytest.mark.article("11")
def test_founding_two_superusers_set_up_the_offices_and_then_lose_the_right():
    one, two = person(is_superuser=True), person(is_superuser=True)
    plain = person()
    egov = unit_changes.create_unit("egov", "egov_office", "区电子政务办公室", by=one)
    refuses("may_not_operate", "11", unit_changes.create_unit, "gov", "gov_office", "区政府办", by=plain)
    for __ in range(3):
        asked = appointments.request_appointment(person(), egov, post("web_manager"), by=one)
        refuses("second_person", "11", appointments.confirm_appointment, asked, by=one)
        appointments.confirm_appointment(asked, by=two)
    assert rights_of(one) == {"see", "confirm_leader"}
    refuses("may_not_operate", "11", appointments.request_appointment, plain, egov, post("registrar"), by=one)


@pytest.mark.article("11")
@pytest.mark.parametrize("key", ["gov_leader", "gov_reviewer", "outsider", "leader"])
def test_only_the_e_government_office_enters_and_ends(world, key):
    town = world["town"]
    world |= {"outsider": person(), "leader": holder(town, "principal_leader")}
    held = appoint("审核人", town, "reviewer")
    refuses(
        "may_not_operate",
        "11",
        appointments.request_appointment,
        person(),
        town,
        post("author"),
        by=world[key],
    )
    refuses("may_not_operate", "11", appointments.end_appointment, held, by=world[key])
    refuses("may_not_operate", "11", accounts.close_account, held.person, by=world[key])
    refuses("may_not_operate", "11", unit_changes.rename_unit, town, "新名", by=world[key])


@pytest.mark.article("11")
def test_requests_that_make_no_sense_are_refused_with_a_sentence(world):
    town, by = world["town"], world["manager"]
    held = appoint("审核人", town, "reviewer").person
    closed = person(is_active=False)
    request = appointments.request_appointment
    refuses("held_already", "11", request, held, town, post("reviewer"), by=by)
    refuses("own_appointment", "11", request, by, town, post("author"), by=by)
    refuses("wrong_kind", "11", request, held, town, post("portal_leader"), by=by)
    refuses("closed_account", "20", request, closed, town, post("author"), by=by)
    now = timezone.now()
    refuses(
        "database",
        "11",
        request,
        held,
        town,
        post("author"),
        by=by,
        starts_at=now,
        ends_at=now - timedelta(days=1),
    )


@pytest.mark.article("11")
def test_ending_at_once_and_at_a_later_minute(world):
    town, by = world["town"], world["manager"]
    held = appoint("审核人", town, "reviewer")
    assert held.person.groups.filter(name="unit:jiuzhou").exists()
    later = timezone.now() + timedelta(days=3)
    appointments.end_appointment(held, by=by, at=later)
    assert authorities_of(held.person, later - timedelta(seconds=1)) and not authorities_of(
        held.person, later
    )
    refuses("database", "11", appointments.end_appointment, held, by=by, at=later + timedelta(days=1))
    refuses(
        "database", "11", appointments.end_appointment, held, by=by, at=timezone.now() - timedelta(days=1)
    )
    appointments.end_appointment(held, by=by)
    assert authorities_of(held.person) == []
    assert not held.person.groups.filter(name="unit:jiuzhou").exists()
    refuses("over", "11", appointments.end_appointment, held, by=by)


@pytest.mark.article("11")
def test_an_appointment_that_has_not_begun_can_be_called_off(world):
    start = timezone.now() + timedelta(days=3)
    coming = appoint("审核人", world["town"], "reviewer", starts_at=start)
    ended = appointments.end_appointment(coming, by=world["manager"])
    assert ended.ends_at == start
    assert authorities_of(coming.person, start + timedelta(hours=1)) == []


@pytest.mark.article("13")
def test_a_leader_delegates_and_the_office_confirms(world):
    town = world["town"]
    leader, stand_in = holder(town, "supervising_leader", "甲"), holder(town, "branch_leader", "乙")
    now = timezone.now()
    terms = {
        "unit": town,
        "post": post("supervising_leader"),
        "starts_at": now,
        "ends_at": now + timedelta(days=2),
    }
    refuses("no_reason", "13", appointments.delegate, leader, stand_in, **terms, reason=" ", by=leader)
    refuses(
        "may_not_operate", "11", appointments.delegate, leader, stand_in, **terms, reason="出差", by=stand_in
    )
    lent = appointments.delegate(leader, stand_in, **terms, reason="出差", by=leader)
    refuses("second_person", "13", appointments.confirm_delegation, lent, by=leader)
    refuses("second_person", "13", appointments.confirm_delegation, lent, by=stand_in)
    refuses("may_not_confirm", "11", appointments.confirm_delegation, lent, by=holder(town, "reviewer"))
    appointments.confirm_delegation(lent, by=world["manager"])
    assert [a.delegation_id for a in authorities_of(stand_in)] == [None, lent.pk]
    refuses("database", "13", appointments.delegate, stand_in, leader, **terms, reason="转委托", by=stand_in)
    appointments.end_delegation(lent, by=leader)
    assert [a.delegation_id for a in authorities_of(stand_in)] == [None]
    refuses("over", "13", appointments.end_delegation, lent, by=leader)


@pytest.mark.article("13")
def test_what_the_office_enters_the_grantor_himself_confirms(world):
    town = world["town"]
    leader, stand_in = holder(town, "supervising_leader"), holder(town, "branch_leader")
    now = timezone.now()
    terms = {"unit": town, "post": post("supervising_leader"), "starts_at": now, "reason": "病假"}
    past = {**terms, "starts_at": now - timedelta(days=2), "ends_at": now - timedelta(days=1)}
    refuses("past", "13", appointments.delegate, leader, stand_in, **past, by=world["manager"])
    lent = appointments.delegate(
        leader, stand_in, **terms, ends_at=now + timedelta(days=9), by=world["manager"]
    )
    assert appointments.confirm_delegation(lent, by=leader).confirmed_by == leader


@pytest.mark.article("20")
def test_an_account_begins_with_a_password_for_one_use(world):
    someone, password = accounts.open_account("jz-xxy", "旧州镇信息员", by=world["manager"])
    assert someone.check_password(password) and someone.must_change_password
    assert len(password) == 17 and not someone.is_superuser
    refuses("username_taken", "20", accounts.open_account, "JZ-XXY", "另一人", by=world["manager"])


@pytest.mark.article("20")
def test_the_desk_resets_a_password_and_leaves_a_record(world):
    someone = person("信息员")
    desk = world["security"]
    refuses("no_reason", "20", accounts.reset_password, someone, by=desk, reason="  ")
    refuses("may_not_desk", "20", accounts.reset_password, someone, by=world["gov_leader"], reason="电话")
    refuses("own_password", "20", accounts.reset_password, desk, by=desk, reason="忘记")
    refuses("superuser", "20", accounts.reset_password, person(is_superuser=True), by=desk, reason="电话")
    password = accounts.reset_password(someone, by=desk, reason="回拨单位电话核实")
    someone.refresh_from_db()
    assert someone.check_password(password) and someone.must_change_password
    record = PasswordReset.objects.get()
    assert (record.person, record.by, record.reason) == (someone, desk, "回拨单位电话核实")
    accounts.change_password(someone, "Wo-Ziji-Xuan-9")
    someone.refresh_from_db()
    assert someone.check_password("Wo-Ziji-Xuan-9") and not someone.must_change_password


@pytest.mark.article("11")
def test_closing_an_account_ends_what_the_person_held(world):
    leaver = holder(world["town"], "reviewer")
    refuses("own_account", "11", accounts.close_account, world["manager"], by=world["manager"])
    accounts.close_account(leaver, by=world["manager"])
    assert not leaver.is_active and leaver.groups.count() == 0
    assert leaver.appointments.get().is_over


@pytest.mark.article("9")
def test_a_unit_is_renamed_from_today_and_closed(world):
    town, by = world["town"], world["manager"]
    unit_changes.rename_unit(town, "旧州古镇", short_name="旧州", by=by)
    assert (
        town.name == "旧州古镇"
        and town.short_name == "旧州"
        and town.name_at(datetime(2018, 1, 1, tzinfo=UTC)) == "旧州镇"
    )
    unit_changes.rename_unit(town, "旧州镇", by=by)
    assert town.name == "旧州镇", "twice on one day: the last one counts"
    yesterday = timezone.localdate() - timedelta(days=1)
    refuses("past", "11", unit_changes.rename_unit, town, "从前", by=by, from_day=yesterday)
    refuses("database", "11", unit_changes.close_unit, town, by=by, on=yesterday)
    refuses("database", "11", unit_changes.create_unit, "jiuzhou", "township", "重复", by=by)
    refuses("database", "11", unit_changes.create_unit, "gov2", "gov_office", "第二个", by=by)
    leader = holder(town, "branch_leader")
    closed = unit_changes.close_unit(town, by=by)
    last_day = timezone.now()
    assert authorities_of(leader, last_day) and not authorities_of(leader, last_day + timedelta(days=1))
    assert closed in Unit.objects.current() and closed not in Unit.objects.current(closed.closed_on)


@pytest.mark.article("17")
def test_groups_follow_the_appointments(world):
    town = world["town"]
    writer = holder(town, "author")
    assert set(writer.groups.values_list("name", flat=True)) == {"unit:jiuzhou"}
    assert set(world["manager"].groups.values_list("name", flat=True)) == {"unit:egov", "egov-office"}
    assert set(world["gov_leader"].groups.values_list("name", flat=True)) == {"unit:gov", "gov-office"}
    assert writer.has_perm("wagtailadmin.access_admin")
    waiting = appoint("审核人", town, "reviewer", confirmed=False).person
    assert waiting.groups.count() == 0
    start = timezone.now() + timedelta(hours=1)
    coming = appoint("信息员", town, "author", starts_at=start, ends_at=start + timedelta(days=1))
    coming.person.refresh_from_db()
    assert coming.person.groups_due == start
    assert refresh_groups(coming.person, start) == ["+unit:jiuzhou"]
    assert coming.person.groups_due == coming.ends_at
    assert refresh_groups(coming.person, coming.ends_at) == ["-unit:jiuzhou"]


@pytest.mark.article("17")
def test_sync_portal_changes_nothing_the_second_time(world, as_role, capsys):
    world["town"], writer = unit(), holder(world["town"], "author")
    writer.groups.clear()
    with as_role("owner"):
        call_command("sync_portal")
        first = capsys.readouterr().out
        call_command("sync_portal")
        second = capsys.readouterr().out
    assert f"{writer.username} +unit:jiuzhou" in first
    assert second.strip().endswith("sync_portal: 0 changes")


@pytest.mark.article("14")
def test_the_table_of_rights_names_posts_of_the_offices():
    posts = Post.objects.in_bulk()
    for right in RIGHTS.values():
        for code in right.posts:
            assert not posts[code].kinds or right.office in posts[code].kinds
