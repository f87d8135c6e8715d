"""Who signs, who may not, and why; merged opinions; the last signature publishes (Articles 13, 14, 15)."""

import pytest
from wagtail.models import TaskState, WorkflowState

from publication.models import Publication, SignOff
from regulation.questions import clean_answers
from regulation.refusals import Refusal
from review import acts
from review.acts.performing import current_task_state
from review.models import Case
from review.rules import may_sign
from tests import factories
from tests.organisation_world import appoint, delegation, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town, column):
    page = factories.item(town, "water", column)
    return factories.submit(page, town.who("water", "author"))


def codes(case, user):
    return [refusal.code for refusal in may_sign(case, case.step, user).reasons]


@pytest.mark.article("14(2)")
def test_a_departments_item_goes_its_way_to_the_public(town, case):
    page_id = case.page_id
    seen = []
    while case.is_open:
        seen.append((case.opinion, case.status_label))
        assert not Publication.objects.filter(object_id=case.object_id).exists()
        case = factories.sign_next(town, case)
    assert [opinion for opinion, _label in seen] == [
        "secrecy",
        "review",
        "leader_opinion",
        "approval",
        "seal",
        "check",
    ]
    assert next(label for _o, label in seen) == "待保密审查"
    publication = Publication.objects.get(object_id=case.object_id)
    assert publication.digest == case.submission.digest and case.status == "published"
    from home.models import InformationPage

    page = InformationPage.objects.get(pk=page_id)
    assert page.live and page.live_revision_id == case.submission.revision_id
    assert WorkflowState.objects.get(pk=case.workflow_state_id).status == WorkflowState.STATUS_APPROVED


@pytest.mark.article("14")
def test_only_the_holder_of_the_post_signs(town, case):
    assert codes(case, town.who("water", "secrecy_reviewer")) == []
    for stranger in (
        town.who("jiuzhou", "secrecy_reviewer"),
        town.who("water", "branch_leader"),
        town.who("egov", "web_manager"),
        person("超级管理员", is_superuser=True),
    ):
        assert "not_holder" in codes(case, stranger)
        with pytest.raises(Refusal):
            acts.agree(case, stranger, question_one="否")
    assert not SignOff.objects.filter(submission_id=case.pk).exists()


@pytest.mark.article("14")
def test_the_author_does_not_sign_even_where_he_holds_the_post(town, case):
    author = town.who("water", "author")
    appoint(author, town.units["water"], "secrecy_reviewer")
    assert codes(case, author) == ["author_signs"]


@pytest.mark.article("14")
def test_one_person_one_act(town, case):
    reviewer = town.who("water", "secrecy_reviewer")
    appoint(reviewer, town.units["water"], "supervising_leader")
    case = factories.sign_next(town, case)
    case = factories.sign_next(town, case)
    assert case.opinion == "leader_opinion"
    assert codes(case, reviewer) == ["same_person"]


@pytest.mark.article("14")
def test_the_dedicated_person_may_be_the_author(town, column):
    author = factories.join_posts(town, "water", "author", "dedicated")
    case = factories.submit(factories.item(town, "water", column), author)
    case = factories.advance_to(town, case, "seal")
    case = factories.sign_next(town, case, author)
    assert case.opinion == "check"


@pytest.mark.article("14")
def test_leaders_opinion_and_approval_in_one_act(town, column):
    leader = factories.join_posts(town, "water", "branch_leader", "supervising_leader")
    case = factories.submit(factories.item(town, "water", column), town.who("water", "author"))
    case = factories.advance_to(town, case, "leader_opinion")
    case = acts.agree(case, leader)
    rows = SignOff.objects.filter(submission_id=case.pk, person_id=leader.pk)
    assert [r.opinion for r in rows.order_by("position")] == ["leader_opinion", "approval"]
    assert len({r.act for r in rows}) == 1 and case.opinion == "seal"
    approved = TaskState.objects.filter(workflow_state_id=case.workflow_state_id, status="approved")
    assert approved.count() == 4


@pytest.mark.article("13")
def test_secrecy_and_review_in_one_act_need_both_answers(town, column):
    one = factories.join_posts(town, "water", "secrecy_reviewer", "reviewer")
    case = factories.submit(factories.item(town, "water", column), town.who("water", "author"))
    with pytest.raises(Refusal):
        acts.agree(case, one, question_one="否")
    case = acts.agree(Case.objects.get(pk=case.pk), one, question_one="否", answers=clean_answers())
    assert case.opinion == "leader_opinion"


@pytest.mark.article("13")
def test_a_delegate_signs_in_anothers_stead_and_it_shows(town, case):
    grantor, to = town.who("water", "supervising_leader"), town.who("water", "branch_leader")
    case = factories.advance_to(town, case, "leader_opinion")
    lent = delegation(grantor, to, town.units["water"], "supervising_leader")
    case = acts.agree(case, to, merge=False)
    row = SignOff.objects.get(submission_id=case.pk, opinion="leader_opinion")
    assert row.delegation_id == lent.pk and row.person_id == to.pk


@pytest.mark.article("15")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"1": {"value": "是", "text": ""}}, "leads_to_quarantine"),
        ({"1": {"value": "不明确", "text": ""}}, "leads_to_refer"),
        ({"2": {"value": "否", "text": ""}}, "leads_to_return"),
        ({"4": {"value": "是", "text": ""}}, "leads_to_return"),
        ({"6": {"value": "否", "text": ""}}, "leads_to_hold"),
        ({"7": {"value": "是", "text": ""}}, "leads_to_escalate"),
        ({"8": {"value": "是", "text": ""}}, "source_needed"),
        ({"9": {"value": "", "text": ""}}, "incomplete"),
        ({"3": {"value": "", "text": ""}}, "incomplete"),
        ({"3": {"value": "也许", "text": ""}}, "incomplete"),
    ],
)
def test_answers_decide_whether_the_reviewer_may_pass(town, case, changed, code):
    case = factories.advance_to(town, case, "review")
    with pytest.raises(Refusal) as refused:
        acts.agree(case, town.who("water", "reviewer"), answers=clean_answers() | changed)
    assert refused.value.code == code
    assert Case.objects.get(pk=case.pk).opinion == "review"


@pytest.mark.article("15")
def test_exceptions_stay_visible_and_a_statutory_basis_needs_the_leaders_reason(town, case):
    case = factories.advance_to(town, case, "review")
    answers = clean_answers() | {
        "4": {"value": "是", "text": "行政处罚法第四十八条"},
        "5": {"value": "否", "text": ""},
    }
    case = acts.agree(case, town.who("water", "reviewer"), answers=answers)
    assert case.remarkable
    leader = town.who("water", "supervising_leader")
    with pytest.raises(Refusal):
        acts.agree(case, leader)
    case = acts.agree(case, leader, remark="依法应当公开的行政处罚决定")
    assert case.opinion == "approval"


@pytest.mark.article("13")
def test_no_seal_no_step(town, case):
    case = factories.advance_to(town, case, "seal")
    with pytest.raises(Refusal) as refused:
        acts.agree(case, town.who("water", "dedicated"))
    assert refused.value.article == "13"
    assert Case.objects.get(pk=case.pk).opinion == "seal"


@pytest.mark.article("14")
def test_the_same_task_state_acts_once(town, case):
    """Two tabs, two clicks: the second finds the step dealt with."""
    state = current_task_state(case)
    data = {"question_one": "否", "proposed_form": "web"}
    state.task.specific.on_action(state, town.who("water", "secrecy_reviewer"), "approve", **data)
    with pytest.raises(Refusal) as refused:
        state.task.specific.on_action(state, town.who("water", "secrecy_reviewer"), "approve", **data)
    assert refused.value.code == "already_signed"
    assert SignOff.objects.filter(submission_id=case.pk).count() == 1
