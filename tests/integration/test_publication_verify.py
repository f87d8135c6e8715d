"""`verify` names what was changed behind the portal's back: by the owner with the triggers off, or in the store."""

import pytest
from django.db import connection

from ledger.models import RegisterEntry
from publication import gate, outbox, submissions
from publication.models import SignOff
from tests import publication_world as world
from tests.verifying import names, verify, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.article("21")]

TABLES = (
    "publication_publication",
    "publication_submission",
    "publication_submissionend",
    "publication_signoff",
    "publication_frozenstep",
    "publication_takedown",
    "ledger_registerentry",
    "secrecy_secrecyrow",
)


@pytest.fixture
def publication(town):
    return with_a_file(town)


def tampered(as_role, statement, parameters=()):
    with world.behind_the_back(as_role, *TABLES) as cursor:
        cursor.execute(statement, parameters)
        assert cursor.rowcount > 0
    return verify()


def test_a_lawful_portal_has_no_offenders(town, publication):
    gate.complete(world.sign_all(town, world.correction(town, publication)))
    other = world.public(town)
    gate.restore(
        gate.take_down(other, town.who("water", "reviewer"), "under_check"),
        town.who("water", "branch_leader"),
    )
    gate.close(world.public(town), "withdrawn")
    outbox.replay()
    assert verify() == []


def test_changed_bytes_are_named(as_role, publication):
    lines = tampered(
        as_role,
        "UPDATE publication_publication SET document = convert_to(replace(convert_from(document, 'UTF8'),"
        " '正文', '假文'), 'UTF8') WHERE id = %s",
        [publication.pk],
    )
    assert names(lines, f"publication {publication.pk}", "bytes differ")


def test_bytes_changed_everywhere_are_named_by_signatures_and_register(as_role, publication):
    change = "document = convert_to(replace(convert_from(document, 'UTF8'), '正文', '假文'), 'UTF8')"
    with world.behind_the_back(as_role, *TABLES) as cursor:
        cursor.execute(
            f"UPDATE publication_submission SET {change} WHERE id = %s", [publication.submission_id]
        )
        cursor.execute(f"UPDATE publication_publication SET {change} WHERE id = %s", [publication.pk])
        cursor.execute(
            "UPDATE publication_signoff o SET digest = s.digest FROM publication_submission s"
            " WHERE s.id = o.submission_id AND s.id = %s",
            [publication.submission_id],
        )
    assert names(verify(), f"publication {publication.pk}", "register, or with another digest")


def test_a_deleted_signature_is_named(as_role, publication):
    lines = tampered(
        as_role,
        "DELETE FROM publication_signoff WHERE submission_id = %s AND position = 4",
        [publication.submission_id],
    )
    assert names(lines, f"submission {publication.submission_id} step 4", "not signed")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ("person_id = person_id + 1000", "not held"),
        ("remark = '同意'", "signed otherwise"),
        ("signed_at = signed_at - interval '1 second'", "signed otherwise"),
        ("digest = repeat('0', 64)", "other bytes"),
        ("medium = 'paper'", "signed otherwise"),
    ],
)
def test_an_altered_signature_is_named(as_role, publication, change, complaint):
    row = SignOff.objects.get(submission_id=publication.submission_id, position=1)
    lines = tampered(as_role, f"UPDATE publication_signoff SET {change} WHERE id = %s", [row.pk])
    assert names(lines, row.pk, complaint) or names(lines, publication.submission_id, complaint)


def test_a_step_left_out_of_the_route_is_named(as_role, publication):
    with world.behind_the_back(as_role, *TABLES) as cursor:
        for table in ("signoff", "frozenstep"):
            cursor.execute(
                f"DELETE FROM publication_{table} WHERE submission_id = %s AND position = 5",
                [publication.submission_id],
            )
    assert names(verify(), f"submission {publication.submission_id}", "not those of its route")


@pytest.mark.article("19")
@pytest.mark.parametrize(
    "change",
    [
        "facts = jsonb_set(facts, '{title}', '\"x\"')",
        "kind = 'corrected'",
        "recorded_at = recorded_at - interval '1 s'",
    ],
)
def test_an_altered_register_line_is_named(as_role, publication, change):
    entry = RegisterEntry.objects.get(publication_id=publication.pk)
    lines = tampered(as_role, f"UPDATE ledger_registerentry SET {change} WHERE id = %s", [entry.pk])
    assert names(lines, f"register {entry.number}", "altered")


@pytest.mark.article("19")
def test_a_removed_register_line_is_named(as_role, publication):
    entry = RegisterEntry.objects.order_by("number").first()
    lines = tampered(as_role, "DELETE FROM ledger_registerentry WHERE id = %s", [entry.pk])
    assert names(lines, f"register {entry.number}", "missing")
    last = RegisterEntry.objects.order_by("-number").first()
    lines = tampered(as_role, "DELETE FROM ledger_registerentry WHERE id = %s", [last.pk])
    assert names(lines, f"publication {last.publication_id}", "not in the register")


@pytest.mark.article("14")
def test_a_forged_publication_is_named(town, as_role, publication):
    submission = world.hand_in(town, world.document(town))
    with world.behind_the_back(as_role, *TABLES) as cursor:
        cursor.execute(
            "INSERT INTO publication_publication (submission_id, object_id, site, path, unit_id, document, end_reason,"
            " end_note, legacy) SELECT id, object_id, site, path, unit_id, document, '', '', false"
            " FROM publication_submission WHERE id = %s RETURNING id",
            [submission.pk],
        )
        forged = cursor.fetchone()[0]
    lines = verify()
    assert names(lines, f"publication {forged}", "not in the register")
    assert names(lines, f"submission {submission.pk}", "not signed")


def test_a_removed_publication_is_named(town, as_role):
    publication = world.public(town)
    with world.behind_the_back(as_role, *TABLES) as cursor:
        cursor.execute("DELETE FROM publication_publication WHERE id = %s", [publication.pk])
    assert names(verify(), f"publication {publication.pk}", "gone")


@pytest.mark.parametrize(
    "change", ["published_at = published_at - interval '1 day'", "path = '/elsewhere.html'"]
)
def test_a_forged_date_or_address_is_named(as_role, publication, change):
    lines = tampered(as_role, f"UPDATE publication_publication SET {change} WHERE id = %s", [publication.pk])
    assert names(lines, f"publication {publication.pk}")


def test_a_reopened_publication_is_named(as_role, publication):
    gate.close(publication, "withdrawn")
    lines = tampered(
        as_role,
        "UPDATE publication_publication SET ended_at = NULL, end_reason = '' WHERE id = %s",
        [publication.pk],
    )
    assert names(lines, f"publication {publication.pk}", "but open")


@pytest.mark.article("13")
@pytest.mark.parametrize("change", ["DELETE FROM {0}", "UPDATE {0} SET kind = 'withdrawn'"])
def test_a_refusal_that_is_gone_is_named(town, as_role, change):
    """Else an item that was refused could be signed and published after all."""
    submission = world.hand_in(town, world.document(town))
    submissions.end(submission, "refused", town.who("water", "secrecy_reviewer"))
    assert verify() == []
    lines = tampered(
        as_role,
        change.format("publication_submissionend") + " WHERE submission_id = %s",
        [submission.pk],
    )
    assert names(lines, f"submission {submission.pk}", "ended otherwise")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE publication_listing SET title = '假标题' WHERE publication_id = %s",
        "DELETE FROM publication_listing WHERE publication_id = %s",
        "UPDATE publication_columncounter SET total = total + 1 WHERE %s > 0",
        "UPDATE publication_publicationasset SET name = 'x.pdf' WHERE publication_id = %s",
        "DELETE FROM publication_publicationasset WHERE publication_id = %s",
    ],
)
def test_a_projection_that_differs_is_named(as_role, publication, statement):
    assert tampered(as_role, statement, [publication.pk])


def test_a_trigger_switched_off_or_dropped_is_named(as_role):
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE publication_signoff DISABLE TRIGGER signoff_born")
        cursor.execute("DROP TRIGGER publication_born ON publication_publication")
    lines = verify()
    assert names(lines, "signoff_born", "switched off")
    assert names(lines, "publication_born", "missing")
