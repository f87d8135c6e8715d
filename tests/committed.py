"""Worlds that take seconds to make: committed once in a database of their own, each test rolled back on top of it."""

import copy
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from django.db import connection, transaction
from django.test import override_settings

from tests import databases


@dataclass(eq=False)
class Committed:
    """What `build` returned, the database it was committed in and the files that belong to it."""

    database: databases.Clone
    stores: Path
    made: object


def as_role(role, local=False):
    with connection.cursor() as cursor:
        cursor.execute(f"SET {'LOCAL ' if local else ''}ROLE {role}")


def stores_in(folder: Path) -> dict:
    return {
        "PRIVATE_ROOT": folder / "private",
        "PUBLIC_STORE_ROOT": folder / "public",
        "MEDIA_ROOT": folder / "private" / "media",
    }


def copy_stores(committed: Committed, folder: Path) -> None:
    copytree(committed.stores, folder, dirs_exist_ok=True)


@contextmanager
def world(name, build, stores: Path, blocker, on: Committed | None = None):
    """Builds as the application role and commits; `on` another world, whose rows and files it starts from."""
    before = databases.current()
    with blocker.unblock():
        connection.close()  # perhaps to the world this one starts from, which is copied only when nobody is in it
        database = databases.clone(name, of=on and on.database.name)
        if on:
            copytree(on.stores, stores, dirs_exist_ok=True)
        databases.point_to(database.name)
        try:
            with override_settings(**stores_in(stores)):
                as_role("portal_app")
                made = Committed(database, stores, build(*([copy.deepcopy(on.made)] if on else [])))
        finally:
            connection.close()
            databases.point_to(before)
    yield made
    with blocker.unblock():
        databases.drop(database)


@contextmanager
def turn(committed: Committed, settings, folder: Path, blocker):
    """As the application role, in a transaction that is rolled back, with copies of the files and of what was made."""
    before = databases.current()
    copy_stores(committed, folder)
    for name, path in stores_in(folder).items():
        setattr(settings, name, path)
    with blocker.unblock():
        databases.point_to(committed.database.name)
        around = transaction.atomic()
        around._from_testcase = True
        around.__enter__()
        try:
            as_role("portal_app", local=True)
            yield copy.deepcopy(committed.made)
        finally:
            connection.set_rollback(True)
            around.__exit__(None, None, None)
            connection.close()
            databases.point_to(before)
