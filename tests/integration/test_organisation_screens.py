"""The organisation's screens in Wagtail: who sees them, what they ask, log-in and passwords."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from home.models import UnitLibrary
from organisation import sync, unit_changes
from organisation.models import Appointment, Delegation, PasswordReset, Unit
from publication import rounds
from tests.organisation_world import appoint, delegation, holder, offices_and_town, person, text, unit
from units.models import UnitHomePage

pytestmark = pytest.mark.django_db
LISTS = ("units", "appointments", "delegations", "password-resets", "wagtailusers_users")


@pytest.fixture
def world():
    people = offices_and_town()
    return people | {"leader": holder(people["town"], "branch_leader", "镇领导")}


@pytest.mark.article("5")
@pytest.mark.parametrize(("key", "adds"), [("gov_leader", False), ("manager", True)])
def test_both_offices_see_every_list_and_only_one_adds(world, as_person, key, adds):
    client = as_person(world[key])
    delegation(world["leader"], holder(world["town"], "principal_leader"), world["town"], "branch_leader")
    for name in LISTS:
        response = client.get(reverse(f"{name}:index"))
        assert response.status_code == 200, name
    for name in ("units", "appointments", "wagtailusers_users"):
        response = client.get(reverse(f"{name}:add"))
        assert (response.status_code == 200) is adds, name


@pytest.mark.article("17")
def test_a_units_people_see_no_list_but_their_delegations(world, as_person):
    town = world["town"]
    second = holder(town, "principal_leader")
    mine = delegation(world["leader"], second, town, "branch_leader")
    elsewhere = unit()
    theirs = delegation(
        holder(elsewhere, "branch_leader"), holder(elsewhere, "principal_leader"), elsewhere, "branch_leader"
    )
    client = as_person(world["leader"])
    for name in set(LISTS) - {"delegations"}:
        assert client.get(reverse(f"{name}:index")).status_code == 302, name
    listed = client.get(reverse("delegations:index"))
    assert [row.pk for row in listed.context["object_list"]] == [mine.pk]
    for route in ("inspect", "confirm", "end"):
        assert client.get(reverse(f"delegations:{route}", args=[theirs.pk])).status_code == 404
        assert client.get(reverse(f"delegations:{route}", args=[mine.pk])).status_code == 200
    author = as_person(holder(town, "author"))
    assert author.get(reverse("delegations:index")).status_code == 302


@pytest.mark.article("11")
def test_an_appointment_is_requested_on_one_screen_and_confirmed_on_another(world, as_person):
    newcomer = person("新领导")
    form = {
        "person": newcomer.pk,
        "unit": world["town"].pk,
        "post": "principal_leader",
        "starts_at": "",
        "ends_at": "",
    }
    client = as_person(world["manager"])
    response = client.post(reverse("appointments:add"), form, follow=True)
    made = Appointment.objects.get(person=newcomer)
    assert made.is_pending and made.requested_by == world["manager"]
    url = reverse("appointments:confirm", args=[made.pk])
    assert url not in text(response), "the requester is offered no confirmation"
    refused = client.post(url)
    assert "第十一条" in text(refused) and Appointment.objects.get(pk=made.pk).is_pending
    client = as_person(world["gov_leader"])
    assert url in text(client.get(reverse("appointments:index")))
    asked = client.get(url)
    assert "新领导" in text(asked) and "旧州镇" in text(asked) and "主要领导" in text(asked)
    assert Appointment.objects.get(pk=made.pk).is_pending, "looking is not confirming"
    client.post(url)
    assert Appointment.objects.get(pk=made.pk).confirmed_by == world["gov_leader"]


@pytest.mark.article("11")
def test_a_refused_request_keeps_what_was_typed(world, as_person):
    form = {
        "person": world["leader"].pk,
        "unit": world["town"].pk,
        "post": "web_manager",
        "starts_at": "",
        "ends_at": "",
    }
    response = as_person(world["manager"]).post(reverse("appointments:add"), form)
    assert response.status_code == 200 and "（第十一条）" in text(response)
    assert response.context["form"]["post"].value() == "web_manager"
    assert not Appointment.objects.filter(post="web_manager", unit=world["town"]).exists()


@pytest.mark.article("11")
def test_ending_asks_first(world, as_person):
    held = appoint("审核人", world["town"], "reviewer")
    url = reverse("appointments:end", args=[held.pk])
    assert as_person(world["gov_leader"]).post(url, {"at": ""}).status_code in (302, 403)
    client = as_person(world["manager"])
    client.get(url)
    assert not Appointment.objects.get(pk=held.pk).is_over
    client.post(url, {"at": ""})
    assert Appointment.objects.get(pk=held.pk).is_over


@pytest.mark.article("13")
def test_a_leader_enters_his_own_delegation(world, as_person):
    second = holder(world["town"], "principal_leader")
    own = Appointment.objects.get(person=world["leader"])
    other = Appointment.objects.get(person=second)
    now = timezone.localtime()
    form = {
        "appointment": own.pk,
        "delegate": second.pk,
        "starts_at": now.strftime("%Y-%m-%d %H:%M"),
        "ends_at": (now + timedelta(days=2)).strftime("%Y-%m-%d %H:%M"),
        "reason": "出差",
    }
    client = as_person(world["leader"])
    stolen = client.post(
        reverse("delegations:add"), form | {"appointment": other.pk, "delegate": world["leader"].pk}
    )
    assert stolen.status_code == 200 and not Delegation.objects.exists()
    client.post(reverse("delegations:add"), form)
    made = Delegation.objects.get()
    assert (made.grantor, made.delegate, made.created_by) == (world["leader"], second, world["leader"])
    as_person(world["manager"]).post(reverse("delegations:confirm", args=[made.pk]))
    assert Delegation.objects.get().confirmed_by == world["manager"]


@pytest.mark.article("9")
def test_a_unit_is_founded_renamed_and_closed_on_screen(world, as_person):
    client = as_person(world["manager"])
    form = {"code": "shuangbao", "kind": "township", "name": "双堡镇", "short_name": "双堡", "parent": ""}
    client.post(reverse("units:add"), form)
    made = Unit.objects.get(code="shuangbao")
    assert made.name == "双堡镇"
    today = timezone.localdate()
    client.post(
        reverse("units:rename", args=[made.pk]), {"name": "双堡街道", "short_name": "", "from_day": today}
    )
    assert Unit.objects.get(pk=made.pk).name == "双堡街道"
    assert "双堡镇" in text(client.get(reverse("units:inspect", args=[made.pk])))
    client.post(reverse("units:close", args=[made.pk]), {"on": today + timedelta(days=1)})
    assert Unit.objects.get(pk=made.pk).closed_on == today + timedelta(days=1)


@pytest.mark.article("17")
def test_a_new_unit_has_its_page_library_and_rights_at_once(world, as_person):
    client = as_person(world["manager"])
    client.post(
        reverse("units:add"), {"code": "dongtun", "kind": "township", "name": "东屯乡", "phone": "3322"}
    )
    made = Unit.objects.get(code="dongtun")
    assert made.phone == "3322"
    page, library = UnitHomePage.objects.get(unit=made), UnitLibrary.objects.get(unit=made)
    group = Group.objects.get(name=made.group_name)
    assert group.page_permissions.filter(page=page, permission__codename="add_page").exists()
    assert library.collection.group_permissions.filter(group=group, permission__codename="add_image").exists()
    today = timezone.localdate()
    client.post(
        reverse("units:rename", args=[made.pk]), {"name": "东屯镇", "short_name": "", "from_day": today}
    )
    library.collection.refresh_from_db()
    assert library.collection.name == "东屯镇"


def test_the_library_is_called_as_the_unit_from_the_day_of_the_name(world):
    sync.follow_units()
    town, today = world["town"], timezone.localdate()
    unit_changes.rename_unit(town, "今日新名", by=world["manager"], from_day=today)
    assert [line for part, line in sync.follow_units() if part == "libraries"] == ["library jiuzhou renamed"]
    unit_changes.rename_unit(town, "明日新名", by=world["manager"], from_day=today + timedelta(days=1))
    assert sync.follow_units() == []
    assert sync.follow_units in [one.work for one in rounds._rounds], "the worker looks when the day has come"


def test_lists_filter_sort_search_and_export(world, as_person):
    appoint("待确认者", world["town"], "reviewer", confirmed=False)
    client, url = as_person(world["manager"]), reverse("appointments:index")

    def names(**query):
        return [row.person.name for row in client.get(url, query).context["object_list"]]

    assert names(state="pending") == ["待确认者"]
    assert "待确认者" not in names(state="running") and "镇领导" in names(state="running")
    assert set(names(unit=world["town"].pk)) == {"待确认者", "镇领导"}
    assert names(post="branch_leader", unit=world["town"].pk) == ["镇领导"]
    assert names(q="镇领导") == ["镇领导"]
    assert names(state="over") == names(state="coming") == []
    starts = [row.starts_at for row in client.get(url, {"ordering": "-starts_at"}).context["object_list"]]
    assert starts == sorted(starts, reverse=True)
    for kind, mime in (("csv", "text/csv"), ("xlsx", "spreadsheetml")):
        for name in LISTS:
            response = client.get(reverse(f"{name}:index"), {"export": kind})
            assert mime in response["Content-Type"]
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert body, name
            if kind == "csv" and name == "appointments":
                assert "待确认者" in body.decode() and "旧州镇" in body.decode()


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_queries_at_any_length(world, as_person, name, django_assert_max_num_queries):
    def one_more():
        town = unit()
        leader, second = holder(town, "branch_leader"), holder(town, "principal_leader")
        delegation(leader, second, town, "branch_leader", confirmed=False)
        PasswordReset.objects.create(person=leader, by=world["manager"], reason="电话")

    client, url = as_person(world["manager"]), reverse(f"{name}:index")
    one_more()
    client.get(url)
    with django_assert_max_num_queries(25) as few:
        client.get(url)
    for __ in range(10):
        one_more()
    with django_assert_max_num_queries(len(few)):
        response = client.get(url)
    assert len(response.context["object_list"]) > 10
