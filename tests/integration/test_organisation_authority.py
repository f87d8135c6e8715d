"""Who may act as what at a moment, and at what cost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from organisation.authority import (
    Authority,
    authorities_of,
    find_authority,
    holders,
    is_egov_office,
    is_gov_office,
    office,
    units_of,
)
from organisation.models import Unit, UnitKind, UnitName, unit_names
from tests.organisation_world import appoint, confirm, delegation, holder, offices, person, setting_up, unit

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


@pytest.mark.article("11")
def test_authority_begins_and_ends_at_the_minute():
    town = unit()
    start = datetime.now(UTC) + timedelta(hours=1)
    held = appoint("审核人", town, "reviewer", starts_at=start, ends_at=start + timedelta(hours=2))
    mine = [Authority(held.person_id, town.pk, "reviewer")]
    assert authorities_of(held.person, start - TICK) == []
    assert authorities_of(held.person, start) == mine
    assert authorities_of(held.person, held.ends_at - TICK) == mine
    assert authorities_of(held.person, held.ends_at) == []


@pytest.mark.article("14")
def test_a_superuser_a_stranger_and_nobody_have_none():
    town = unit()
    unconfirmed = appoint("分管领导", town, "branch_leader", confirmed=False).person
    for nobody in (person(is_superuser=True), person(), AnonymousUser(), None, unconfirmed):
        assert authorities_of(nobody) == []
    leader = holder(town, "branch_leader")
    leader.is_active = False
    leader.save()
    assert authorities_of(leader) == []
    assert not holders(town.pk, ["branch_leader"]).exists()


@pytest.mark.article("13")
def test_a_delegation_is_authority_that_names_itself_and_ones_own_post_comes_first():
    town = unit()
    leader, stand_in = holder(town, "supervising_leader"), holder(town, "branch_leader")
    lent = delegation(leader, stand_in, town, "supervising_leader")
    assert authorities_of(stand_in) == [
        Authority(stand_in.pk, town.pk, "branch_leader"),
        Authority(stand_in.pk, town.pk, "supervising_leader", lent.pk, leader.pk),
    ]
    found = find_authority(stand_in, town.pk, ["supervising_leader", "branch_leader"])
    assert found.delegation_id is None and found.post == "branch_leader"
    assert find_authority(stand_in, town.pk, ["supervising_leader"]).delegation_id == lent.pk
    assert find_authority(stand_in, town.pk, ["reviewer"]) is None
    assert find_authority(stand_in, unit().pk, ["branch_leader"]) is None
    assert set(holders(town.pk, ["supervising_leader"])) == {leader, stand_in}
    assert authorities_of(stand_in, lent.ends_at) == [Authority(stand_in.pk, town.pk, "branch_leader")]


@pytest.mark.article("13")
@pytest.mark.parametrize("whose", ["grantor", "delegate"])
def test_a_delegation_lapses_when_either_leaves(whose):
    town = unit()
    leader, stand_in = holder(town, "supervising_leader"), holder(town, "branch_leader")
    lent = delegation(leader, stand_in, town, "supervising_leader")
    gone = getattr(lent, whose)
    gone.is_active = False
    gone.save()
    assert find_authority(stand_in, town.pk, ["supervising_leader"]) is None
    assert stand_in not in holders(town.pk, ["supervising_leader"])


@pytest.mark.article("14")
def test_python_and_the_database_judge_alike():
    """Every combination of post, confirmation, delegation and moment: authority exactly where the function says so."""
    from django.db import connection

    town, other = unit(), unit(UnitKind.COMMUNITY)
    leader, stand_in = holder(town, "supervising_leader"), holder(town, "branch_leader")
    appoint(leader, other, "reviewer", confirmed=False)
    appoint(stand_in, other, "author")
    start = datetime.now(UTC) + timedelta(hours=1)
    lent = delegation(leader, stand_in, town, "supervising_leader", starts_at=start)
    moments = [datetime.now(UTC), start - TICK, start, lent.ends_at, datetime(2018, 1, 1, tzinfo=UTC)]
    posts = ("supervising_leader", "branch_leader", "reviewer", "author")
    compared = 0
    with connection.cursor() as cursor:
        for who in (leader, stand_in):
            for at in moments:
                mine = set(authorities_of(who, at))
                for where in (town, other):
                    for post in posts:
                        for given in (None, lent.pk):
                            values = [who.pk, where.pk, post, at, given]
                            cursor.execute("SELECT organisation_holds(%s, %s, %s, %s, %s)", values)
                            grantor = leader.pk if given else None
                            authority = Authority(who.pk, where.pk, post, given, grantor)
                            assert cursor.fetchone()[0] == (authority in mine), (authority, at)
                            compared += 1
    assert compared == 160


@pytest.mark.article("14")
def test_authority_costs_one_query_however_many_posts(django_assert_num_queries):
    busy = person()
    for __ in range(12):
        town = unit()
        appoint(busy, town, "branch_leader")
        delegation(holder(town, "supervising_leader"), busy, town, "supervising_leader")
    with django_assert_num_queries(1):
        assert len(authorities_of(busy)) == 24
    with django_assert_num_queries(1):
        assert find_authority(busy, town.pk, ["supervising_leader"]).delegation_id
    with django_assert_num_queries(1):
        assert len([where.name for where in units_of(busy)]) == 12
    with django_assert_num_queries(1):
        assert holders(town.pk, ["supervising_leader"]).count() == 2


@pytest.mark.article("5")
def test_the_two_offices_are_known_by_their_people():
    gov, egov, people = offices()
    assert office(UnitKind.GOV_OFFICE) == gov and office("egov_office") == egov
    assert is_gov_office(people["gov_leader"]) and not is_egov_office(people["gov_leader"])
    assert is_egov_office(people["manager"]) and not is_gov_office(people["manager"])
    assert not is_gov_office(person(is_superuser=True)) and not is_gov_office(AnonymousUser())


@pytest.mark.article("11")
def test_a_concurrent_post_shows_the_second_unit_once_confirmed():
    town, village = unit(), unit(UnitKind.COMMUNITY)
    writer = holder(town, "author")
    second = appoint(writer, village, "author", confirmed=False)
    assert list(units_of(writer)) == [town]
    confirm(second, setting_up()[1])
    assert list(units_of(writer)) == [town, village]


@pytest.mark.article("19")
def test_old_records_keep_the_old_name():
    where = unit(UnitKind.DEPARTMENT, name="区农业局")
    today = datetime.now(UTC).date() + timedelta(days=1)
    old = where.names.get()
    old.valid_to = today
    old.save()
    UnitName.objects.create(unit=where, name="区农业农村局", short_name="农业农村局", valid_from=today)
    assert where.name_at(date(2018, 5, 1)) == "区农业局"
    assert where.name_at(today - timedelta(days=1)) == "区农业局"
    assert where.name_at(today) == "区农业农村局"
    assert unit_names([where.pk], today) == {where.pk: "区农业农村局"}
    assert unit_names([where.pk], date(1999, 12, 31)) == {}
    assert Unit.objects.named(today).get(pk=where.pk).short_name == "农业农村局"


def test_the_day_of_a_name_is_the_portals_not_utc():
    where = unit(name="旧名")
    day = datetime.now(UTC).date() + timedelta(days=3)
    old = where.names.get()
    old.valid_to = day
    old.save()
    UnitName.objects.create(unit=where, name="新名", valid_from=day)
    midnight_in_shanghai = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8)
    assert where.name_at(midnight_in_shanghai - TICK) == "旧名"
    assert where.name_at(midnight_in_shanghai) == "新名"


def test_names_of_a_list_cost_one_query(django_assert_num_queries):
    for __ in range(5):
        unit()
    with django_assert_num_queries(1):
        assert all(
            where.name.startswith("单位") and str(where) == where.name for where in Unit.objects.named()
        )
