"""The public portal that several files read from: made once, rolled back after each test."""

import pytest

from home import faces
from tests import committed, portal_world


@pytest.fixture(scope="session")
def portal(django_db_setup, django_db_blocker, tmp_path_factory):
    """The committed portal; files that need more build their own on it."""
    folder = tmp_path_factory.mktemp("portal")
    with committed.world("portal", portal_world.made, folder, django_db_blocker) as made:
        yield made


@pytest.fixture
def world(portal, settings, tmp_path, django_db_blocker):
    """The portal as a test may change it."""
    with committed.turn(portal, settings, tmp_path, django_db_blocker) as made:
        yield made


@pytest.fixture
def as_person(client):
    """Logs somebody in without a password."""

    def logged_in(who):
        client.logout()
        client.force_login(who)
        return client

    return logged_in


@pytest.fixture
def public_addresses(settings):
    """The addresses of the public process."""
    settings.ROOT_URLCONF = "config.urls_public"
    faces.install()
