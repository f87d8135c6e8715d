"""Two versions side by side; an old item as a new draft (Articles 14, 17, 19)."""

import pytest
from django.urls import reverse

from home.models import ColumnTemplate, InformationPage
from review.difference import side_by_side
from tests import factories
from tests.editing import text_of

pytestmark = pytest.mark.django_db


def rewritten(page, html, user):
    draft = InformationPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.body = [("rich_text", html)]
    return draft.save_revision(user=user)


def test_any_two_versions_stand_side_by_side(made, author):
    first = made.mine.latest_revision_id
    rewritten(made.mine, "<p>周二冲洗。请储水。</p><p>新增一段。</p>", made.mine.owner)
    last = rewritten(made.mine, "<p>周三冲洗。请储水。</p>", made.mine.owner)
    address = reverse("portal_versions", args=[made.mine.pk])
    text = text_of(author.get(address))
    assert "<del>周二冲洗。</del>请储水。" in text
    assert "<ins>周三冲洗。</ins>请储水。" in text
    assert "<del>新增一段。</del>" in text
    text = text_of(author.get(address, {"old": first, "new": last.pk}))
    assert "<ins>周三冲洗。请储水。</ins>" in text
    assert "<del>城区供水管网" in text
    assert author.get(address, {"old": "9" * 30, "new": "x"}).status_code == 200


def test_what_was_handed_in_is_shown_as_it_was_signed(made, author):
    factories.submit(made.mine, made.who("water", "author"))
    assert "（已提交）" in text_of(author.get(reverse("portal_versions", args=[made.mine.pk])))


@pytest.mark.article("17")
def test_versions_and_copies_stay_behind_the_walls(made, author):
    for name in ("portal_versions", "portal_copy"):
        address = reverse(name, args=[made.theirs.pk])
        assert author.get(address).status_code == 403
        assert author.post(address).status_code in (403, 405)
    assert InformationPage.objects.count() == 2


@pytest.mark.article("9")
def test_a_copy_is_an_item_of_its_own(made, author):
    rewritten(made.mine, "<p>只在草稿里的话。</p>", made.mine.owner)
    case = factories.submit(made.mine, made.who("water", "author"))
    address = reverse("portal_copy", args=[made.mine.pk])
    assert author.get(address).status_code == 200
    assert author.post(address).status_code == 302
    copied = InformationPage.objects.order_by("-pk").first().get_latest_revision_as_object()
    assert copied.object_id != made.mine.object_id
    assert copied.translation_key != made.mine.translation_key
    assert (copied.unit, copied.column, copied.live) == (made.mine.unit, made.mine.column, False)
    assert "只在草稿里的话" in copied.body[0].value.source
    assert copied.open_case is None
    assert factories.submit(copied, made.who("water", "author")).object_id != case.object_id


def test_paragraphs_face_each_other():
    old = {"title": "甲", "body": [{"type": "rich_text", "html": "<p>一。</p><p>二。</p><p>三。</p>"}]}
    new = {
        "title": "乙",
        "body": [{"type": "rich_text", "html": "<p>一。</p><p>二，改。</p><p>三。</p><p>四。</p>"}],
    }
    rows = side_by_side(old, new)
    assert [(row.old, row.new) for row in rows] == [
        ("<del>甲</del>", "<ins>乙</ins>"),
        ("一。", "一。"),
        ("<del>二。</del>", "<ins>二，改。</ins>"),
        ("三。", "三。"),
        ("", "<ins>四。</ins>"),
    ]


@pytest.mark.article("10")
def test_a_unit_begins_from_its_templates(made, author, enter):
    address = reverse("portal_template", args=[made.mine.pk])
    assert author.get(address).status_code == 200
    assert author.post(address, {"name": ""}).status_code == 200
    assert author.post(address, {"name": "停水公告模板"}).status_code == 302
    below = reverse("wagtailadmin_pages:add_subpage", args=[made.mine.get_parent().pk])
    assert "停水公告模板" in text_of(author.get(below))
    author.post(reverse("portal_copy", args=[made.mine.pk]))
    draft = InformationPage.objects.get(title="停水公告模板")
    assert draft.column == made.mine.column
    other = enter(made.who("jiuzhou", "author"))
    below = reverse("wagtailadmin_pages:add_subpage", args=[made.theirs.get_parent().pk])
    assert "停水公告模板" not in text_of(other.get(below))
    assert other.post(address, {"name": "别人的"}).status_code == 403
    client = enter(made.who("water", "author"))
    client.post(address, {"remove": "1"})
    assert ColumnTemplate.objects.count() == 0
