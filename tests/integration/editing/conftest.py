"""A town as `sync_portal` leaves it, for tests of walls and of the editor."""

import copy

import pytest

from organisation import sync
from organisation.groups import refresh_groups
from tests import committed, factories


def furnish(town):
    committed.as_role("portal_owner")
    list(sync.run_all())
    committed.as_role("portal_app")
    for user in town.people.values():
        refresh_groups(user)
    town.column = factories.column(town)
    town.mine = factories.item(town, "water", town.column, title="水务局的稿子")
    town.theirs = factories.item(town, "jiuzhou", town.column, title="旧州镇的稿子")
    return town


@pytest.fixture(scope="session")
def furnished(founded, django_db_blocker, tmp_path_factory):
    """The town, committed as `sync_portal` leaves it, with a draft in each of its two ordinary units."""
    folder = tmp_path_factory.mktemp("furnished")
    with committed.world("furnished", furnish, folder, django_db_blocker, on=founded) as made:
        yield made


@pytest.fixture
def made(furnished):
    return copy.deepcopy(furnished.made)


@pytest.fixture
def enter(client):
    def entered(user):
        client.force_login(user)
        return client

    return entered


@pytest.fixture
def author(made, enter):
    return enter(made.who("water", "author"))
