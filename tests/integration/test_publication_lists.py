"""Lists, counters, files and tombstones: derived by PostgreSQL from the signed bytes, in the same transaction."""

import pytest

from publication import documents, gate, reading
from publication.models import ColumnCounter, Listing, PublicationAsset
from regulation.refusals import Refusal
from tests import publication_world as world

pytestmark = pytest.mark.django_db


def placed(publication):
    rows = Listing.objects.filter(publication=publication)
    return {str(key) for key in rows.values_list("column_object_id", flat=True)}


def totals_agree():
    counted = {}
    for key in Listing.objects.values_list("column_object_id", flat=True):
        counted[key] = counted.get(key, 0) + 1
    kept = dict(ColumnCounter.objects.filter(total__gt=0).values_list("pk", "total"))
    return counted == kept


def test_an_item_is_listed_in_its_column_in_those_above_and_in_its_subsite(town):
    top = world.column(town)
    below = world.column(town, top)
    section = "7d2c2f0e-6f3e-4c0a-9a39-5a2f2a1e5b13"
    content = world.document(town, column=str(below.object_id), section=section)
    publication = world.public(town, content)
    assert placed(publication) == {str(top.object_id), str(below.object_id), section}
    row = Listing.objects.filter(publication=publication).first()
    assert (row.title, row.path, row.published_at) == (
        publication.title,
        publication.path,
        publication.published_at,
    )
    assert totals_agree()


def test_a_correction_keeps_its_place_and_changes_the_words(town):
    column = world.column(town)
    first = world.public(town, world.document(town, column=str(column.object_id)))
    newer = world.public(town, world.document(town, column=str(column.object_id)))
    corrected = gate.complete(world.sign_all(town, world.correction(town, first, title="更正后的标题")))
    titles = [row.title for row in reading.listing(column.object_id).rows]
    assert titles == [newer.title, "更正后的标题"]
    assert placed(first) == set()
    assert placed(corrected) == {str(column.object_id)}
    assert totals_agree()


def test_what_leaves_is_not_listed_any_more(town):
    column = world.column(town)
    publication = world.public(town, world.document(town, column=str(column.object_id)))
    gate.close(publication, "withdrawn")
    assert placed(publication) == set()
    assert reading.count(column.object_id) == 0


@pytest.mark.article("18")
def test_a_column_with_public_content_cannot_be_withdrawn(town):
    top = world.column(town)
    below = world.column(town, top)
    item = world.public(town, world.document(town, column=str(below.object_id)))
    for column in (top, below):
        with pytest.raises(Refusal) as caught:
            gate.close(column, "withdrawn")
        assert caught.value.code == "children_open"
    for publication in (item, below, top):
        gate.close(publication, "withdrawn")
    assert totals_agree()


@pytest.mark.article("9")
def test_nothing_is_published_in_a_column_that_is_not_public(town):
    column = world.column(town)
    gate.close(column, "withdrawn")
    submission = world.approved(town, world.document(town, column=str(column.object_id)))
    with pytest.raises(Refusal) as caught:
        gate.complete(submission)
    assert caught.value.code == "column_closed"


@pytest.mark.article("18")
def test_a_moved_column_takes_its_items_along(town):
    one, other = world.column(town), world.column(town)
    below = world.column(town, one)
    item = world.public(town, world.document(town, column=str(below.object_id)))
    moved = world.hand_in(
        town,
        documents.parse(below.document) | {"parent": str(other.object_id)},
        name="egov",
        route="columns",
    )
    gate.complete(world.sign_all(town, moved))
    assert placed(item) == {str(below.object_id), str(other.object_id)}
    assert reading.count(one.object_id) == 0
    assert reading.count(other.object_id) == 1
    assert totals_agree()


@pytest.mark.article("3")
def test_only_what_an_open_publication_names_is_an_asset(town):
    asset = {"sha256": "ab" * 32, "name": "附件.pdf", "content_type": "application/pdf", "size": 3}
    publication = world.public(town, world.document(town, assets=[asset]))
    assert PublicationAsset.objects.get(publication=publication).name == "附件.pdf"
    gate.close(publication, "withdrawn")
    assert not PublicationAsset.objects.exists()


def test_the_tree_and_its_trail_come_from_open_columns(town, django_assert_num_queries):
    top = world.column(town)
    below = world.column(town, top)
    tree = reading.Tree()
    with django_assert_num_queries(1):
        assert [node.title for node in tree.trail(below.object_id)] == [top.title, below.title]
        assert [node.object_id for node in tree.top()[0].children] == [str(below.object_id)]


def test_a_list_is_read_by_keyset_both_ways(town, django_assert_max_num_queries):
    column = world.column(town)
    contents = [world.document(town, column=str(column.object_id)) for _number in range(7)]
    items = [world.public(town, content).title for content in contents][::-1]
    with django_assert_max_num_queries(2):
        first = reading.listing(column.object_id, limit=3)
    second = reading.listing(column.object_id, limit=3, cursor=first.older)
    third = reading.listing(column.object_id, limit=3, cursor=second.older)
    shown = [[row.title for row in page.rows] for page in (first, second, third)]
    assert shown == [items[:3], items[3:6], items[6:]]
    assert (first.newer, third.older, first.total) == ("", "", 7)
    back = reading.listing(column.object_id, limit=3, cursor=third.newer)
    assert [row.title for row in back.rows] == items[3:6]
    last = reading.listing(column.object_id, limit=3, cursor=reading.last_cursor(column.object_id, limit=3))
    assert [row.title for row in last.rows] == items[6:]


def test_neighbours_are_the_items_beside(town):
    column = world.column(town)
    one, two, three = (
        world.public(town, world.document(town, column=str(column.object_id))) for _number in range(3)
    )
    beside = reading.neighbours(two)
    assert (beside["newer"].title, beside["older"].title) == (three.title, one.title)
    assert reading.neighbours(three)["newer"] is None


@pytest.mark.parametrize(
    "cursor", ["x", "o", "o-", "o1-", "o-1", "o" + "9" * 30 + "-1", "n1-" + "9" * 30, "o²-1"]
)
def test_a_mistyped_cursor_is_the_first_page(town, cursor):
    column = world.column(town)
    publication = world.public(town, world.document(town, column=str(column.object_id)))
    assert [row.title for row in reading.listing(column.object_id, cursor=cursor).rows] == [publication.title]


def test_links_resolve_only_to_what_is_public(town):
    opened, closed = world.public(town), world.public(town)
    gate.close(closed, "withdrawn")
    found = reading.resolve([opened.object_id, closed.object_id, None])
    assert set(found) == {str(opened.object_id)}
