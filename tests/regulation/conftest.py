"""A database in which the whole town is committed once; each test works in a transaction that is rolled back."""

import pytest
from django.db import connection, transaction

from tests import databases
from tests.regulation import world


@pytest.fixture(scope="session")
def settled(django_db_setup, django_db_blocker, tmp_path_factory):
    """The committed town, made once for each worker, with what the public saw then."""
    with django_db_blocker.unblock():
        database = databases.clone("town")
        databases.point_to(database.name)
        try:
            made = world.build(database, tmp_path_factory.mktemp("town"))
        finally:
            connection.close()
            databases.point_to(django_db_setup.name)
    yield made
    with django_db_blocker.unblock():
        databases.drop(database)


@pytest.fixture
def rolled_back(settled, settings, tmp_path, django_db_setup, django_db_blocker):
    """As the application role, in a transaction of this test's own, with its own copy of the files."""
    world.copy_stores(settled, tmp_path)
    people = dict(settled.town.people)
    settings.PRIVATE_ROOT, settings.PUBLIC_STORE_ROOT = tmp_path / "private", tmp_path / "public"
    settings.MEDIA_ROOT = tmp_path / "private" / "media"
    with django_db_blocker.unblock():
        databases.point_to(settled.database.name)
        around = transaction.atomic()
        around._from_testcase = True
        around.__enter__()
        try:
            world.as_role("portal_app", local=True)
            yield settled
        finally:
            connection.set_rollback(True)
            around.__exit__(None, None, None)
            connection.close()
            databases.point_to(django_db_setup.name)
            settled.town.people = people  # without those whom the test employed
