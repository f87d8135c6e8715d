"""Reading the environment, database URLs and grants."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import databases, environment, grants, postgres


def test_url_becomes_a_connection():
    found = databases.from_url("postgresql://portal_app:p%40ss@db.example:5433/portal?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "portal_app",
        "p@ss",
        "db.example",
        "5433",
        "portal",
    )
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert found["ATOMIC_REQUESTS"]


def test_url_of_the_embedded_server_names_its_socket():
    found = databases.from_url(postgres.url("/some folder/pg", "portal_public"))
    assert (found["HOST"], found["USER"], found["NAME"]) == ("/some folder/pg", "portal_public", "portal")


def test_only_postgresql_will_do():
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL only"):
        databases.from_url("sqlite:///portal.db")


def test_unknown_role_is_refused(monkeypatch):
    monkeypatch.setenv("PORTAL_DATABASE_ROLE", "postgres")
    with pytest.raises(ImproperlyConfigured, match="PORTAL_DATABASE_ROLE"):
        databases.for_process("app")


def test_environment_words(monkeypatch):
    monkeypatch.setenv("SOME_LIST", "a.example, ,b.example")
    monkeypatch.setenv("SOME_FLAG", "no")
    monkeypatch.delenv("SOME_SECRET", raising=False)
    assert environment.listed("SOME_LIST") == ["a.example", "b.example"]
    assert environment.flag("SOME_FLAG", True) is False
    with pytest.raises(ImproperlyConfigured, match="SOME_SECRET must be set"):
        environment.required("SOME_SECRET")


def test_grants_take_columns_and_nothing_that_is_not_a_right():
    assert list(grants.granted("t", "select, update (ended_at, end_reason)", "portal_app")) == [
        'GRANT select ON "t" TO portal_app',
        'GRANT update (ended_at, end_reason) ON "t" TO portal_app',
    ]
    for wrong in ("all", "truncate", "select; DROP TABLE t", "references"):
        with pytest.raises(ValueError, match="not a right"):
            list(grants.granted("t", wrong, "portal_app"))
