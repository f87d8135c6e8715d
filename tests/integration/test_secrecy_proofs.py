"""`manage.py verify` names rows, sheets and seals that were altered behind the triggers' back (Article 13)."""

import pytest
from django.db import connection

from ledger.models import RegisterEntry
from publication.verification import offenders
from secrecy.models import SecrecyRow
from secrecy.proofs import STATEMENTS
from secrecy.services import offweb, sheet_of
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]


@pytest.fixture
def published(town, column):
    page = factories.item(town, "water", column)
    return factories.publish(town, factories.submit(page, town.who("water", "author")))


@pytest.fixture
def behind_their_back(as_role):
    """SQL by the owner with triggers off; they stay off in this transaction."""

    def run(table, *statements):
        with as_role("owner"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for sql, values in statements:
                cursor.execute(sql, values)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return run


def complaints():
    return [line for line in offenders() if line.split(": ")[-1] in STATEMENTS]


def test_what_went_the_lawful_way_has_no_offender(published):
    assert complaints() == []


def test_an_altered_row_is_named(published, behind_their_back):
    row = SecrecyRow.objects.get(submission_id=published.pk)
    behind_their_back(
        "secrecy_secrecyrow", ("UPDATE secrecy_secrecyrow SET department = '别处' WHERE id = %s", [row.pk])
    )
    assert f"row {row.pk}: changed after it was decided" in complaints()


@pytest.fixture
def by_loudspeaker(town):
    """Decided without being an item of the portal (note 2)."""
    given = {"department": "", "name": "水质季度公告", "source": "own", "form": "other", "other_form": "广播"}
    row = offweb.fill(town.units["water"], town.who("water", "author"), **given)
    offweb.review(row, town.who("water", "secrecy_reviewer"), agree=True)
    return offweb.decide(row, town.who("water", "supervising_leader"), agree=True)


def test_a_row_of_what_goes_another_way_agrees_with_its_line_of_the_register(
    by_loudspeaker, behind_their_back
):
    assert list(offenders()) == []
    row, complaint = by_loudspeaker.pk, "published another way than the register says"
    behind_their_back(
        "secrecy_secrecyrow",
        ("UPDATE secrecy_secrecyrow SET digest = repeat('0', 64) WHERE id = %s", [row]),
    )
    number = RegisterEntry.objects.get(facts__secrecy_row=row).number
    assert f"register {number}: {complaint}" in complaints()
    behind_their_back(
        "ledger_registerentry", ("DELETE FROM ledger_registerentry WHERE number = %s", [number])
    )
    assert f"row {row}: {complaint}" in complaints()


def test_another_reviewer_on_the_form_is_named(published, behind_their_back):
    row = SecrecyRow.objects.get(submission_id=published.pk)
    behind_their_back(
        "secrecy_secrecyrow",
        ("UPDATE secrecy_secrecyrow SET reviewer_id = (SELECT id FROM organisation_user WHERE id NOT IN"
         " (author_id, leader_id, reviewer_id) LIMIT 1) WHERE id = %s", [row.pk]),
    )  # fmt: skip
    assert f"row {row.pk}: other people on the secrecy form than signed" in complaints()


def test_a_removed_seal_is_named(published, behind_their_back):
    sheet = sheet_of(published.pk)
    behind_their_back(
        "secrecy_sealevidence", ("DELETE FROM secrecy_sealevidence WHERE sheet_id = %s", [sheet.pk])
    )
    assert f"submission {published.pk}: published without evidence of the seal" in complaints()


def test_a_switched_off_trigger_is_named(published, as_role):
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE publication_signoff DISABLE TRIGGER secrecy_seal_required")
    assert "trigger secrecy_seal_required: trigger of the secrecy form switched off" in complaints()
