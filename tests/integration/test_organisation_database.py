"""What PostgreSQL refuses about appointments, delegations, names and accounts, whoever writes, as portal_app."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from organisation.models import Appointment, UnitKind
from tests.organisation_world import appoint, confirm, delegation, holder, holds, person, setting_up, unit
from tests.refusing import refused_by_database, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def township():
    return unit(UnitKind.TOWNSHIP, "旧州镇")


def test_these_tests_run_as_the_application_role():
    assert run("SELECT current_user") == "portal_app"


@pytest.mark.article("11")
@pytest.mark.parametrize(
    "change",
    [
        "person_id = {other}",
        "post_id = 'author'",
        "unit_id = {unit}",
        "starts_at = starts_at - interval '1 day'",
        "concurrent = NOT concurrent",
        "requested_by_id = {other}",
        "requested_at = requested_at - interval '1 day'",
    ],
)
def test_an_appointment_never_changes(township, change):
    held = appoint("审核人", township, "reviewer")
    change = change.format(other=person().pk, unit=unit().pk)
    sql = f"UPDATE organisation_appointment SET {change} WHERE id = %s"
    refused_by_database(sql, held.pk, says="does not change")


@pytest.mark.article("11")
@pytest.mark.parametrize("table", ["appointment", "delegation", "user", "unit", "unitname", "passwordreset"])
def test_nothing_is_deleted_not_even_by_the_owner(township, table, as_role):
    leader, stand_in = holder(township, "branch_leader"), holder(township, "principal_leader")
    delegation(leader, stand_in, township, "branch_leader")
    refused_by_database(f"DELETE FROM organisation_{table}", error=DatabaseError, says="permission denied")
    refused_by_database(
        f"TRUNCATE organisation_{table} CASCADE", error=DatabaseError, says="permission denied"
    )
    with as_role("owner"):
        run("SET CONSTRAINTS ALL IMMEDIATE")  # or TRUNCATE would stumble over pending checks instead
        refused_by_database(f"DELETE FROM organisation_{table}", says="kept for ever")
        refused_by_database(f"TRUNCATE organisation_{table} CASCADE", says="kept for ever")


@pytest.mark.article("11")
def test_an_appointment_is_born_unconfirmed(township):
    first, second = setting_up()
    refused_by_database(
        """INSERT INTO organisation_appointment (person_id, unit_id, post_id, starts_at, requested_by_id,
                                                 concurrent, confirmed_by_id, confirmed_at)
           VALUES (%s, %s, 'branch_leader', now(), %s, false, %s, now())""",
        person().pk,
        township.pk,
        first.pk,
        second.pk,
        says="born unconfirmed",
    )


@pytest.mark.article("11")
def test_a_second_person_confirms_once_at_the_servers_time(township):
    held = appoint("分管领导", township, "branch_leader", confirmed=False)
    first, second = setting_up()
    sql = (
        "UPDATE organisation_appointment SET confirmed_by_id = %s, confirmed_at = '2017-10-25' WHERE id = %s"
    )
    refused_by_database(sql, first.pk, held.pk, says="second person")
    refused_by_database(sql, held.person_id, held.pk, says="second person")
    before = run("SELECT clock_timestamp()")
    assert run(sql, second.pk, held.pk) == 1
    held.refresh_from_db()
    assert before <= held.confirmed_at <= run("SELECT clock_timestamp()")
    refused_by_database(sql, person().pk, held.pk, says="confirmed once")
    undo = "UPDATE organisation_appointment SET confirmed_by_id = NULL, confirmed_at = NULL WHERE id = %s"
    refused_by_database(undo, held.pk, says="confirmed once")


@pytest.mark.article("11")
def test_nobody_requests_for_himself_not_even_a_superuser(township):
    root = person(is_superuser=True)
    sql = """INSERT INTO organisation_appointment (person_id, unit_id, post_id, starts_at, requested_by_id, concurrent)
             VALUES (%s, %s, 'author', now(), %s, false)"""
    refused_by_database(sql, root.pk, township.pk, root.pk, says="not_for_oneself")


@pytest.mark.article("11")
def test_an_end_comes_earlier_never_later_and_never_in_the_past(township):
    now = datetime.now(UTC)
    held = appoint("审核人", township, "reviewer", ends_at=now + timedelta(days=30))
    sql = "UPDATE organisation_appointment SET ends_at = %s WHERE id = %s"
    refused_by_database(sql, now + timedelta(days=31), held.pk, says="brought forward")
    refused_by_database(sql, None, held.pk, says="brought forward")
    refused_by_database(sql, now - timedelta(days=1), held.pk, says="past")
    assert run(sql, now + timedelta(days=10), held.pk) == 1
    assert run("UPDATE organisation_appointment SET ends_at = now() WHERE id = %s", held.pk) == 1
    refused_by_database(
        "UPDATE organisation_appointment SET ends_at = now() - interval '1 s' WHERE id = %s", held.pk
    )
    held.refresh_from_db()
    assert not holds(held.person, township, "reviewer", held.ends_at)
    assert holds(held.person, township, "reviewer", held.ends_at - timedelta(microseconds=1))


@pytest.mark.article("14")
def test_holding_counts_from_the_confirmation_not_before(township):
    held = appoint("分管领导", township, "branch_leader", confirmed=False)
    assert not holds(held.person, township, "branch_leader")
    confirm(held, setting_up()[1])
    assert holds(held.person, township, "branch_leader", held.confirmed_at)
    assert not holds(held.person, township, "branch_leader", held.confirmed_at - timedelta(microseconds=1))
    assert not holds(held.person, township, "supervising_leader", held.confirmed_at)
    assert not holds(held.person, unit(), "branch_leader", held.confirmed_at)


@pytest.mark.article("11")
def test_a_plain_post_needs_no_confirmation_but_a_second_unit_does(township):
    writer = appoint("信息员", township, "author").person
    assert holds(writer, township, "author")
    other = unit(UnitKind.COMMUNITY)
    second_post = appoint(writer, other, "author", confirmed=False)
    assert second_post.concurrent
    assert not holds(writer, other, "author")
    confirm(second_post, setting_up()[1])
    assert holds(writer, other, "author")


@pytest.mark.article("11")
def test_posts_belong_to_kinds_of_unit(township):
    with pytest.raises(IntegrityError, match="does not have that post"), transaction.atomic():
        appoint("网站管理人员", township, "web_manager")
    refused_by_database(
        "UPDATE organisation_post SET signing = false", error=DatabaseError, says="permission denied"
    )


@pytest.mark.article("11")
def test_a_closed_account_holds_no_post_any_more(township):
    leader, stand_in = holder(township, "branch_leader"), holder(township, "principal_leader")
    lent = delegation(leader, stand_in, township, "branch_leader")
    assert holds(stand_in, township, "branch_leader", by=lent.pk)
    run("UPDATE organisation_user SET is_active = false WHERE id = %s", leader.pk)
    assert not holds(leader, township, "branch_leader")
    assert not holds(stand_in, township, "branch_leader", by=lent.pk)
    held = Appointment.objects.get(person=leader)
    assert holds(leader, township, "branch_leader", held.confirmed_at), "what he signed before stays signed"
    run("UPDATE organisation_user SET is_active = true WHERE id = %s", leader.pk)
    assert not holds(leader, township, "branch_leader")
    run("UPDATE organisation_user SET is_active = false WHERE id = %s", leader.pk)
    with pytest.raises(IntegrityError, match="closed account"), transaction.atomic():
        appoint(leader, township, "reviewer")


@pytest.mark.article("13")
def test_a_delegation_counts_between_its_minutes(township):
    leader, stand_in = holder(township, "supervising_leader"), holder(township, "branch_leader")
    start = datetime.now(UTC) + timedelta(hours=1)
    lent = delegation(
        leader, stand_in, township, "supervising_leader", starts_at=start, ends_at=start + timedelta(days=1)
    )
    moment = timedelta(microseconds=1)

    def stands_in(at):
        return holds(stand_in, township, "supervising_leader", at, lent.pk)

    assert stands_in(start) and stands_in(lent.ends_at - moment)
    assert not stands_in(start - moment) and not stands_in(lent.ends_at)
    assert not holds(stand_in, township, "supervising_leader", start), "without naming the delegation"
    assert not holds(leader, township, "supervising_leader", start, lent.pk), "the grantor does not hold it"
    assert not holds(stand_in, township, "principal_leader", start, lent.pk), "another post"


@pytest.mark.article("13")
def test_no_sub_delegation_and_only_to_a_leader_of_the_unit(township):
    leader, stand_in = holder(township, "supervising_leader"), holder(township, "branch_leader")
    third = holder(township, "principal_leader")
    delegation(leader, stand_in, township, "supervising_leader")
    for grantor, to, post, says in [
        (stand_in, third, "supervising_leader", "grantor does not hold"),
        (leader, holder(township, "reviewer"), "supervising_leader", "not a leader"),
        (leader, holder(unit(), "branch_leader"), "supervising_leader", "not a leader"),
        (holder(township, "author"), third, "author", "only a signing post"),
        (leader, leader, "supervising_leader", "two_persons"),
    ]:
        with pytest.raises(IntegrityError, match=says), transaction.atomic():
            delegation(grantor, to, township, post)


@pytest.mark.article("13")
def test_a_delegation_lapses_with_the_grantors_or_the_delegates_post(township):
    leader, stand_in = holder(township, "supervising_leader"), holder(township, "branch_leader")
    lent = delegation(leader, stand_in, township, "supervising_leader")
    assert holds(stand_in, township, "supervising_leader", by=lent.pk)
    run("UPDATE organisation_appointment SET ends_at = now() WHERE person_id = %s", stand_in.pk)
    assert not holds(stand_in, township, "supervising_leader", by=lent.pk)


@pytest.mark.article("13")
def test_a_delegation_is_confirmed_by_another_and_never_changes(township):
    leader, stand_in = holder(township, "supervising_leader"), holder(township, "branch_leader")
    lent = delegation(leader, stand_in, township, "supervising_leader", confirmed=False)
    assert not holds(stand_in, township, "supervising_leader", by=lent.pk)
    first, second = setting_up()
    sql = "UPDATE organisation_delegation SET confirmed_by_id = %s, confirmed_at = now() WHERE id = %s"
    refused_by_database(sql, first.pk, lent.pk, says="second person")
    refused_by_database(sql, stand_in.pk, lent.pk, says="second person")
    assert run(sql, second.pk, lent.pk) == 1
    change = "UPDATE organisation_delegation SET {} WHERE id = %s"
    refused_by_database(change.format("reason = '另有原因'"), lent.pk, says="does not change")
    refused_by_database(
        change.format("ends_at = ends_at + interval '1 day'"), lent.pk, says="brought forward"
    )


@pytest.mark.article("13")
def test_the_lock_waits_for_what_is_being_signed(township):
    """`organisation_holds_locked` says the same as `organisation_holds`, and may be called by the application."""
    leader, stand_in = holder(township, "supervising_leader"), holder(township, "branch_leader")
    lent = delegation(leader, stand_in, township, "supervising_leader")
    sql = "SELECT organisation_holds_locked(%s, %s, %s, clock_timestamp(), %s)"
    assert run(sql, leader.pk, township.pk, "supervising_leader", None) is True
    assert run(sql, stand_in.pk, township.pk, "supervising_leader", lent.pk) is True
    assert run(sql, stand_in.pk, township.pk, "supervising_leader", None) is False


@pytest.mark.article("14")
def test_a_temporary_table_does_not_fool_the_function(township, as_role):
    stranger = person()
    with as_role("owner"):
        run("CREATE TEMPORARY TABLE organisation_appointment (LIKE public.organisation_appointment)")
        run(
            """INSERT INTO pg_temp.organisation_appointment (id, person_id, unit_id, post_id, starts_at, concurrent,
                                                             requested_by_id, requested_at, confirmed_at)
               VALUES (1, %s, %s, 'branch_leader', '2017-10-25', false, %s, now(), '2017-10-25')""",
            stranger.pk,
            township.pk,
            stranger.pk,
        )
        assert holds(stranger, township, "branch_leader") is False
        run("DROP TABLE pg_temp.organisation_appointment")
