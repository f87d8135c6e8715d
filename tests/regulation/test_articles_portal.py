"""The articles as one reads them, on the portal as a whole: 1, 2, 5, 17, 18, 19, 25."""

import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from wagtail.models import Page

from home.models import ColumnPage
from ledger.models import RegisterEntry
from publication import gate, verification
from publication.documents import batch_document, canonical, digest, parse
from publication.models import Listing, Publication, SignOff
from regulation.refusals import Refusal
from review import acts
from review.models import Case
from tests import factories, publication_world
from tests.committed import as_role
from tests.regulation import public_side
from tests.regulation.attempts import Scene
from tests.regulation.world import UNAPPROVED


@pytest.fixture
def scene(rolled_back):
    return Scene(rolled_back, "superuser")


@pytest.mark.article("1")
def test_the_whole_chain_of_an_item_opens_in_one_click(scene):
    """第一条: 采集、审核、发布、更新 of one item on one page: author, every opinion, register number."""
    page = scene.page("public")
    answer = scene.browser("author").get(reverse("review:page_chain", args=[page.pk]), follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    signed = SignOff.objects.filter(submission__object_id=page.object_id, decision="agree")
    from organisation.models import User

    for person in User.objects.filter(pk__in=signed.values("person_id")):
        assert person.name in text, person
    assert scene.town.who("water", "author").name in text
    assert str(RegisterEntry.objects.get(object_id=page.object_id).number) in text


@pytest.mark.article("2")
def test_a_subsite_is_part_of_the_portal(scene):
    """第二条: header, footer and identifiers of the one platform stand on a unit's page too."""
    home, subsite = public_side.get("/")[1].decode(), public_side.get("/units/water/")[1].decode()
    for mark in (settings.SITE_NAME, settings.SITE_ID_CODE, "<header", "<footer"):
        assert mark in home and mark in subsite, mark


@pytest.mark.article("5")
def test_the_government_office_sees_every_unit_and_edits_none(scene):
    who = scene.town.who("gov", "reviewer")
    assert not who.is_superuser
    browser = scene.browser()
    browser.force_login(who, backend="organisation.authentication.AppointedBackend")
    seen = browser.get(f"/admin/pages/{scene.pages['unit']}/")
    assert seen.status_code == 200 and UNAPPROVED in seen.content.decode()
    before = scene.page("draft").latest_revision_id
    url = reverse("wagtailadmin_pages:edit", args=[scene.pages["draft"]])
    assert browser.get(url).status_code in (302, 403)
    assert browser.post(url, {"title": "改"}).status_code in (302, 403)
    assert scene.page("draft").latest_revision_id == before


@pytest.mark.article("17")
@pytest.mark.parametrize("name", ["column", "unit", "draft"])
def test_another_units_column_subsite_and_items_are_not_ones_own(scene, name):
    """第十七条: 谁主办、谁负责."""
    browser = scene.browser()
    browser.force_login(
        scene.town.who("jiuzhou", "author"), backend="organisation.authentication.AppointedBackend"
    )
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[scene.pages[name]])).status_code == 403


@pytest.mark.article("18")
def test_a_superuser_neither_makes_moves_nor_renames_a_column(scene):
    column, home = scene.page("column"), scene.page("home")
    columns = set(ColumnPage.objects.values_list("pk", "title", "slug", "path", "latest_revision_id"))
    data = {"title": "新栏目", "slug": "new", "action-publish": "1"}
    scene.post("wagtailadmin_pages:add", "home", "columnpage", home.pk, data=data)
    scene.post("wagtailadmin_pages:edit", column.pk, data=data)
    scene.post("wagtailadmin_pages:move_confirm", column.pk, Page.get_first_root_node().pk)
    scene.post("wagtailadmin_pages:delete", column.pk)
    scene.api(column, "delete")
    assert {status for _name, status in scene.answers} <= {302, 403}
    assert set(ColumnPage.objects.values_list("pk", "title", "slug", "path", "latest_revision_id")) == columns


@pytest.mark.article("18")
def test_a_column_changes_by_proposal_and_decision(scene):
    """第十八条: 区电子政务办公室 proposes, 区政府办公室 approves; before that the public sees the old name."""
    draft = scene.page("column").get_latest_revision_as_object()
    draft.title = "公示公告"
    draft.save_revision()
    proposer = scene.town.who("egov", "author")
    case = acts.submit(scene.page("column"), proposer, harms=factories.HARMLESS)
    with pytest.raises(Refusal):
        acts.agree(case, scene.town.who("egov", "supervising_leader"))  # a proposal says what and why
    case = acts.agree(case, scene.town.who("egov", "supervising_leader"), remark="按新的分工更名")
    path = scene.page("column").url_path
    assert "公示公告" not in public_side.get(path)[1].decode()
    with pytest.raises(Refusal):
        acts.agree(case, scene.town.who("egov", "portal_leader"))
    acts.agree(case, scene.town.who("gov", "branch_leader"))
    assert "公示公告" in public_side.get(path)[1].decode()


@pytest.mark.article("18")
def test_a_column_moves_by_decision_only_and_keeps_its_address_and_items(scene):
    """Proposed with its unit and its frequency, decided, then applied: lists follow, links stay."""
    column, above = scene.page("column"), factories.column(scene.town, title="政务公开")
    draft = column.get_latest_revision_as_object()
    draft.stands_below, draft.update_days = above, 14
    draft.save_revision()
    path = publication_of(column).path
    case = acts.submit(scene.page("column"), scene.town.who("egov", "author"), harms=factories.HARMLESS)
    proposed = parse(case.submission.document)
    assert proposed["parent"] == str(above.object_id)
    assert (proposed["column_info"]["update_days"], proposed["column_info"]["unit"]["code"]) == (14, "gov")
    case = acts.agree(case, scene.town.who("egov", "supervising_leader"), remark="归并到政务公开")
    assert scene.page("column").get_parent().pk == scene.pages["home"]
    acts.agree(case, scene.town.who("gov", "branch_leader"))
    moved = scene.page("column")
    assert moved.get_parent().pk == above.pk and moved.update_days == 14
    assert publication_of(moved).path == path
    item = Publication.objects.open().filter(column=moved.object_id).first()
    places = Listing.objects.filter(publication=item).values_list("column_object_id", flat=True)
    assert {moved.object_id, above.object_id} <= set(places)
    assert list(verification.offenders()) == []
    entry = RegisterEntry.objects.filter(object_id=moved.object_id).first()
    assert "归并到政务公开" in [row["remark"] for row in entry.facts["signatories"]]


@pytest.mark.article("18")
def test_a_column_is_not_proposed_below_itself_or_below_what_is_not_public(scene):
    column, town = scene.page("column"), scene.town
    unborn = ColumnPage(title="未批准", slug="unborn", unit=town.units["egov"], live=False)
    scene.page("home").add_child(instance=unborn)
    for place in (column, unborn):
        draft = scene.page("column").get_latest_revision_as_object()
        draft.stands_below = place
        draft.save_revision()
        with pytest.raises(Refusal) as refused:
            acts.submit(scene.page("column"), town.who("egov", "author"), harms=factories.HARMLESS)
        assert refused.value.article == "18"


def publication_of(page):
    return Publication.objects.open().get(object_id=page.object_id)


def behind_the_back(table, statement, parameters):
    """By the owner, with the triggers switched off and on again."""
    as_role("portal_owner", local=True)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, parameters)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    as_role("portal_app", local=True)


@pytest.mark.article("19")
def test_an_altered_line_of_the_register_is_named(scene):
    assert list(verification.offenders()) == []
    number = RegisterEntry.objects.order_by("number").values_list("number", flat=True)[1]
    statement = "UPDATE ledger_registerentry SET facts = facts || %s::jsonb WHERE number = %s"
    behind_the_back("ledger_registerentry", statement, ['{"title": "另一个题目"}', number])
    assert f"register {number}: altered" in list(verification.offenders())


@pytest.mark.article("19")
def test_a_missing_line_of_the_register_is_named(scene):
    number = RegisterEntry.objects.order_by("number").values_list("number", flat=True)[1]
    behind_the_back("ledger_registerentry", "DELETE FROM ledger_registerentry WHERE number = %s", [number])
    found = list(verification.offenders())
    assert any(line.startswith(f"register {number}..{number}: missing") for line in found)


@pytest.mark.article("25")
def test_older_content_is_marked_and_given_no_approver_of_its_own(scene):
    """第二十五条: in force from 2017-10-25; what is older is 存量, signed for as a list and never back-filled."""
    town = scene.town
    old = publication_world.document(town, title="二〇一六年供水公告")
    content = batch_document(object_id=uuid.uuid4(), title="旧站存量", digests=[digest(canonical(old))])
    batch = publication_world.hand_in(town, content, name="egov", route="import")
    member = publication_world.hand_in(town, old, route="import", batch=batch)
    publication_world.sign_all(town, batch)
    gate.complete(batch)
    publication = Publication.objects.open().get(submission=member)
    assert publication.legacy
    assert not SignOff.objects.filter(submission=member).exists()
    entry = RegisterEntry.objects.get(publication_id=publication.pk)
    assert (entry.kind, entry.facts["signatories"], entry.facts["legacy"]) == ("baseline", [], True)
    assert not Case.objects.filter(pk=member.pk).exists()
    assert list(verification.offenders()) == []
