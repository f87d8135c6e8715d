"""What the application and the public role may do, table by table.

The application role reads and writes everything except what an app protects by
`AppConfig.table_grants = {"table": "select, insert"}`; the public role gets only what
`AppConfig.public_grants` names. Neither owns, truncates, references or creates anything,
nor makes temporary tables (one of the same name once fooled a function without a pinned
search_path, see publish-paths in the design).
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import connections

from config.databases import APP, PUBLIC

GRANT = re.compile(r"^(select|insert|update|delete)(\s*\([a-z_0-9, ]+\))?$")
SPLIT = re.compile(r",\s*(?![^(]*\))")

# Kept by the owner alone: which migrations ran, and the catalogue of models and permissions.
OWN_TABLES = {
    "django_migrations": "select",
    "django_content_type": "select",
    "auth_permission": "select",
}


def apply_after_migration(sender, using, plan=None, **kwargs) -> None:
    """post_migrate receiver: by now every table of this run exists."""
    apply(using)


def apply(using: str = "default") -> None:
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for statement in statements(existing, connection.settings_dict["NAME"]):
            cursor.execute(statement)


def statements(existing: set[str], database: str) -> Iterator[str]:
    """Everything is taken back first, so that a line removed from a table of grants is a right removed."""
    yield f'REVOKE TEMPORARY ON DATABASE "{database}" FROM PUBLIC'
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {APP}, {PUBLIC}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP}, {PUBLIC}, PUBLIC"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {PUBLIC}, PUBLIC"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP}"
    for table, rights in protected().items():
        if table in existing:
            yield f'REVOKE ALL ON "{table}" FROM {APP}'
            yield from granted(table, rights, APP)
    for table, rights in declared("public_grants").items():
        if table in existing:
            yield from granted(table, rights, PUBLIC)


def protected() -> dict[str, str]:
    return {**OWN_TABLES, **declared("table_grants")}


def declared(attribute: str) -> dict[str, str]:
    """All apps' tables of grants as one."""
    merged: dict[str, str] = {}
    for app in apps.get_app_configs():
        merged.update(getattr(app, attribute, {}))
    return merged


def granted(table: str, rights: str, role: str) -> Iterator[str]:
    for right in filter(None, (part.strip().lower() for part in SPLIT.split(rights))):
        if not GRANT.match(right):
            raise ValueError(f"{table}: {right!r} is not a right that the portal grants.")
        yield f'GRANT {right} ON "{table}" TO {role}'
