"""存量 and trees of columns: one signature for listed contents, never an approver of their own (Articles 18, 25)."""

import pytest

from ledger.models import RegisterEntry
from publication import documents, gate
from regulation.refusals import Refusal
from tests import publication_world as world
from tests.factories import town

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return town()


def batch_of(made, contents, route="import", title="旧站存量信息"):
    digests = [documents.digest(documents.canonical(content)) for content in contents]
    key = world.uuid.uuid4()
    batch = documents.batch_document(object_id=key, title=title, digests=digests)
    return world.hand_in(made, batch | {"path": ""}, name="egov", route=route)


@pytest.mark.article("25")
def test_older_content_is_signed_for_as_a_batch_and_shows_no_approver(made):
    contents = [world.document(made) for _number in range(5)]
    batch = batch_of(made, contents)
    for content in contents:
        world.hand_in(made, content, route="import", batch=batch)
    with pytest.raises(Refusal):
        gate.complete(batch)
    publications = gate.complete(world.sign_all(made, batch))
    assert len(publications) == 5
    assert all(publication.legacy for publication in publications)
    decision = RegisterEntry.objects.get(submission_id=batch.pk)
    assert [row["opinion"] for row in decision.facts["signatories"]] == ["proposal", "decision"]
    entries = RegisterEntry.objects.filter(kind="baseline", publication_id__isnull=False)
    assert entries.count() == 5
    assert all(entry.facts["signatories"] == [] and entry.facts["legacy"] for entry in entries)


@pytest.mark.article("25")
def test_a_batch_does_not_carry_what_it_does_not_list(made):
    listed = world.document(made)
    batch = batch_of(made, [listed])
    with pytest.raises(Refusal) as caught:
        world.hand_in(made, world.document(made), route="import", batch=batch)
    assert caught.value.code == "batch"


@pytest.mark.article("18")
def test_a_tree_of_columns_is_a_baseline_decision(made):
    top = world.document(made, "egov", kind="column", path="/a/")
    below = world.document(made, "egov", kind="column", path="/a/b/", parent=top["object"])
    batch = batch_of(made, [below, top], route="columns")
    for content in (below, top):
        world.hand_in(made, content, name="egov", route="columns", batch=batch)
    publications = gate.complete(world.sign_all(made, batch))
    assert [publication.path for publication in publications] == ["/a/", "/a/b/"]
    assert not any(publication.legacy for publication in publications)
