"""Fixtures that every test may use; how databases come about is in tests/databases.py.

A test that reads or writes the database runs in a transaction that is rolled back, as the
application role, so that a test cannot do what the portal could not. `as_role` switches;
`committing_db` gives a test that commits (threads, processes, on_commit, live servers) a
database of its own.
"""

import copy
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

STARTS = ("furnished", "opened", "founded")  # worlds that fixtures build on, the richest first
ROLES = {"owner": "portal_owner", "app": "portal_app", "public": "portal_public"}

hypothesis_settings.register_profile(
    "ci",
    max_examples=58,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.register_profile(
    "long", hypothesis_settings.get_profile("ci"), max_examples=1000, stateful_step_count=100
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config):
    gc.set_threshold(100_000, 20, 50)  # half a gigabyte of modules and word lists need no search every second
    config.addinivalue_line("markers", "article(number): the article of the regulation that the test proves")


def pytest_make_parametrize_id(val, argname):
    """The bytes of an archive name the minute in which it was made, and all workers must use the same names."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items):
    """TransactionTestCase flushes, and TRUNCATE is refused here: such tests take `committing_db`."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            raise pytest.UsageError(f"{item.nodeid}: use the fixture committing_db, not transaction=True")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """pytest-django's own hook: here a clone of the migrated template, one for each worker."""
    from tests import databases

    with django_db_blocker.unblock():
        worker = databases.clone("worker")
        databases.point_to(worker.name)
    yield worker
    with django_db_blocker.unblock():
        connection.close()
        databases.drop(worker)


@pytest.fixture(autouse=True)
def _empty_cache():
    """Wagtail caches renditions (images/models.py), also those whose rows a test rolled back."""
    cache.clear()


@pytest.fixture(autouse=True)
def _as_application(request):
    """Tests in a transaction run as the application role."""
    if not uses_database(request):
        return
    request.getfixturevalue("_django_db_helper")
    switch_role("app")


@pytest.fixture
def _start(request, django_db_setup, _own_stores, tmp_path):
    """The test's database and files: the richest committed world that its fixtures build on, else the bare portal."""
    from tests import committed, databases

    wanted = next((name for name in STARTS if name in request.fixturenames), None)
    world = request.getfixturevalue(wanted) if wanted else None
    databases.point_to((world.database if world else django_db_setup).name)
    if world:
        committed.copy_stores(world, tmp_path)


@pytest.fixture
def _django_db_helper(_start, _django_db_helper):
    """pytest-django's own, which opens the test's transaction: in the database where the test starts."""


@pytest.fixture(scope="session")
def founded(django_db_setup, django_db_blocker, tmp_path_factory):
    """`factories.town`, committed once by each worker."""
    from tests import committed, factories

    with committed.world(
        "founded", factories.town, tmp_path_factory.mktemp("founded"), django_db_blocker
    ) as made:
        yield made


@pytest.fixture(scope="session")
def opened(founded, django_db_blocker, tmp_path_factory):
    """The town with a column that the public sees."""
    from tests import committed, factories

    folder = tmp_path_factory.mktemp("opened")
    with committed.world("opened", factories.column, folder, django_db_blocker, on=founded) as made:
        yield made


@pytest.fixture
def town(founded):
    """The small town of `tests.factories`; what a test does to it is rolled back."""
    return copy.deepcopy(founded.made)


@pytest.fixture
def column(opened):
    """A public column in which every unit of the town may publish."""
    from home.models import ColumnPage

    return ColumnPage.objects.get(pk=opened.made.pk)


def uses_database(request) -> bool:
    if "committing_db" in request.fixturenames:
        return False
    return bool(request.node.get_closest_marker("django_db")) or "db" in request.fixturenames


def switch_role(role: str) -> None:
    local = "LOCAL " if connection.in_atomic_block else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SET {local}ROLE {ROLES.get(role, role)}")


@pytest.fixture
def as_role():
    """`with as_role("public"): …`; roles: owner, app, public."""

    @contextmanager
    def switched(role: str) -> Iterator:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            before = cursor.fetchone()[0]
        switch_role(role)
        try:
            yield connection
        finally:
            if connection.is_usable() and not connection.needs_rollback:
                switch_role(before)

    return switched


@pytest.fixture
def committing_db(django_db_setup, django_db_blocker):
    """A database of the test's own, in which it commits; dropped afterwards. Yields `databases.Clone`."""
    from tests import databases

    with django_db_blocker.unblock():
        own = databases.clone("commit")
        databases.point_to(own.name)
        options = connection.settings_dict["OPTIONS"]
        before = options["options"]
        options["options"] = f"{before} -c role=portal_app"
        try:
            yield own
        finally:
            options["options"] = before
            databases.point_to(django_db_setup.name)
            databases.drop(own)


@pytest.fixture(autouse=True)
def _own_stores(settings, tmp_path):
    """No test sees another's files."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.PUBLIC_STORE_ROOT = tmp_path / "public"
    settings.MEDIA_ROOT = tmp_path / "private" / "media"
