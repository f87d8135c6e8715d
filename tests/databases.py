"""Databases for tests: one migrated template, cloned for each worker and for each test that commits.

The template is keyed by what it is made of, so that it is migrated once and used again;
nothing is ever flushed: a clone takes less time and TRUNCATE is refused by the very rules under test.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from config import postgres

PROJECT = Path(settings.BASE_DIR)
MADE_OF = [
    "*/migrations/*.py",
    "*/apps.py",
    "*/sync.py",
    "*/posts.py",
    "*/routes.py",
    "config/grants.py",
    "uv.lock",
]
TEMPLATE, BUILDING, CLONE = "portal_template_", "portal_building_", "portal_test_"
LOCK = 20171026


@dataclass(frozen=True)
class Clone:
    """A database of its own, for tests that commit and for the processes they start."""

    name: str
    host: str

    def url(self, role: str = "app") -> str:
        return postgres.url(self.host, f"portal_{role}", self.name)

    def environ(self, role: str = "app") -> dict[str, str]:
        """Environment of a process that works on this database and these stores."""
        return {
            **os.environ,
            "DATABASE_URL": self.url("app"),
            "DATABASE_OWNER_URL": self.url("owner"),
            "DATABASE_PUBLIC_URL": self.url("public"),
            "PORTAL_DATABASE_ROLE": role,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PRIVATE_ROOT": str(settings.PRIVATE_ROOT),
            "PUBLIC_STORE_ROOT": str(settings.PUBLIC_STORE_ROOT),
        }


def fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in MADE_OF:
        for path in sorted(PROJECT.glob(pattern)):
            digest.update(str(path.relative_to(PROJECT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def maintenance(lock: int = LOCK) -> Iterator:
    """A cursor of the owner outside any transaction, one worker at a time (of those who take the same lock)."""
    database = settings.DATABASES["default"]
    connection = psycopg2.connect(host=database["HOST"], user=database["USER"], dbname=postgres.DATABASE)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [lock])
            yield cursor
    finally:
        connection.close()


def point_to(name: str) -> None:
    """Every connection made from now on, in any thread, goes to this database."""
    connections["default"].close()
    connections.settings["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def current() -> str:
    return connections["default"].settings_dict["NAME"]


def template(cursor) -> str:
    """The migrated template; built when what it is made of has changed."""
    key = fingerprint()
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'portal\\_%'")
    names = {row[0] for row in cursor.fetchall()}
    if TEMPLATE + key in names:
        return TEMPLATE + key
    for old in names:
        if old.startswith((TEMPLATE, BUILDING)):
            cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{BUILDING}{key}"')
    point_to(BUILDING + key)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("sync_portal", verbosity=0)
    connections["default"].close()
    cursor.execute(f'ALTER DATABASE "{BUILDING}{key}" RENAME TO "{TEMPLATE}{key}"')
    return TEMPLATE + key


def clone(suffix: str, of: str | None = None) -> Clone:
    """A copy of the template (or of another database that nobody is connected to)."""
    name = f"{CLONE}{os.getpid()}_{suffix}"
    with maintenance() as cursor:
        drop_leftovers(cursor)
        source = of or template(cursor)
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        cursor.execute(f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC')
    return Clone(name, settings.DATABASES["default"]["HOST"])


def drop(database: Clone) -> None:
    """An autovacuum worker may not be ended by the owner: what it holds, `drop_leftovers` drops later."""
    with maintenance() as cursor, suppress(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(f'DROP DATABASE IF EXISTS "{database.name}" WITH (FORCE)')


def drop_leftovers(cursor) -> None:
    """Clones whose process was killed before it could drop them; one that autovacuum still works on is left for later."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'portal\\_test\\_%'")
    for (name,) in cursor.fetchall():
        pid = name.removeprefix(CLONE).split("_")[0]
        if not psutil.pid_exists(int(pid)):
            with suppress(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
