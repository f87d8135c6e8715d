"""Accounts, sessions and passwords on screen (Articles 11 and 20)."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from organisation.accounts import open_account
from organisation.authority import authorities_of
from organisation.middleware import ReadingMiddleware
from organisation.models import Appointment, PasswordReset, Post, Unit, User
from tests.organisation_world import (
    appoint,
    holder,
    is_logged_in,
    log_in,
    offices_and_town,
    person,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    people = offices_and_town()
    return people | {"leader": holder(people["town"], "branch_leader", "镇领导")}


@pytest.mark.article("14")
def test_only_a_reading_request_remembers_authority(world, rf, django_assert_num_queries):
    seen = []
    middleware = ReadingMiddleware(lambda request: seen.append(authorities_of(request.user)))
    for method, queries in (("get", 1), ("post", 2)):
        request = getattr(rf, method)("/")
        request.user = User.objects.get(pk=world["leader"].pk)
        with django_assert_num_queries(queries):
            middleware(request)
            seen.append(authorities_of(request.user))
        later = timezone.now() + timedelta(days=1)
        with django_assert_num_queries(1):
            assert authorities_of(request.user, later)
        middleware.process_template_response(request, None)  # the view is done: what is drawn now only reads
        seen.append(authorities_of(request.user))
        with django_assert_num_queries(0):
            seen.append(authorities_of(request.user))
    assert len(seen) == 8 and all(found == seen[0] for found in seen) and seen[0]


@pytest.mark.article("20")
def test_accounts_are_opened_and_reset_on_screen_and_the_password_shown_once(world, as_person, client):
    desk = as_person(world["manager"])
    form = {"username": "jz-xxy", "name": "旧州镇信息员", "phone": "", "email": ""}
    shown = desk.post(reverse("wagtailusers_users:add"), form | {"is_superuser": "on"}, follow=True)
    made = User.objects.get(username="jz-xxy")
    assert made.must_change_password and not made.is_superuser
    assert "jz-xxy" in text(shown)
    reset = reverse("wagtailusers_users:reset", args=[made.pk])
    assert desk.get(reset).status_code == 200 and not PasswordReset.objects.exists()
    assert desk.post(reset, {"reason": ""}).status_code == 200 and not PasswordReset.objects.exists()
    before = made.password
    desk.post(reset, {"reason": "回拨单位电话"})
    made.refresh_from_db()
    assert PasswordReset.objects.get().person == made and made.password != before
    edit = reverse("wagtailusers_users:edit", args=[made.pk])
    desk.post(
        edit,
        {"name": "改名", "phone": "1", "email": "", "is_superuser": "on", "groups": [1], "is_active": ""},
    )
    made.refresh_from_db()
    assert made.name == "改名" and made.is_active and not made.is_superuser and made.groups.count() == 0
    assert as_person(world["gov_leader"]).get(reset).status_code in (302, 403)


@pytest.mark.article("20")
@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_stock_bulk_actions_on_users_touch_nobody(world, as_person, action):
    root = person(is_superuser=True)
    url = reverse("wagtail_bulk_action", args=["organisation", "user", action]) + f"?id={world['leader'].pk}"
    as_person(root).post(url, {"mark_as_active": "False", "role": 1})
    world["leader"].refresh_from_db()
    assert world["leader"].is_active


@pytest.mark.article("11")
def test_the_leavers_session_ends_with_the_minute(world, client):
    leaver = holder(world["town"], "reviewer")
    assert log_in(client, leaver).status_code == 302
    assert is_logged_in(client)
    held = leaver.appointments.get()
    Appointment.objects.filter(pk=held.pk).update(ends_at=Now())
    assert not is_logged_in(client)
    log_in(client, leaver)
    assert not is_logged_in(client)


@pytest.mark.article("20")
def test_a_closed_account_is_logged_out_and_stays_out(world, client):
    log_in(client, world["leader"])
    assert is_logged_in(client)
    User.objects.filter(pk=world["leader"].pk).update(is_active=False)
    assert not is_logged_in(client)
    log_in(client, world["leader"])
    assert not is_logged_in(client)


@pytest.mark.article("20")
def test_a_one_time_password_opens_only_the_page_to_change_it(world, client):
    newcomer, password = open_account("new", "新人", by=world["manager"])
    appoint(newcomer, world["town"], "author")
    log_in(client, newcomer, password)
    change = reverse("organisation_change_password")
    for name in ("wagtailadmin_home", "wagtailadmin_account", "wagtailadmin_explore_root"):
        assert client.get(reverse(name)).url == change
    # Wagtail writes into the page what these answer: a redirect would show the whole page twice.
    for name in ("wagtailadmin_sprite", "wagtailadmin_javascript_catalog"):
        assert client.get(reverse(name)).status_code == 200
    form = {"old_password": password, "new_password1": password, "new_password2": password}
    assert "form" in client.post(change, form).context, "the same again is refused"
    form |= {"new_password1": "short", "new_password2": "short"}
    assert "form" in client.post(change, form).context
    form |= {"new_password1": "Ziji-Xuan-De-9", "new_password2": "Ziji-Xuan-De-9"}
    assert client.post(change, form).url == reverse("wagtailadmin_home")
    assert client.get(reverse("wagtailadmin_account")).status_code == 200, "still logged in"
    newcomer.refresh_from_db()
    assert not newcomer.must_change_password and newcomer.check_password("Ziji-Xuan-De-9")


@pytest.mark.article("20")
def test_the_reset_page_says_whom_to_call(world, client):
    Unit.objects.filter(pk=world["egov"].pk).update(phone="0851-00000000")
    login = text(client.get(reverse("wagtailadmin_login")))
    url = reverse("organisation_password_help")
    assert url in login and 'name="remember"' not in login
    for path in (url, "/admin/password_reset/"):
        page = text(client.get(path))
        assert "若密码忘记，应及时与区电子政务办公室联系" in page and "0851-00000000" in page
        assert "<form" not in page and "email" not in page
    assert client.post("/admin/password_reset/", {"email": "a@b.cn"}).status_code == 405


@pytest.mark.article("20")
def test_nobody_renames_himself_in_his_settings(world, as_person):
    client = as_person(world["leader"])
    page = text(client.get(reverse("wagtailadmin_account")))
    assert "name_email" not in page and "password-old_password" in page
    client.post(reverse("wagtailadmin_account"), {"name_email-first_name": "x", "name_email-last_name": "y"})
    world["leader"].refresh_from_db()
    assert world["leader"].first_name == ""


@pytest.mark.article("20")
def test_checks_notice_unsafe_settings(settings):
    def found():
        return {error.id for error in run_checks() if error.id.startswith("organisation.")}

    assert found() == set()
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    settings.MIDDLEWARE = ["django.contrib.auth.middleware.AuthenticationMiddleware"]
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True
    assert found() == {"organisation.E001", "organisation.E002", "organisation.E003"}


def test_the_posts_are_there_and_only_those():
    assert set(Post.objects.filter(signing=False).values_list("pk", flat=True)) == {
        "author",
        "archivist",
        "registrar",
        "archives_officer",
        "security_officer",
    }
    assert Post.objects.count() == 15
