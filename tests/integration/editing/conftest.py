"""A town as `sync_portal` leaves it, for tests of walls and of the editor."""

import pytest

from organisation import sync
from organisation.groups import refresh_groups
from tests import factories


@pytest.fixture
def made(as_role):
    made = factories.town()
    made.column = factories.column(made)
    with as_role("owner"):
        list(sync.run_all())
    for user in made.people.values():
        refresh_groups(user)
    made.mine = factories.item(made, "water", made.column, title="水务局的稿子")
    made.theirs = factories.item(made, "jiuzhou", made.column, title="旧州镇的稿子")
    return made


@pytest.fixture
def enter(client):
    def entered(user):
        client.force_login(user)
        return client

    return entered


@pytest.fixture
def author(made, enter):
    return enter(made.who("water", "author"))
