"""Rows of the statutory table: filled in once, two opinions by two others, void alone (Article 13, attachment)."""

import pytest

from regulation.refusals import Refusal
from review import acts
from review.models import Case
from secrecy.digests import row_digest
from secrecy.models import Referral, SecrecyRow
from tests import factories
from tests.organisation_world import delegation
from tests.secrecy_world import row_of

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]


@pytest.fixture
def case(town, column):
    page = factories.item(town, "water", column)
    return factories.submit(page, town.who("water", "author"))


def test_submitting_fills_in_the_row_bound_to_the_digest(town, case):
    row = row_of(case)
    assert row.name == case.title
    assert row.author == town.who("water", "author")
    assert row.content_digest == case.submission.digest
    assert (row.source, row.form, row.reviewer_opinion, row.digest) == ("own", "web", "", "")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"source": "reprint"}, "转载"),
        ({"source": "reprint", "reprint_source": "省报"}, ""),
        ({"form": "other"}, ""),
        ({"source": "both"}, ""),
        ({"form": ""}, ""),
        ({"department": ""}, "部门"),
        ({"department": "长" * 101}, "部门"),
    ],
)
def test_an_incomplete_row_is_refused_and_nothing_is_written(town, column, given, sentence):
    page = factories.item(town, "water", column)
    row = {"department": "办公室", "source": "own", "form": "web"} | given
    with pytest.raises(Refusal) as refusal:
        factories.submit(page, town.who("water", "author"), row=row)
    assert refusal.value.article == "13"
    assert sentence in str(refusal.value)
    assert not Case.objects.filter(page_id=page.pk).exists()
    assert not SecrecyRow.objects.filter(name=page.title).exists()


def test_both_opinions_are_the_persons_who_signed_them(town, case):
    case = factories.advance_to(town, case, "seal")
    row = row_of(case)
    assert row.reviewer == town.who("water", "secrecy_reviewer")
    assert row.leader == town.who("water", "supervising_leader")
    assert row.created_at < row.reviewed_at < row.decided_at
    assert row.is_decided


def test_the_digest_of_the_database_is_the_one_the_program_computes(town, case):
    case = factories.advance_to(town, case, "seal")
    row = row_of(case)
    assert len(row.digest) == 64
    assert row.digest == row_digest(row)


def test_agreeing_needs_the_answer_no_to_question_one(town, case):
    who = town.who("water", "secrecy_reviewer")
    for answer in ("是", "不明确", ""):
        with pytest.raises(Refusal):
            acts.agree(case, who, question_one=answer)
    assert row_of(case).reviewer_opinion == ""


def test_a_refused_row_is_registered_and_a_retry_cites_it(town, column, case):
    acts.refuse(case, town.who("water", "secrecy_reviewer"), remark="时机不宜")
    refused = row_of(case)
    assert refused.reviewer_opinion == "disagree"
    assert refused.digest == row_digest(refused)
    page = factories.item(town, "water", column)
    case.refresh_from_db()
    again = factories.submit(_page_of(case), town.who("water", "author"))
    assert row_of(again).cites == refused
    assert row_of(factories.submit(page, town.who("water", "author"))).cites is None


def _page_of(case):
    from home.models import InformationPage

    return InformationPage.objects.get(pk=case.page_id)


def test_the_leader_refuses_too(town, case):
    case = factories.advance_to(town, case, "leader_opinion")
    acts.refuse(case, town.who("water", "supervising_leader"), remark="不同意发布")
    row = row_of(case)
    assert (row.reviewer_opinion, row.leader_opinion) == ("agree", "disagree")
    assert row.is_refused
    case.refresh_from_db()
    assert case.status == "refused"


@pytest.mark.parametrize("form", ["on_request", "other"])
def test_another_form_is_proposed_by_the_reviewer_and_decided_by_the_leader(town, case, form):
    case = acts.agree(
        case, town.who("water", "secrecy_reviewer"), question_one="否", merge=False,
        proposed_form=form, proposed_other_form="公开栏" if form == "other" else "",
    )  # fmt: skip
    assert row_of(case).form == "web"
    case = factories.advance_to(town, case, "leader_opinion")
    leader = town.who("water", "supervising_leader")
    with pytest.raises(Refusal):
        acts.agree(case, leader)
    (acts.on_request if form == "on_request" else acts.other_form)(case, leader)
    row = row_of(case)
    assert row.form == form
    assert row.other_form == ("公开栏" if form == "other" else "")
    case.refresh_from_db()
    assert case.ended_at is not None
    assert case.publication_id is None


def test_what_the_author_ticks_off_the_web_never_goes_there(town, column):
    page = factories.item(town, "water", column)
    row = {"department": "办公室", "source": "own", "form": "on_request"}
    case = factories.submit(page, town.who("water", "author"), row=row)
    case = factories.advance_to(town, case, "leader_opinion")
    with pytest.raises(Refusal):
        acts.agree(case, town.who("water", "supervising_leader"))
    acts.on_request(case, town.who("water", "supervising_leader"))
    case.refresh_from_db()
    assert case.status == "on_request"


def test_a_return_voids_that_row_only(town, column, case):
    other = factories.submit(factories.item(town, "water", column), town.who("water", "author"))
    acts.return_(case, town.who("water", "secrecy_reviewer"), reason=_return_reason(), remark="补充内容")
    assert row_of(case).is_voided
    assert not row_of(other).is_voided


def _return_reason():
    from review import reasons

    return reasons.RETURN_REASONS[0][0]


def test_escalation_carries_the_row_over_and_asks_for_new_opinions(town, case):
    case = factories.advance_to(town, case, "review")
    old = row_of(case)
    acts.escalate(case, town.who("water", "reviewer"), remark="属敏感信息")
    new_case = Case.objects.open().get(object_id=case.object_id)
    old.refresh_from_db()
    new = row_of(new_case)
    assert old.is_voided
    assert new.cites == old
    assert (new.department, new.form, new.reviewer_opinion) == (old.department, "web", "")


def test_the_unclear_waits_for_a_written_conclusion(town, case):
    reviewer, body = town.who("water", "secrecy_reviewer"), town.who("water", "secrecy_body")
    acts.refer(case, reviewer, remark="涉及内部水源地位置，是否可以公开不明确")
    case.refresh_from_db()
    assert Referral.objects.get().row == row_of(case)
    with pytest.raises(Refusal):
        acts.agree(case, reviewer, question_one="否")
    with pytest.raises(Refusal):
        acts.conclude(case, reviewer, verdict="public", text="可以")
    with pytest.raises(Refusal):
        acts.conclude(case, body, verdict="public", text="  ")
    case = acts.conclude(case, body, verdict="public", text="经审查，不涉及国家秘密和工作秘密。")
    case = acts.agree(case, reviewer, question_one="否", merge=False)
    assert row_of(case).reviewer_opinion == "agree"


def test_a_conclusion_against_the_web_binds_the_reviewer(town, case):
    reviewer = town.who("water", "secrecy_reviewer")
    acts.refer(case, reviewer, remark="不明确")
    case = acts.conclude(case, town.who("water", "secrecy_body"), verdict="withheld", text="属内部事务信息。")
    with pytest.raises(Refusal) as refusal:
        acts.agree(case, reviewer, question_one="否", merge=False)
    assert refusal.value.code == "concluded_otherwise"
    case = acts.agree(case, reviewer, question_one="否", merge=False, proposed_form="on_request")
    assert row_of(case).proposed_form == "on_request"


def test_a_delegation_is_kept_with_the_opinion(town, case):
    case = factories.advance_to(town, case, "leader_opinion")
    deputy = town.who("water", "branch_leader")
    made = delegation(
        town.who("water", "supervising_leader"), deputy, town.units["water"], "supervising_leader"
    )
    acts.agree(case, deputy, merge=False)
    row = row_of(case)
    assert (row.leader, row.leader_delegation_id) == (deputy, made.pk)
