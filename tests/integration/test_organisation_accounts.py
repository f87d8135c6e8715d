"""Accounts, units and groups through the services."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from organisation import accounts, unit_changes
from organisation.authority import authorities_of
from organisation.groups import refresh_groups
from organisation.models import PasswordReset, Post, Unit
from organisation.rights import RIGHTS
from tests.organisation_world import appoint, holder, offices_and_town, person, unit
from tests.refusing import refuses

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return offices_and_town()


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
