"""Rows of the statutory table: what PostgreSQL itself refuses, whoever asks (Article 13)."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from organisation.authority import find_authority
from regulation.refusals import Refusal
from secrecy import services
from secrecy.models import SecrecyRow
from tests import factories
from tests.refusing import refused_by_database
from tests.secrecy_world import row_of

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]


@pytest.fixture
def case(town, column):
    page = factories.item(town, "water", column)
    return factories.submit(page, town.who("water", "author"))


NOT_GRANTED = {"error": ProgrammingError, "says": "permission denied"}
COLUMNS = (
    "name",
    "department",
    "source",
    "form",
    "author_id",
    "unit_id",
    "content_digest",
    "day",
    "created_at",
)


def test_what_the_author_filled_in_never_changes(case):
    values = {
        "author_id": 1,
        "unit_id": 1,
        "day": "2020-01-01",
        "created_at": datetime(2020, 1, 1, tzinfo=UTC),
    }
    for changed in COLUMNS:
        value = values.get(changed, "on_request" if changed == "form" else "别的")
        refused_by_database(
            f"UPDATE secrecy_secrecyrow SET {changed} = %s WHERE submission_id = %s", value, case.pk
        )


def test_nothing_is_deleted(case):
    refused_by_database("DELETE FROM secrecy_secrecyrow WHERE submission_id = %s", case.pk, **NOT_GRANTED)
    refused_by_database("TRUNCATE secrecy_secrecyrow CASCADE", **NOT_GRANTED)


def test_even_the_owner_is_refused(case, as_role):
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        refused_by_database("DELETE FROM secrecy_secrecyrow WHERE submission_id = %s", case.pk)
        refused_by_database("TRUNCATE secrecy_secrecyrow CASCADE")


def test_only_a_holder_of_the_units_post_gives_the_opinion(town, case):
    others = [town.who("water", post) for post in ("author", "reviewer", "supervising_leader", "dedicated")]
    for who in (*others, town.who("jiuzhou", "secrecy_reviewer")):
        refused_by_database(
            "UPDATE secrecy_secrecyrow SET reviewer_opinion = 'agree', reviewer_id = %s WHERE submission_id = %s",
            who.pk,
            case.pk,
        )


def test_the_leader_never_comes_first_and_an_opinion_is_given_once(town, case):
    leader = town.who("water", "supervising_leader").pk
    decide = "UPDATE secrecy_secrecyrow SET leader_opinion = %s, leader_id = %s WHERE submission_id = %s"
    refused_by_database(decide, "agree", leader, case.pk)
    factories.advance_to(town, case, "seal")
    refused_by_database(decide, "disagree", leader, case.pk)
    refused_by_database(
        "UPDATE secrecy_secrecyrow SET reviewer_opinion = '' WHERE submission_id = %s", case.pk
    )
    refused_by_database("UPDATE secrecy_secrecyrow SET form = 'on_request' WHERE submission_id = %s", case.pk)


def test_times_are_the_servers(town, case):
    who = town.who("water", "secrecy_reviewer")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE secrecy_secrecyrow SET reviewer_opinion = 'agree', reviewer_id = %s, reviewed_at = '2017-10-25'"
            " WHERE submission_id = %s",
            [who.pk, case.pk],
        )
    assert row_of(case).reviewed_at.year > 2020


def test_a_voided_row_stays_void(town, case):
    services.void_row(case.pk, "更正")
    refused_by_database("UPDATE secrecy_secrecyrow SET voided_at = NULL WHERE submission_id = %s", case.pk)
    authority = find_authority(town.who("water", "secrecy_reviewer"), case.unit_id, ["secrecy_reviewer"])
    with pytest.raises(Refusal):
        services.review_row(case.pk, town.who("water", "secrecy_reviewer"), "agree", authority=authority)


def test_a_row_belongs_to_its_submission(town, case):
    copy = "INSERT INTO secrecy_secrecyrow ({names}) SELECT {values} FROM secrecy_secrecyrow WHERE submission_id = %s"
    names = [f.column for f in SecrecyRow._meta.concrete_fields if f.column != "id"]
    values = ["gen_random_uuid()" if name == "submission_id" else name for name in names]
    refused_by_database(copy.format(names=", ".join(names), values=", ".join(values)), case.pk)


def test_the_public_role_reads_nothing_of_it(case, as_role):
    tables = (
        "secrecyrow",
        "secrecysheet",
        "sheetrow",
        "sealevidence",
        "quarantine",
        "referral",
        "secrecyconclusion",
    )
    with as_role("public"):
        for table in tables:
            refused_by_database(f"SELECT * FROM secrecy_{table}", **NOT_GRANTED)
