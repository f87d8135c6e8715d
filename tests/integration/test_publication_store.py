"""The public store: every file there is one that an open publication names, byte for byte (Articles 3, 21)."""

from datetime import timedelta

import pytest

from publication import files, gate, outbox
from tests import publication_world as world
from tests.verifying import names, verify, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.article("21")]


@pytest.fixture
def publication(town):
    return with_a_file(town)


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
def test_files_follow_their_publication(place, publication, town):
    assert place.exists()
    gate.close(publication, "withdrawn")
    outbox.replay()
    assert not place.exists()
    assert verify() == []


def test_a_file_that_another_publication_names_stays(town, publication, place):
    asset = publication.assets.values("sha256", "name", "content_type", "size").get()
    world.public(town, world.document(town, assets=[asset]))
    gate.close(publication, "withdrawn")
    outbox.replay()
    assert place.exists()
    assert verify() == []


def test_a_side_effect_that_fails_is_tried_again_and_holds_up_no_other(town, publication, monkeypatch):
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
