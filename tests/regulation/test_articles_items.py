"""The articles as one reads them, on single items: 3, 4, 6, 9, 13, 14 (1) to (6), 15."""

import pytest
from django.db import Error, transaction
from wagtail.models import Page, Site

from publication import gate, submissions
from publication.documents import parse
from publication.models import Publication, SignOff
from publication.refused import refusal_of
from regulation.questions import clean_answers
from regulation.refusals import Refusal
from review import acts
from review.models import Case
from tests import factories
from tests.organisation_world import unit
from tests.regulation import public_side
from tests.regulation.attempts import Scene
from tests.regulation.attempts_files import replaced_as_code
from tests.regulation.attempts_publishing import born_live, publish_of_a_revision
from tests.regulation.world import UNAPPROVED


@pytest.fixture
def scene(rolled_back):
    return Scene(rolled_back, "code")


def draft(scene, name="water", **fields):
    return factories.item(scene.town, name, scene.page("column"), **fields)


def hand_in(scene, name="water", **fields):
    return factories.submit(draft(scene, name, **fields), scene.town.who(name, "author"))


def approve(scene, case):
    return factories.publish(scene.town, case)


@pytest.mark.article("3")
def test_a_replaced_picture_or_pdf_changes_nothing_until_it_is_approved(scene):
    """第三条: 文字、图片、数据、音频、视频和其他文件 are all under review."""
    before = public_side.snapshot()
    replaced_as_code(scene)
    assert public_side.leaks(before) == []


@pytest.mark.article("4")
def test_a_site_of_a_units_own_obeys_the_same_rules(scene):
    """第四条: the route follows from content, so that a second root of the tree changes nothing."""
    Site.objects.create(hostname="water.test", root_page=scene.page("unit"), site_name=UNAPPROVED)
    before = public_side.snapshot()
    publish_of_a_revision(scene)
    born_live(scene)
    assert public_side.leaks(before) == []
    assert scene.page("draft").route.code == "department"


@pytest.mark.article("6")
@pytest.mark.parametrize("harm", sorted(factories.HARMLESS))
def test_each_of_the_four_harms_is_asked_and_answered(scene, harm):
    page, author = draft(scene), scene.town.who("water", "author")
    unanswered = {code: answer for code, answer in factories.HARMLESS.items() if code != harm}
    for harms in (unanswered, factories.HARMLESS | {harm: "是"}):
        with pytest.raises(Refusal, match="第六条"):
            factories.submit(page, author, harms=harms)
    assert not Case.objects.filter(page_id=page.pk).exists()


@pytest.mark.article("9")
def test_a_column_without_a_responsible_unit_accepts_nothing(scene):
    type(scene.page("column")).objects.update(responsible_unit=None)
    with pytest.raises(Refusal) as refused:
        hand_in(scene)
    assert refused.value.code in ("column_without_unit", "incomplete")


@pytest.mark.article("13")
def test_one_character_after_the_seal_and_the_gate_refuses(scene):
    """第十三条: the form was checked against exactly that text; other text has no signatures at all."""
    case = factories.advance_to(scene.town, hand_in(scene), "check")
    signed = case.submission
    with pytest.raises(Refusal) as refused:
        scene.world.page("draft")
        Page.objects.get(pk=case.page_id).specific.save_revision()
    assert refused.value.code == "locked"
    with pytest.raises(Error) as error, transaction.atomic():
        SignOff.objects.create(
            submission=signed, position=case.position, decision="agree", opinion="check", digest="0" * 64,
            person_id=scene.town.who("egov", "web_manager").pk, unit_id=case.step_unit_id, post="web_manager",
            act=signed.pk,
        )  # fmt: skip
    assert refusal_of(error.value).code == "digest"
    changed = bytes(signed.document).replace("冲洗".encode(), "清洗".encode(), 1)
    with pytest.raises(Error) as error, transaction.atomic():
        insert(signed, changed)
    assert refusal_of(error.value).code == "digest"


def insert(submission, document):
    return Publication.objects.create(
        submission=submission, object_id=submission.object_id, path=submission.path,
        unit_id=submission.unit_id, document=document,
    )  # fmt: skip


@pytest.mark.article("14(1)")
def test_in_the_governments_name_the_departments_own_leader_cannot_finish_it(scene):
    case = hand_in(scene, in_government_name=True, government_category="announcement")
    assert case.route == "government"
    case = factories.advance_to(scene.town, case, "review")
    for post in ("reviewer", "branch_leader"):
        with pytest.raises(Refusal) as refused:
            acts.agree(case, scene.town.who("water", post), answers=clean_answers())
        assert refused.value.code == "not_holder"
    approve(scene, case)
    approval = SignOff.objects.get(submission_id=case.pk, opinion="approval")
    assert approval.unit_id == scene.town.units["gov"].pk


@pytest.mark.article("14(2)")
def test_another_departments_leader_does_not_act(scene):
    case = factories.advance_to(scene.town, hand_in(scene), "leader_opinion")
    case = factories.sign_next(scene.town, case)
    with pytest.raises(Refusal) as refused:
        acts.agree(case, scene.town.who("jiuzhou", "branch_leader"))
    assert refused.value.code == "not_holder"


@pytest.mark.article("14(3)")
def test_the_stock_farm_goes_by_its_own_office_and_leader(scene):
    """第十四条（三） for a unit that is no township: 山京畜牧场."""
    farm = unit("other", "山京畜牧场", "shanjing")
    scene.town.staff("farm", farm, factories.UNIT_POSTS)
    type(scene.page("column")).objects.update(contributor_kinds=["other"])
    factories.unit_page(scene.town, "farm")
    case = approve(scene, hand_in(scene, "farm"))
    assert (case.route, case.status) == ("township", "published")
    signed = SignOff.objects.filter(submission_id=case.pk, opinion__in=["review", "approval"])
    assert set(signed.values_list("unit_id", flat=True)) == {farm.pk}


@pytest.mark.article("14(4)")
def test_a_reprint_is_reviewed_by_the_site_manager_and_approved_by_the_portals_leader(scene):
    case = hand_in(scene, is_reprint=True, source_name="贵州日报", source_date="2026-11-20")
    assert case.route == "reprint"
    case = approve(scene, case)
    posts = dict(SignOff.objects.filter(submission_id=case.pk).values_list("opinion", "post"))
    assert (posts["review"], posts["approval"]) == ("web_manager", "portal_leader")
    assert "贵州日报" in public_side.get(case.submission.path)[1].decode()


@pytest.mark.article("14(5)")
def test_an_interactive_column_goes_by_editor_and_portal_leader(scene):
    type(scene.page("column")).objects.update(column_type="咨询投诉")
    case = approve(scene, hand_in(scene))
    posts = dict(SignOff.objects.filter(submission_id=case.pk).values_list("opinion", "post"))
    assert case.route == "interactive"
    assert (posts["review"], posts["approval"]) == ("web_editor", "portal_leader")


@pytest.mark.article("14(6)")
def test_sensitive_matter_is_invisible_to_those_it_does_not_concern(scene):
    case = hand_in(scene, title="险情处置通报", sensitive=True)
    assert case.route == "emergency"
    edit = f"/admin/pages/{case.page_id}/edit/"
    history = f"/admin/pages/{case.page_id}/history/"
    for kind in ("reviewer", "leader", "egov", "superuser"):
        browser = scene.browser(kind)
        assert {browser.get(url).status_code for url in (edit, history)} <= {302, 403, 404}
        for url in (
            f"/admin/pages/{scene.pages['unit']}/",
            "/admin/pages/search/?q=险情",
            "/admin/api/main/pages/",
        ):
            assert "险情处置通报" not in browser.get(url).content.decode(), (kind, url)
    assert scene.browser("author").get(history).status_code == 200


WRONG = (("1", "是"), ("2", "否"), ("3", "否"), ("4", "是"), ("6", "否"), ("7", "是"))


@pytest.mark.article("15")
@pytest.mark.parametrize(("number", "answer"), WRONG)
def test_the_wrong_answer_lets_nothing_pass(scene, number, answer):
    """第十五条: 一 四 七 want 否, 二 三 六 want 是; otherwise the reviewer cannot agree."""
    case = factories.advance_to(scene.town, hand_in(scene), "review")
    answers = clean_answers() | {number: {"value": answer, "text": ""}}
    with pytest.raises(Refusal, match="第十五条"):
        acts.agree(case, scene.town.who("water", "reviewer"), answers=answers)
    assert Case.objects.get(pk=case.pk).opinion == "review"


@pytest.mark.article("15")
def test_question_five_is_a_remark_and_never_blocks(scene):
    case = factories.advance_to(scene.town, hand_in(scene), "review")
    answers = clean_answers() | {"5": {"value": "否", "text": "事故通报"}}
    case = acts.agree(case, scene.town.who("water", "reviewer"), answers=answers)
    assert case.opinion == "leader_opinion" and case.remarkable


@pytest.mark.article("14")
def test_what_is_served_is_what_was_signed(scene):
    case = approve(scene, hand_in(scene))
    submission = submissions.Submission.objects.get(pk=case.pk)
    publication = Publication.objects.open().get(submission=submission)
    assert bytes(publication.document) == bytes(submission.document)
    assert parse(publication.document)["title"] in public_side.get(publication.path)[1].decode()
    with pytest.raises(Refusal):
        gate.complete(submission)
