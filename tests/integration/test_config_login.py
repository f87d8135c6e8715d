"""Article 20 at the door: nothing without log-in, lockout, idle logout, no reset by e-mail."""

import time

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_resolver, reverse

from config.sessions import LAST_SEEN

PASSWORD = "correct horse battery 7"
OPEN = {"/admin/login/", "/admin/sprite/", "/admin/jsi18n/", "/admin/password_reset/"}

pytestmark = [pytest.mark.django_db, pytest.mark.article("20")]


@pytest.fixture
def person(as_role):
    with as_role("owner"):
        user = get_user_model().objects.create_user(
            username="somebody", password=PASSWORD, name="某人", is_superuser=True
        )
        user.must_change_password = False
        user.save()
    return user


def addresses(resolver=None, prefix="/"):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern, prefix + route)
        elif "<" not in route and "^" not in route and "<" not in prefix and "(" not in prefix:
            yield prefix + route


def test_nothing_is_open_but_the_door(client):
    seen = 0
    for address in addresses():
        seen += 1
        response = client.get(address)
        if address in OPEN:
            assert response.status_code in {200, 302}, address
        else:
            assert response.status_code in {302, 403, 404, 405}, address
            assert response.status_code != 302 or "/login/" in response.url, address
    assert seen > 60


def test_five_wrong_passwords_lock_the_account(client, person):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(reverse("wagtailadmin_login"), {"username": "somebody", "password": "wrong"})
    response = client.post(reverse("wagtailadmin_login"), {"username": "somebody", "password": PASSWORD})
    assert response.status_code == 429
    assert "_auth_user_id" not in client.session


def test_right_password_logs_in(client, person):
    response = client.post(reverse("wagtailadmin_login"), {"username": "somebody", "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_idle_session_ends(client, person):
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[1])
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    session = client.session
    session[LAST_SEEN] = int(time.time()) - settings.SESSION_IDLE_MINUTES * 60 - 1
    session.save()
    response = client.get(reverse("wagtailadmin_home"))
    assert response.status_code == 302
    assert "/login/" in response.url


def test_an_open_editor_is_not_a_person(client, person):
    """Wagtail pings for as long as a page is open; that must not keep the session alive."""
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[1])
    client.get(reverse("wagtailadmin_home"))
    session = client.session
    session[LAST_SEEN] = before = int(time.time()) - 10 * 60
    session.save()
    client.post("/admin/editing-sessions/ping/1/1/1/")
    assert client.session[LAST_SEEN] == before
    client.get(reverse("wagtailadmin_home"))
    assert client.session[LAST_SEEN] > before


def test_no_password_reset_by_mail(client, mailoutbox, person):
    client.post("/admin/password_reset/", {"email": "somebody@example.org"})
    assert mailoutbox == []


def test_admin_pages_forbid_foreign_and_inline_scripts():
    policy = Client().get(reverse("wagtailadmin_login"))["Content-Security-Policy"]
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src "))
    assert scripts.split() == ["script-src", "'self'"]
