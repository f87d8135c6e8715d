"""存量 and trees of columns: one signature for listed contents, never an approver of their own (Articles 18, 25)."""

import pytest
from django.db import transaction

from ledger.models import RegisterEntry
from publication import batches, documents, facets, gate, outbox, reading, submissions, verification
from publication.models import PolicyEntry, Publication, PublicationAsset, Submission
from regulation.refusals import Refusal
from search.models import SearchEntry
from tests import publication_world as world

pytestmark = pytest.mark.django_db


def batch_of(town, contents, route="import", title="旧站存量信息"):
    digests = [documents.digest(documents.canonical(content)) for content in contents]
    key = world.uuid.uuid4()
    batch = documents.batch_document(object_id=key, title=title, digests=digests)
    return world.hand_in(town, batch | {"path": ""}, name="egov", route=route)


@pytest.mark.article("25")
def test_older_content_is_signed_for_as_a_batch_and_shows_no_approver(town):
    contents = [world.document(town) for _number in range(5)]
    batch = batch_of(town, contents)
    for content in contents:
        world.hand_in(town, content, route="import", batch=batch)
    with pytest.raises(Refusal):
        gate.complete(batch)
    publications = gate.complete(world.sign_all(town, batch))
    assert len(publications) == 5
    assert all(publication.legacy for publication in publications)
    decision = RegisterEntry.objects.get(submission_id=batch.pk)
    assert [row["opinion"] for row in decision.facts["signatories"]] == ["proposal", "decision"]
    entries = RegisterEntry.objects.filter(kind="baseline", publication_id__isnull=False)
    assert entries.count() == 5
    assert all(entry.facts["signatories"] == [] and entry.facts["legacy"] for entry in entries)


@pytest.mark.article("25")
def test_a_batch_does_not_carry_what_it_does_not_list(town):
    listed = world.document(town)
    batch = batch_of(town, [listed])
    with pytest.raises(Refusal) as caught:
        world.hand_in(town, world.document(town), route="import", batch=batch)
    assert caught.value.code == "batch"


@pytest.mark.article("25")
def test_many_items_enter_lists_counters_search_and_files_as_one_does(town):
    """Handed in and published by the hundred; what `verify` finds wanting in any of them would be named."""
    column = world.column(town)
    where, asset = (
        str(column.object_id),
        {"sha256": "a" * 64, "name": "a.txt", "content_type": "text/plain", "size": 1},
    )
    contents = [world.document(town, column=where) for _number in range(7)]
    contents[0]["assets"] = [asset, asset]
    contents[1] |= {"kind": "policy", "policy": {"validity": "有效", "document_number": "西府发〔2015〕1号"}}
    batch = batch_of(town, contents)
    items = [{"document": content, "unit_id": town.units["water"].pk} for content in contents]
    assert batches.hand_in(batch, items, author=town.who("water", "author")) == 7
    publications = gate.complete(world.sign_all(town, batch))
    assert {str(row.object_id) for row in publications} == {content["object"] for content in contents}
    assert all(row.legacy and row.digest for row in publications)
    assert reading.count(where) == 7
    assert facets.read(where, {}).total == 7
    assert publications[0].assets.count() <= 1
    assert PublicationAsset.objects.count() == 1
    assert PolicyEntry.objects.get().document_number == "西府发〔2015〕1号"
    found = SearchEntry.objects.filter(publication_id__in=[row.pk for row in publications])
    wrong = [line for line in verification.offenders() if not line.startswith("file ")]
    assert (found.count(), wrong) == (0, []), "what waits for the worker is no offence"
    outbox.replay()
    assert found.count() == 7
    wrong = [line for line in verification.offenders() if not line.startswith("file ")]
    assert wrong == []


@pytest.mark.article("25")
def test_an_item_of_a_batch_that_is_public_already_is_corrected_by_it(town):
    first = world.public(town)
    newer = documents.parse(first.document) | {"title": "旧站更新的内容"}
    batch = batch_of(town, [newer])
    batches.hand_in(
        batch, [{"document": newer, "unit_id": first.unit_id}], author=town.who("water", "author")
    )
    [second] = gate.complete(world.sign_all(town, batch))
    first.refresh_from_db()
    assert (first.end_reason, second.supersedes_id, second.legacy) == ("superseded", first.pk, True)


@pytest.mark.article("25")
def test_items_handed_in_together_are_judged_one_by_one(town):
    listed, other = world.document(town), world.document(town)
    batch = batch_of(town, [listed])
    items = [{"document": content, "unit_id": town.units["water"].pk} for content in (listed, other)]
    with pytest.raises(Refusal) as caught:
        batches.hand_in(batch, items, author=town.who("water", "author"))
    assert caught.value.code == "batch"
    with pytest.raises(ValueError, match="does not stand alone"):
        batches.hand_in(batch, [{"document": {"kind": "information"}, "unit_id": 1}], author=1)


@pytest.mark.article("25")
def test_an_item_that_was_ended_stays_out_of_its_batch(town):
    """Not even by SQL: the statement that would bring it in is refused whole."""
    contents = [world.document(town) for _number in range(2)]
    batch = batch_of(town, contents)
    items = [{"document": content, "unit_id": town.units["water"].pk} for content in contents]
    batches.hand_in(batch, items, author=town.who("water", "author"))
    world.sign_all(town, batch)
    members = list(Submission.objects.filter(batch=batch))
    submissions.end(members[0], "withdrawn", town.who("water", "author"))
    with pytest.raises(Refusal) as caught:
        batches.put(members)
    assert caught.value.code == "ended"
    assert not Publication.objects.filter(submission__in=members).exists()
    assert [row.submission_id for row in gate.complete(batch)] == [members[1].pk]


@pytest.mark.article("25")
def test_an_unsigned_batch_lets_nothing_in_and_a_closed_column_takes_nothing(town):
    column = world.column(town)
    content = world.document(town, column=str(column.object_id))
    batch = batch_of(town, [content])
    items = [{"document": content, "unit_id": town.units["water"].pk}]
    batches.hand_in(batch, items, author=town.who("water", "author"))
    members = list(Submission.objects.filter(batch=batch))
    with pytest.raises(Refusal) as unsigned, transaction.atomic():
        batches.put(members)
    world.sign_all(town, batch)
    gate.close(column, "withdrawn")
    with pytest.raises(Refusal) as closed, transaction.atomic():
        batches.put(members)
    assert (unsigned.value.code, closed.value.code) == ("unsigned", "column_closed")


@pytest.mark.article("18")
def test_a_tree_of_columns_is_a_baseline_decision(town):
    top = world.document(town, "egov", kind="column", path="/a/")
    below = world.document(town, "egov", kind="column", path="/a/b/", parent=top["object"])
    batch = batch_of(town, [below, top], route="columns")
    for content in (below, top):
        world.hand_in(town, content, name="egov", route="columns", batch=batch)
    publications = gate.complete(world.sign_all(town, batch))
    assert [publication.path for publication in publications] == ["/a/", "/a/b/"]
    assert not any(publication.legacy for publication in publications)
