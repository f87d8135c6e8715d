"""A database in which the whole town is committed once; each test works in a transaction that is rolled back."""

import pytest

from tests import committed
from tests.regulation import world


def pytest_itemcollected(item):
    """One town for all of them; the largest group goes first, and the demo's template is built beside it."""
    item.add_marker(pytest.mark.xdist_group("regulation"))


@pytest.fixture(scope="session")
def settled(django_db_setup, django_db_blocker, tmp_path_factory):
    """The committed town, made once for each worker."""
    with committed.world("town", world.build, tmp_path_factory.mktemp("town"), django_db_blocker) as made:
        yield made


@pytest.fixture
def rolled_back(settled, settings, tmp_path, django_db_blocker):
    """The town as a test may change it."""
    with committed.turn(settled, settings, tmp_path, django_db_blocker) as made:
        yield made
