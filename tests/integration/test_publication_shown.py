"""Exact invalidation: what changes on a page was noted when it was drawn, and other pages are left alone.

Each event is made by the portal's own services. A page whose bytes differ afterwards must have noted one of the tags
that the event wrote (else the page cache would serve it stale); pages that do not differ should not have.
"""

import pytest

from publication import gate, shown
from publication.models import Change, Publication
from tests import factories, portal_world
from tests.integration.test_portal_languages import english_of
from tests.portal_world import published
from tests.regulation import public_side

pytestmark = [pytest.mark.django_db, pytest.mark.article("3")]

FURNITURE = (
    "/units/",
    "/sitemap/",
    "/policies/",
    "/en/",
    "/feed/",
    "/rss/",
    "/sitemap.xml",
    "/sitemap-0.xml",
)


@pytest.fixture
def world():
    made = portal_world.made()
    made.quiet = factories.column(made.town, title="机构概况")
    published(made.town, factories.item(made.town, "jiuzhou", made.quiet, title="本镇概况"), "jiuzhou")
    published(made.town, factories.unit_page(made.town, "jiuzhou"), "jiuzhou")
    return made


def drawn() -> dict[str, tuple[bytes, set[str]]]:
    """Address → (bytes, tags) of every page that the cache may keep."""
    paths = list(Publication.objects.open().order_by("path").values_list("path", flat=True))
    paths += [f"/feed{path}" for path in paths if path.endswith("/")]
    found = {}
    for path in dict.fromkeys([*paths, f"/hant{paths[0]}", *FURNITURE]):
        with shown.collecting() as tags:
            status, body = public_side.get(path)
        if status == 200:
            found[path] = without_moment(body), tags
    return found


def without_moment(body: bytes) -> bytes:
    """A feed says when it was made."""
    lines = body.split(b"<updated>")
    return (
        lines[0] + b"".join(line.partition(b"</updated>")[2] for line in lines[1:])
        if b"<feed" in body
        else body
    )


def consequences(act) -> tuple[set[str], set[str]]:
    """(pages that differ after it, pages that the cache would drop); nothing that differs may be kept."""
    before = drawn()
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    act()
    tags = {tag for change in Change.objects.filter(pk__gt=newest) for tag in change.tags}
    after = {path: body for path, (body, _tags) in drawn().items()}
    differ = {path for path, (body, _tags) in before.items() if after.get(path) != body}
    dropped = {path for path, (_body, noted) in before.items() if noted & tags}
    assert differ <= dropped, (sorted(differ - dropped), sorted(tags))
    return differ, dropped


def quiet_pages(world) -> set[str]:
    """The other unit's column, item and subsite."""
    paths = Publication.objects.open().filter(unit_id=world.town.units["jiuzhou"].pk)
    column = Publication.objects.open().get(object_id=world.quiet.object_id)
    return {*paths.values_list("path", flat=True), column.path}


def test_a_new_item_a_correction_a_withdrawal(world):
    town, item = world.town, factories.item(world.town, "water", world.column, title="新消息")
    differ, dropped = consequences(lambda: published(town, item))
    assert {"/", world.column_path, world.article.path, "/feed/", "/sitemap-0.xml"} <= differ
    assert not quiet_pages(world) & dropped

    item.title = "改过的消息"
    item.correction = "改标题"
    item.save_revision(user=item.owner)
    differ, dropped = consequences(lambda: published(town, item))
    assert {"/", world.column_path, world.article.path, "/feed/"} <= differ
    assert not quiet_pages(world) & dropped

    stands = Publication.objects.open().get(object_id=item.object_id)
    differ, dropped = consequences(
        lambda: gate.take_down(stands, town.who("water", "reviewer"), "content_error")
    )
    assert {stands.path, "/", world.column_path, world.article.path, "/feed/"} <= differ
    assert not quiet_pages(world) & dropped


def first_item_of_a_column(world):
    fresh = factories.column(world.town, title="新设栏目")
    item = factories.item(world.town, "water", fresh)
    differ, _dropped = consequences(lambda: published(world.town, item))
    assert quiet_pages(world) <= differ
    stands = Publication.objects.open().get(object_id=item.object_id)
    differ, _dropped = consequences(lambda: gate.close(stands, "withdrawn"))
    assert quiet_pages(world) <= differ


def repeal_of_a_policy(world):
    town = world.town
    repeal = portal_world.policy(
        town, world.column, title="废止旧办法的决定", relations=[("repeals", world.policy_page)]
    )
    differ, dropped = consequences(lambda: published(town, repeal))
    assert {world.policy.path, "/policies/"} <= differ
    assert not quiet_pages(world) & dropped
    there = Publication.objects.open().get(object_id=repeal.object_id)
    differ, _dropped = consequences(lambda: gate.close(there, "withdrawn"))
    assert {world.policy.path, "/policies/"} <= differ


def link_and_target(world):
    target = factories.item(world.town, "jiuzhou", world.quiet, title="目标")
    page = factories.item(world.town, "water", world.column)
    page.body = [("rich_text", f'<p>参见<a linktype="page" id="{target.pk}">目标文件</a>。</p>')]
    page.save_revision(user=page.owner)
    path = published(world.town, page).path
    differ, dropped = consequences(lambda: published(world.town, target, "jiuzhou"))
    assert path in differ
    assert world.article.path not in dropped
    there = Publication.objects.open().get(object_id=target.object_id)
    differ, _dropped = consequences(lambda: gate.close(there, "withdrawn"))
    assert path in differ


def translation_and_original(world):
    translation = english_of(world)
    differ, _dropped = consequences(lambda: published(world.town, translation))
    assert {world.article.path, "/en/"} <= differ
    english = f"/en{world.article.path}"
    page = world.article_page
    page.title, page.correction = "冲洗安排（更正）", "改标题"
    page.save_revision(user=page.owner)
    differ, _dropped = consequences(lambda: published(world.town, page))
    assert english in differ  # it says now that it is older than its original


def renamed_column_and_new_face(world):
    page = world.column
    page.title = "公告公示"
    page.save_revision(user=world.town.who("egov", "author"))
    differ, _dropped = consequences(lambda: factories.publish_structure(world.town, page))
    assert quiet_pages(world) <= differ
    unit = factories.unit_page(world.town, "jiuzhou")
    unit.introduction = "<p>旧州镇。</p>"
    unit.save_revision(user=world.town.who("jiuzhou", "author"))
    differ, _dropped = consequences(lambda: published(world.town, unit, "jiuzhou"))
    assert "/units/jiuzhou/" in differ


def test_what_shows_something_else_that_changed(world):
    """One world for all of them: it takes longer to make than they do."""
    repeal_of_a_policy(world)
    link_and_target(world)
    translation_and_original(world)


@pytest.mark.article("18")
def test_what_changes_every_page(world):
    first_item_of_a_column(world)
    renamed_column_and_new_face(world)
