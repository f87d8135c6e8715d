"""`verify` names what was changed behind the portal's back: by the owner with the triggers off, or in the store."""

import io
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from ledger.models import RegisterEntry
from publication import files, gate, outbox
from publication.models import SignOff
from tests import publication_world as world
from tests.factories import town

pytestmark = [pytest.mark.django_db, pytest.mark.article("21")]

TABLES = (
    "publication_publication",
    "publication_submission",
    "publication_signoff",
    "publication_frozenstep",
    "publication_takedown",
    "ledger_registerentry",
    "secrecy_secrecyrow",
)


@pytest.fixture
def made():
    return town()


@pytest.fixture
def publication(made):
    """In a column, with a file in the public store, beside another one."""
    stored = files.store(io.BytesIO(b"%PDF-1.4 attachment"), "附件.pdf")
    asset = {
        "sha256": stored.sha256,
        "name": "附件.pdf",
        "content_type": "application/pdf",
        "size": stored.size,
    }
    column = world.column(made)
    world.public(made, world.document(made, column=str(column.object_id)))
    publication = world.public(made, world.document(made, column=str(column.object_id), assets=[asset]))
    outbox.replay()
    return publication


def verify():
    """The lines, and whether it ended with 1."""
    out, failed = io.StringIO(), False
    try:
        call_command("verify", stdout=out)
    except SystemExit as error:
        failed = error.code == 1
    lines = out.getvalue().splitlines()
    last = re.fullmatch(
        r"verified: (\d+) publications, (\d+) register entries, (\d+) files, (\d+) offenders", lines[-1]
    )
    assert last and int(last[4]) == len(lines) - 1
    assert failed == (int(last[4]) > 0)
    return lines[:-1]


def tampered(as_role, statement, parameters=()):
    with world.behind_the_back(as_role, *TABLES) as cursor:
        cursor.execute(statement, parameters)
        assert cursor.rowcount > 0
    return verify()


def names(lines, *parts):
    return any(all(str(part) in line for part in parts) for line in lines)


def test_a_lawful_portal_has_no_offenders(made, publication):
    gate.complete(world.sign_all(made, world.correction(made, publication)))
    other = world.public(made)
    gate.restore(
        gate.take_down(other, made.who("water", "reviewer"), "under_check"),
        made.who("water", "branch_leader"),
    )
    gate.close(world.public(made), "withdrawn")
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
def test_a_forged_publication_is_named(made, as_role, publication):
    submission = world.hand_in(made, world.document(made))
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


def test_a_removed_publication_is_named(made, as_role):
    publication = world.public(made)
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


# --- the public store ---


@pytest.fixture
def place(publication):
    asset = publication.assets.get()
    return files.public_path(asset.sha256, asset.name)


@pytest.mark.article("3")
def test_a_file_changed_added_or_missing_is_named(place):
    whole = place.read_bytes()
    assert verify() == []
    place.write_bytes(whole + b"x")
    assert names(verify(), place.name, "altered")
    place.write_bytes(whole)
    extra = place.with_name("extra.pdf")
    extra.write_bytes(whole)
    assert names(verify(), "extra.pdf", "no publication names it")
    extra.unlink()
    place.unlink()
    assert names(verify(), place.name, "not in the public store")
    place.symlink_to("/etc/hostname")
    assert names(verify(), place.name, "not a file")


@pytest.mark.article("3")
def test_files_follow_their_publication(place, publication, made):
    assert place.exists()
    gate.close(publication, "withdrawn")
    outbox.replay()
    assert not place.exists()
    assert verify() == []


def test_a_file_that_another_publication_names_stays(made, publication, place):
    asset = publication.assets.values("sha256", "name", "content_type", "size").get()
    world.public(made, world.document(made, assets=[asset]))
    gate.close(publication, "withdrawn")
    outbox.replay()
    assert place.exists()
    assert verify() == []


def test_a_side_effect_that_fails_is_tried_again_and_holds_up_no_other(made, publication, monkeypatch):
    from publication.models import OutboxMessage

    gate.close(publication, "withdrawn")
    monkeypatch.setitem(outbox._handlers, "remove_files", lambda payload: 1 / 0)
    outbox.put("release_files", publication=publication.pk)
    outbox.replay()
    failed = OutboxMessage.objects.get(done_at__isnull=True)
    assert (failed.kind, failed.attempts) == ("remove_files", 1)
    assert "ZeroDivisionError" in failed.error
    monkeypatch.undo()
    OutboxMessage.objects.filter(pk=failed.pk).update(created_at=failed.created_at - timedelta(seconds=5))
    outbox.replay()
    assert not OutboxMessage.objects.filter(done_at__isnull=True).exists()
