"""The services: who may do what to appointments, delegations, accounts and units, and the sentences of refusal."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from organisation import accounts, appointments, unit_changes
from organisation.authority import authorities_of
from organisation.rights import rights_of
from tests.organisation_world import appoint, holder, offices_and_town, person, post, unit
from tests.refusing import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return offices_and_town()


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
