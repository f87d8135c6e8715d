"""The two processes: what the public one must not have, and what production must not start without."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from config import grants

PROJECT = Path(settings.BASE_DIR)
SECRETS = {
    "DJANGO_SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "DATABASE_URL": "postgresql://a@localhost/a",
    "DATABASE_OWNER_URL": "postgresql://a@localhost/a",
    "DATABASE_PUBLIC_URL": "postgresql://a@localhost/a",
}
LIST_URLS = """
import json, sys, django
django.setup()
from django.conf import settings
from django.urls import get_resolver
def names(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        yield from names(pattern, path) if hasattr(pattern, "url_patterns") else [path]
print(json.dumps({"urls": list(names(get_resolver())), "middleware": settings.MIDDLEWARE,
    "apps": settings.INSTALLED_APPS,
    "modules": [name for name in sys.modules if name.split(".")[0] in ("wagtail", "review", "organisation")],
    "csp": settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "user": settings.DATABASES["default"]["USER"]}))
"""
ASK_SERVER = """
import sys, django
django.setup()
from unittest.mock import patch
from search.contract import Clause, Question
from search.engines import engine, postgres
with patch.object(postgres.PostgresEngine, "answer", lambda self, *about, **more: print("PostgresEngine asked;")):
    engine().answer(Question((Clause(("旧州",)),), ("k:policy",)))
print("loaded:", *(name for name in sys.modules if name.split(".")[0] in ("wagtail", "review", "organisation")))
"""


def python(code: str, **environment: str) -> subprocess.CompletedProcess:
    clean = {key: value for key, value in os.environ.items() if key not in SECRETS and "PORTAL" not in key}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def public():
    done = python(LIST_URLS, **SECRETS, DJANGO_SETTINGS_MODULE="config.settings.public")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_public_process_has_no_admin_urls(public):
    banned = ("admin", "documents/", "api", "login", "password", "wagtail")
    assert public["urls"]
    assert not [url for url in public["urls"] if any(word in url for word in banned)]


def test_public_process_loads_no_draft_and_no_person(public):
    assert public["apps"] == [
        "config.apps.PublicConfig",
        "publication",
        "search",
        "csp",
        "django.contrib.staticfiles",
    ]
    assert public["modules"] == []


@pytest.mark.parametrize("kind", ["elasticsearch", "opensearch"])
def test_public_process_speaks_to_a_search_server_without_wagtail(kind):
    address = f"{kind}+http://127.0.0.1:9/portal"
    done = python(ASK_SERVER, **SECRETS, DJANGO_SETTINGS_MODULE="config.settings.public", SEARCH_URL=address)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["PostgresEngine", "asked;", "loaded:"]


def test_public_process_knows_no_session_and_no_user(public):
    assert not [name for name in public["middleware"] if "session" in name.lower() or "auth" in name.lower()]


def test_public_pages_may_not_run_inline_scripts_or_load_from_strangers(public):
    allowed = {source for sources in public["csp"].values() for source in sources}
    assert allowed == {"'self'", "'none'"}


@pytest.mark.parametrize("name", ["admin", "public"])
@pytest.mark.parametrize("missing", ["DJANGO_SECRET_KEY", "database"])
def test_production_does_not_start_without_its_secrets(name, missing):
    if missing == "database":
        missing = {"admin": "DATABASE_URL", "public": "DATABASE_PUBLIC_URL"}[name]
    given = {key: value for key, value in SECRETS.items() if key != missing}
    done = python(f"import config.settings.{name}", **given)
    assert done.returncode != 0
    assert f"{missing} must be set" in done.stderr


def test_embedded_postgresql_is_refused_in_production(tmp_path):
    code = "from pathlib import Path; from config import postgres; postgres.embedded_urls(Path('x'), '%s')"
    done = python(code % "config.settings.admin")
    assert "for development and tests only" in done.stderr


def test_production_settings_pass_djangos_deployment_check():
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('check', deploy=True, tags=['security'], fail_level='WARNING')"
    )
    done = python(
        code, **SECRETS, DJANGO_SETTINGS_MODULE="config.settings.admin", ALLOWED_HOSTS="admin.example"
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_protected_tables_exist():
    """A misspelt name would leave a table open."""
    existing = set(connection.introspection.table_names())
    assert set(grants.protected()) | set(grants.declared("public_grants")) <= existing


@pytest.mark.django_db
def test_application_and_public_role_own_nothing_and_truncate_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner "
            "WHERE r.rolname IN ('portal_app', 'portal_public')"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT c.relname, r FROM pg_class c, unnest(ARRAY['portal_app', 'portal_public']) r "
            "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') "
            "AND has_table_privilege(r, c.oid, 'TRUNCATE, REFERENCES, TRIGGER')"
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_public_role_reads_only_what_apps_declare():
    declared = set(grants.declared("public_grants"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm') "
            "AND has_any_column_privilege('portal_public', oid, 'SELECT, INSERT, UPDATE')"
        )
        assert {row[0] for row in cursor.fetchall()} == declared


@pytest.mark.django_db
def test_tests_run_as_the_application_role(as_role):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "portal_app"
        with as_role("public"):
            cursor.execute("SELECT current_user")
            assert cursor.fetchone()[0] == "portal_public"
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "portal_app"


@pytest.mark.django_db
def test_functions_with_the_owners_rights_pin_their_search_path():
    """An unpinned one was bypassed with a temporary table of the same name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef "
            "AND NOT EXISTS (SELECT 1 FROM unnest(proconfig) s WHERE s LIKE 'search_path=%pg_temp')"
        )
        assert cursor.fetchall() == []


def test_every_app_of_ours_is_installed():
    ours = {
        "regulation",
        "organisation",
        "search",
        "ledger",
        "publication",
        "review",
        "secrecy",
        "home",
        "intake",
        "mailbox",
        "notices",
        "personnel",
        "units",
        "letters",
        "conversion",
    }
    assert ours <= {app.label for app in apps.get_app_configs()}


def test_no_part_of_wagtail_that_passes_review_by():
    banned = (
        "wagtail.api",
        "wagtail.contrib.redirects",
        "wagtail.contrib.forms",
        "wagtail.contrib.search_promotions",
    )
    assert not [app.name for app in apps.get_app_configs() if app.name.startswith(banned)]
