"""Returned, escalated, refused, withdrawn, sealed away: how a submission ends without publication."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from publication import gate
from publication.models import Publication, SignOff, SubmissionEnd
from regulation.questions import clean_answers
from regulation.refusals import Refusal
from review import acts
from review.dossier import Dossier
from review.models import Case, Escalation
from review.visibility import hidden_page_ids, may_see
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(town, column):
    return factories.item(town, "water", column)


@pytest.fixture
def case(town, page):
    return factories.submit(page, town.who("water", "author"))


def rewrite(page, text):
    """The author changes the text of the draft, as the editor would save it."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.body = [("rich_text", f"<p>{text}</p>")]
    draft.save_revision(user=page.owner)
    return type(page).objects.get(pk=page.pk)


@pytest.mark.article("14")
def test_returning_needs_a_coded_reason(town, case):
    case = factories.advance_to(town, case, "review")
    reviewer = town.who("water", "reviewer")
    for reason, remark in (("", "请修改"), ("whatever", "请修改"), ("wording", "")):
        with pytest.raises(Refusal):
            acts.return_(case, reviewer, reason=reason, remark=remark)
    case = acts.return_(case, reviewer, reason="wording", remark="标题有错别字")
    assert case.status_label == "已退回" and not case.is_open
    end = SubmissionEnd.objects.get(submission_id=case.pk)
    assert (end.kind, end.reason_code) == ("returned", "wording")
    state = WorkflowState.objects.get(pk=case.workflow_state_id)
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES


@pytest.mark.article("14")
def test_changed_content_starts_at_step_one_and_earlier_signers_see_the_difference(town, page, case):
    case = factories.advance_to(town, case, "review")
    acts.return_(case, town.who("water", "reviewer"), reason="fact", remark="时间不对")
    page = rewrite(page, "城区供水管网定于周三冲洗，请提前储水。")
    again = factories.submit(page, town.who("water", "author"))
    assert again.opinion == "secrecy" and again.replaces_id == case.pk
    seen = Dossier(again, town.who("water", "secrecy_reviewer")).since_signed
    assert len(seen) >= 1 and any("周三" in change.marked for change in seen)
    assert Dossier(again, town.who("water", "branch_leader")).since_signed is None
    case = factories.publish(town, again)
    assert Publication.objects.get(object_id=case.object_id).digest == again.submission.digest


@pytest.mark.article("13")
def test_a_blurred_scan_goes_back_to_the_seal_only(town, case):
    case = factories.advance_to(town, case, "check")
    before = SignOff.objects.filter(submission_id=case.pk, decision="agree").count()
    case = acts.reopen(case, town.who("egov", "web_manager"), reason="blurred", remark="看不清公章")
    assert case.is_open and case.opinion == "seal"
    with pytest.raises(Refusal):
        acts.agree(case, town.who("water", "dedicated"))
    case = factories.sign_next(town, case)
    assert case.opinion == "check"
    assert SignOff.objects.filter(submission_id=case.pk, decision="agree").count() == before + 1
    case = factories.sign_next(town, case)
    assert case.status == "published"


@pytest.mark.article("13")
def test_on_route_four_the_check_of_the_form_is_part_of_the_portals_review(town, column):
    origin = {"source_name": "省报", "source_date": "2026-11-20"}
    page = factories.item(town, "water", column, is_reprint=True, **origin)
    case = factories.advance_to(town, factories.submit(page, town.who("water", "author")), "review")
    manager = town.who("egov", "web_manager")
    with pytest.raises(Refusal) as caught:
        acts.agree(case, manager, answers=clean_answers())
    assert "审查表与信息内容核对一致" in str(caught.value)
    case = acts.reopen(case, manager, reason="blurred", remark="看不清公章")
    assert case.opinion == "seal"
    case = factories.publish(town, case)
    assert case.status == "published"
    review = SignOff.objects.get(submission_id=case.pk, opinion="review", decision="agree")
    assert review.detail["form_agrees"] is True


@pytest.mark.article("14(6)")
def test_any_reviewer_escalates_to_route_six(town, case):
    case = factories.advance_to(town, case, "review")
    old = acts.escalate(case, town.who("water", "reviewer"), remark="涉及停水，可能引发误解")
    assert not old.is_open
    new = Case.objects.open().get(object_id=old.object_id)
    assert (new.route, new.opinion, new.restricted) == ("emergency", "secrecy", True)
    assert bytes(new.submission.document) == bytes(old.submission.document)
    assert Escalation.objects.get(from_submission_id=old.pk).to_submission_id == new.pk
    assert WorkflowState.objects.get(pk=old.workflow_state_id).status == "cancelled"
    new = factories.publish(town, new)
    assert new.status == "published"
    assert list(
        SignOff.objects.filter(submission_id=new.pk, opinion="approval").values_list("post", flat=True)
    ) == ["principal_leader"]


@pytest.mark.article("14(6)")
def test_access_to_route_six_is_limited(town, case):
    case = factories.advance_to(town, case, "review")
    old = acts.escalate(case, town.who("water", "reviewer"), remark="敏感")
    new = Case.objects.open().get(object_id=old.object_id)
    for inside in (
        town.who("water", "author"),
        town.who("water", "secrecy_reviewer"),
        town.who("egov", "supervising_leader"),
        town.who("gov", "principal_leader"),
    ):
        assert may_see(new, inside)
        assert new.page_id not in set(hidden_page_ids(inside))
    for outside in (
        town.who("jiuzhou", "author"),
        town.who("water", "branch_leader"),
        town.who("egov", "web_editor"),
        town.who("gov", "author"),
    ):
        assert not may_see(new, outside)
        assert new.page_id in set(hidden_page_ids(outside))


@pytest.mark.article("14(6)")
def test_only_the_egov_leader_brings_it_down_again(town, case):
    case = factories.advance_to(town, case, "review")
    old = acts.escalate(case, town.who("water", "reviewer"), remark="敏感")
    new = factories.advance_to(town, Case.objects.open().get(object_id=old.object_id), "review")
    assert new.task == "review_egov_leader"
    down = acts.come_down(new, town.who("egov", "supervising_leader"), remark="一般停水通知，不属敏感")
    assert not down.is_open
    again = Case.objects.open().get(object_id=old.object_id)
    assert again.route == "department" and again.opinion == "secrecy"


@pytest.mark.article("14")
@pytest.mark.parametrize("opinion", ["secrecy", "approval", "check"])
def test_the_author_withdraws_until_publication(town, case, opinion):
    case = factories.advance_to(town, case, opinion)
    with pytest.raises(Refusal):
        acts.withdraw(case, town.who("water", "branch_leader"))
    case = acts.withdraw(case, town.who("water", "author"))
    assert case.status_label == "已撤回"
    assert not Publication.objects.filter(object_id=case.object_id).exists()


@pytest.mark.article("14")
def test_what_waits_for_its_minute_is_still_the_authors_to_withdraw(town, page):
    author = town.who("water", "author")
    case = factories.submit(page, author, publish_at=timezone.now() + timedelta(hours=3))
    while case.opinion:
        case = factories.sign_next(town, case)
    assert case.status_label == "待定时发布" and case.is_open
    assert not Publication.objects.filter(object_id=case.object_id).exists()
    case = acts.withdraw(case, author)
    assert case.status_label == "已撤回"
    assert gate.release_due(timezone.now() + timedelta(hours=4)) in (0, [], None)
    assert not Publication.objects.filter(object_id=case.object_id).exists()


@pytest.mark.article("14")
def test_a_correction_supersedes_and_both_cases_say_so(town, page, case):
    first = factories.publish(town, case)
    page = rewrite(page, "城区供水管网改为周四冲洗。")
    second = factories.publish(town, factories.submit(page, town.who("water", "author")))
    assert Case.objects.get(pk=first.pk).status_label == "已被更正"
    assert second.status_label == "已发布" and type(page).objects.get(pk=page.pk).live


@pytest.mark.article("14")
def test_a_published_item_is_not_withdrawn(town, case):
    case = factories.publish(town, case)
    with pytest.raises(Refusal):
        acts.withdraw(case, town.who("water", "author"))


@pytest.mark.article("13")
def test_refused_is_registered_and_can_be_tried_again(town, page, case):
    case = acts.refuse(case, town.who("water", "secrecy_reviewer"), remark="含内部资料")
    assert case.status_label == "不同意（已登记）"
    again = factories.submit(page, town.who("water", "author"))
    assert again.opinion == "secrecy"


@pytest.mark.article("13")
def test_what_is_sealed_away_is_seen_by_the_secrecy_body_only(town, case):
    case = acts.quarantine(case, town.who("water", "secrecy_reviewer"), remark="疑似涉密")
    assert case.status_label == "已封存" and case.safe_title == "（已封存）"
    assert may_see(case, town.who("water", "secrecy_body"))
    for other in (
        town.who("water", "author"),
        town.who("water", "secrecy_reviewer"),
        town.who("gov", "reviewer"),
        town.who("jiuzhou", "secrecy_body"),
    ):
        assert not may_see(case, other)


@pytest.mark.article("15(6)")
def test_held_items_wait_and_go_on(town, case):
    case = factories.advance_to(town, case, "review")
    reviewer = town.who("water", "reviewer")
    case = acts.hold(case, reviewer, remark="会后再发")
    assert case.status_label == "暂缓发布" and case.opinion == "review"
    case = factories.sign_next(town, case, reviewer)
    assert case.opinion == "leader_opinion" and case.pause == ""


@pytest.mark.article("13")
def test_nobody_agrees_while_the_secrecy_body_examines(town, case):
    reviewer = town.who("water", "secrecy_reviewer")
    case = acts.refer(case, reviewer, remark="数据是否定密不明确")
    assert case.pause == "referred" and case.posts == ["secrecy_body"]
    with pytest.raises(Refusal):
        acts.agree(case, reviewer, question_one="否")
    with pytest.raises(Refusal):
        acts.conclude(case, reviewer, verdict="clear", text="可以公开")


@pytest.mark.article("14")
def test_a_withdrawal_is_undone_with_the_same_bytes_and_no_signature(town, page, case, client):
    author = town.who("water", "author")
    case = factories.advance_to(town, case, "review")
    case = acts.withdraw(case, author)
    client.force_login(author, backend="organisation.authentication.AppointedBackend")
    assert "撤销撤回" in client.get(reverse("review:review", args=[case.pk])).content.decode()
    client.post(reverse("review:undo_withdrawal", args=[case.pk]))
    again = Case.objects.open().get(page_id=page.pk)
    assert again.opinion == "secrecy" and again.replaces_id == case.pk
    assert bytes(again.submission.document) == bytes(case.submission.document)
    assert not SignOff.objects.filter(submission_id=again.pk).exists()
    assert Case.objects.get(pk=case.pk).status == "withdrawn", "the record keeps what happened"
    assert factories.publish(town, again).status == "published"


def test_only_ones_own_last_unchanged_withdrawal_is_undone(town, page, case):
    author = town.who("water", "author")
    with pytest.raises(Refusal) as caught:
        acts.undo_withdrawal(case, author)
    assert caught.value.code == "not_withdrawn"
    case = acts.withdraw(case, author)
    with pytest.raises(Refusal) as caught:
        acts.undo_withdrawal(case, town.who("water", "reviewer"))
    assert caught.value.code == "not_author"
    rewrite(page, "城区供水管网定于周三冲洗，请提前储水。")
    with pytest.raises(Refusal) as caught:
        acts.undo_withdrawal(case, author)
    assert caught.value.code == "changed"
    factories.submit(page, author)
    with pytest.raises(Refusal) as caught:
        acts.undo_withdrawal(case, author)
    assert caught.value.code == "not_withdrawn"


@pytest.mark.article("11")
def test_whoever_took_over_does_not_hand_in_in_the_authors_name(town, page, case):
    successor = town.who("water", "reviewer")
    Case.objects.filter(pk=case.pk).update(keeper=successor)
    case = acts.withdraw(Case.objects.get(pk=case.pk), successor)
    for person in (successor, town.who("water", "author")):
        with pytest.raises(Refusal) as caught:
            acts.undo_withdrawal(case, person)
        assert (caught.value.code, caught.value.article) == ("handed_over", "11")
    assert not Case.objects.open().filter(page_id=page.pk).exists()
