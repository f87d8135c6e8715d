"""What cannot be altered, deleted or read: by the application, by the public, by the owner while triggers stand."""

import pytest
from django.db import IntegrityError, connection

from publication import gate
from publication.models import Publication
from tests import publication_world as world
from tests.publication_world import DENIED, attempt

pytestmark = [pytest.mark.django_db, pytest.mark.article("14")]


# --- nothing is altered, deleted or truncated ---

EVIDENCE = (
    "submission",
    "submissionend",
    "batchitem",
    "routedefinition",
    "frozenstep",
    "signoff",
    "allottedpath",
    "storedfile",
    "release",
    "publication",
    "takedown",
)
PROJECTIONS = ("listing", "columncounter", "publicationasset", "tombstone")
COLUMNS = {
    "columncounter": "total = 0",
    "storedfile": "size = 0",
    "takedown": "remark = ''",
    "release": "due_at = now()",
}


def change_of(table):
    first = {"publication": "path = '/x'", "listing": "title = ''", "publicationasset": "name = ''"}
    return COLUMNS.get(table) or first.get(table) or "id = id"


def answers(statement, tables):
    return {attempt(statement(f"publication_{table}", table)) for table in tables}


def test_the_application_deletes_nothing(town):
    world.public(town)
    tables = [*EVIDENCE, *PROJECTIONS, "outboxmessage"]
    assert answers(lambda name, _table: f"DELETE FROM {name}", tables) == {DENIED}
    assert answers(lambda name, _table: f"TRUNCATE {name}", tables) == {DENIED}


def test_the_application_alters_nothing(town):
    gate.take_down(world.public(town), town.who("water", "reviewer"), "under_check")
    tables = [*EVIDENCE, *PROJECTIONS]
    assert answers(lambda name, table: f"UPDATE {name} SET {change_of(table)}", tables) <= {
        DENIED,
        "permanent",
    }


def test_not_even_the_owner_while_the_triggers_stand(town, as_role):
    world.public(town)
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert answers(lambda name, _table: f"DELETE FROM {name}", EVIDENCE) == {"permanent"}
        assert answers(lambda name, _table: f"TRUNCATE {name} CASCADE", EVIDENCE) == {"permanent"}
        assert answers(lambda name, _table: f"UPDATE {name} SET id = id", ("publication", "signoff")) == {
            "permanent"
        }


@pytest.mark.article("19")
@pytest.mark.parametrize("role", ["app", "owner"])
def test_the_register_is_neither_altered_nor_deleted(town, as_role, role):
    world.public(town)
    with as_role(role):
        assert attempt("UPDATE ledger_registerentry SET facts = '{}'") in (DENIED, "ledger_permanent")
        assert attempt("DELETE FROM ledger_registerentry") in (DENIED, "ledger_permanent")
        assert attempt("TRUNCATE ledger_registerentry") in (DENIED, "ledger_permanent")


def test_the_application_writes_no_list():
    assert answers(lambda name, _table: f"INSERT INTO {name} DEFAULT VALUES", PROJECTIONS) == {DENIED}


@pytest.mark.parametrize("call", ["publication_list(1)", "publication_unlist(1)"])
def test_the_helpers_of_the_lists_are_the_owners(call):
    assert attempt(f"SELECT {call}") == DENIED


def test_a_closed_publication_stays_closed(town):
    publication = world.public(town)
    gate.close(publication, "withdrawn")
    assert attempt("UPDATE publication_publication SET ended_at = NULL, end_reason = ''") == "permanent"
    assert (
        attempt("UPDATE publication_publication SET ended_at = now(), end_reason = 'expired'") == "permanent"
    )


@pytest.mark.parametrize(
    ("reason", "code"), [("superseded", "unsigned"), ("taken_down", "take_down"), ("expired", "not_due")]
)
def test_a_publication_closes_for_no_reason_that_is_not_there(town, reason, code):
    world.public(town)
    assert attempt("UPDATE publication_publication SET ended_at = now(), end_reason = %s", [reason]) == code


def test_a_temporary_table_fools_no_function(town):
    assert attempt("CREATE TEMP TABLE publication_signoff (id int)") == DENIED


# --- the public role ---


HIDDEN = (
    "wagtailcore_page",
    "wagtailcore_revision",
    "organisation_user",
    "organisation_appointment",
    "secrecy_secrecysheet",
    "secrecy_secrecyrow",
    "ledger_registerentry",
    "publication_submission",
    "publication_signoff",
    "publication_release",
    "publication_takedown",
    "publication_storedfile",
    "publication_outboxmessage",
    "publication_allottedpath",
    "review_case",
    "django_session",
    "home_informationpage",
)


def test_the_public_reads_nothing_but_what_is_public(as_role):
    with as_role("public"):
        assert {table: attempt(f"SELECT 1 FROM {table} LIMIT 1") for table in HIDDEN} == dict.fromkeys(
            HIDDEN, DENIED
        )


def test_the_public_sees_open_publications_only(town, as_role):
    closed, opened = world.public(town), world.public(town)
    gate.close(closed, "withdrawn")
    with as_role("public"):
        assert list(Publication.objects.values_list("pk", flat=True)) == [opened.pk]


def test_the_public_writes_nothing(as_role):
    with as_role("public"):
        for verb in ("DELETE FROM", "TRUNCATE", "INSERT INTO"):
            values = " DEFAULT VALUES" if verb == "INSERT INTO" else ""
            tables = ("publication", *PROJECTIONS)
            assert answers(lambda name, _table: f"{verb} {name}{values}", tables) == {DENIED}  # noqa: B023


def test_integrity_errors_of_others_stay_what_they_are(town):
    from publication.refused import as_refusal

    with pytest.raises(IntegrityError), as_refusal(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO organisation_unitname (unit_id, name, short_name, valid_from) VALUES (0,'','',now())"
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
