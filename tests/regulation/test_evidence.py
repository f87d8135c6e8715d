"""The records behind what is public, column by column: nobody who works for the portal alters one, and what their
owner alters with the triggers off, `verify` names (Articles 14, 19, 21).
"""

import pytest
from django.db import Error, connection, transaction

from publication import verification
from publication.models import Publication
from tests.publication_world import DENIED, behind_the_back, refusal_code

# Table → which of its rows stand behind the one public item.
BEHIND = {
    "publication_publication": "id = {publication}",
    "publication_submission": "id = '{submission}'",
    "publication_frozenstep": "submission_id = '{submission}' AND position = 2",
    "publication_signoff": "submission_id = '{submission}' AND position = 2",
    "publication_publicationasset": "publication_id = {publication}",
    "publication_listing": "publication_id = {publication}",
    "ledger_registerentry": "publication_id = {publication}",
    "secrecy_secrecyrow": "submission_id = '{submission}'",
    "secrecy_secrecysheet": "id = (SELECT max(id) FROM secrecy_secrecysheet)",
    "secrecy_sheetrow": "sheet_id = (SELECT max(id) FROM secrecy_secrecysheet)",
    "secrecy_sealevidence": "sheet_id = (SELECT max(id) FROM secrecy_secrecysheet)",
}

# Type → another value of the same shape.
OTHER = {
    "text": "'别的'",
    "character varying": "left({0}, 3) || 'x'",
    "integer": "{0} + 1000",
    "bigint": "{0} + 1000",
    "smallint": "{0} + 100",
    "boolean": "NOT {0}",
    "timestamp with time zone": "{0} - interval '1 day'",
    "date": "{0} - 1",
    "uuid": "gen_random_uuid()",
    "jsonb": """'{{"x": 1}}'""",
    "bytea": "convert_to(replace(convert_from({0}, 'UTF8'), '储水', '放水'), 'UTF8')",
    "ARRAY": "'{{author}}'",
}
COLUMNS = """SELECT column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' AND is_identity = 'NO'
    ORDER BY ordinal_position"""


@pytest.fixture
def public(rolled_back):
    """The keys of the one public item."""
    found = Publication.objects.open().get(kind="information")
    return {"publication": found.pk, "submission": found.submission_id}


def changes(table, public):
    """(column, statement that gives another value to it in the row behind the public item)."""
    where = BEHIND[table].format(**public)
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        columns = cursor.fetchall()
        for column, kind in columns:
            cursor.execute(f'SELECT 1 FROM {table} WHERE {where} AND "{column}" IS NOT NULL')
            if cursor.fetchone():
                other = OTHER[kind].format(f'"{column}"')
                yield column, f'UPDATE {table} SET "{column}" = {other} WHERE {where}'


# A quarantine marks the row; a reason for voiding says nothing until the row is void; the trigger computes the digest.
LIVELY = {"secrecy_secrecyrow": {"sealed_away", "void_reason", "digest"}}


@pytest.mark.article("19")
@pytest.mark.parametrize("table", BEHIND)
def test_the_application_alters_no_column_and_removes_no_row(public, table):
    answers = {column: refusal_code(statement) for column, statement in changes(table, public)}
    assert len(answers) > 2
    assert {column for column, code in answers.items() if code is None} <= LIVELY.get(table, set())
    assert refusal_code(f"DELETE FROM {table}") == refusal_code(f"TRUNCATE {table} CASCADE") == DENIED


@pytest.mark.article("14(6)")
@pytest.mark.parametrize("table", ["review_escalation", "review_disowning"])
def test_a_change_of_route_and_a_disowned_signature_stay_as_said(rolled_back, table):
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET remark = ''", f"TRUNCATE {table} CASCADE"):
        assert refusal_code(statement) == DENIED, statement


# What says nothing about what was signed, and is nowhere written down a second time.
UNTOLD = {
    "publication_publication": {"end_note"},
}


@pytest.mark.article("21")
@pytest.mark.parametrize("table", BEHIND)
def test_what_the_owner_alters_is_named(public, as_role, table):
    with behind_the_back(as_role, table) as cursor:
        unseen = [column for column, statement in changes(table, public) if not named(cursor, statement)]
        gone = named(cursor, f"DELETE FROM {table} WHERE {BEHIND[table].format(**public)}")
    assert set(unseen) <= UNTOLD.get(table, set())
    assert gone


def named(cursor, statement) -> bool:
    """Whether `verify` has a line about it, or PostgreSQL a foreign key against it."""
    try:
        with transaction.atomic():
            cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            found = next(iter(verification.offenders()), None)
            transaction.set_rollback(True)
            return found is not None
    except Error as error:
        return error.__cause__.diag.sqlstate[:2] == "23"
