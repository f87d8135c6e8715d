"""纸质签批补录: entered by one, checked by another, told to the leader, who can disown it (Articles 12, 14)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publication.models import Publication, SignOff
from regulation.refusals import Refusal
from review import acts, approval_pdf, papers
from review.acts import paper
from review.models import Case, PaperOpinion
from tests import factories, paper_world

pytestmark = [pytest.mark.django_db, pytest.mark.article("14")]


@pytest.fixture
def case(town, column):
    page = factories.item(town, "water", column)
    return factories.submit(page, town.who("water", "author"))


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def code_of(call, *args, **kwargs):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        call(*args, **kwargs)
    return refused.value.code


def test_one_enters_another_checks_and_it_is_the_leaders_signature(town, case):
    clerk, second = town.who("water", "author"), town.who("egov", "web_manager")
    entered = paper_world.enter(town, case, clerk)
    assert not SignOff.objects.filter(submission_id=case.pk).exists()
    assert list(papers.to_verify(second)) == [entered] and not papers.to_verify(clerk)
    case = paper.verify(entered, second)
    signed = SignOff.objects.get(submission_id=case.pk)
    assert (signed.medium, signed.person_id) == ("paper", town.who("water", "secrecy_reviewer").pk)
    assert signed.detail["paper"] == entered.pk and signed.detail["question_one"] == "否"
    assert case.opinion == "review"
    assert [told["case"].pk for told in papers.signed_in_my_name(town.who("water", "secrecy_reviewer"))] == [
        case.pk
    ]


def test_who_may_not_enter_and_not_check(town, case):
    clerk, leader = town.who("water", "dedicated"), town.who("water", "secrecy_reviewer")
    assert code_of(paper_world.enter, town, case, leader) == "own_signature"
    assert code_of(paper_world.enter, town, case, town.who("jiuzhou", "dedicated")) == "not_desk"
    assert (
        code_of(paper_world.enter, town, case, clerk, person=town.who("water", "branch_leader"))
        == "not_holder"
    )
    entered = paper_world.enter(town, case, clerk)
    assert code_of(paper_world.enter, town, case, clerk) == "already_signed"
    checks = {
        "water": ("dedicated", "secrecy_reviewer", "author", "branch_leader"),
        "jiuzhou": ("dedicated",),
    }
    codes = [
        code_of(paper.verify, entered, town.who(unit, post))
        for unit, posts in checks.items()
        for post in posts
    ]
    assert codes == ["second_person", "second_person", "author_checks", "not_desk", "not_desk"]
    assert not SignOff.objects.filter(submission_id=case.pk).exists()


def test_later_steps_are_entered_ahead_and_count_in_their_turn(town, case):
    clerk, second = town.who("water", "dedicated"), town.who("egov", "web_manager")
    later = next(s for s in case.steps if s.opinion == "leader_opinion")
    ahead = paper_world.enter(town, case, clerk, step=later)
    assert code_of(paper.verify, ahead, second) == "out_of_turn"
    case = factories.advance_to(town, case, "leader_opinion")
    case = paper.verify(ahead, second)
    assert case.opinion == "approval"


def test_one_paper_carries_two_opinions_where_one_act_may(town, case):
    factories.join_posts(town, "water", "branch_leader", "supervising_leader")
    case = factories.advance_to(town, case, "leader_opinion")
    entered = paper_world.enter(
        town, case, town.who("water", "dedicated"), person=town.who("water", "branch_leader")
    )
    assert len(entered.positions) == 2
    case = paper.verify(entered, town.who("egov", "web_manager"))
    assert case.opinion == "seal"
    assert SignOff.objects.filter(submission_id=case.pk, medium="paper").count() == 2


def test_refused_on_paper_ends_the_item(town, case):
    entered = paper_world.enter(
        town, case, town.who("water", "dedicated"), action="refuse", remark="不宜公开"
    )
    case = paper.verify(entered, town.who("egov", "web_manager"))
    assert case.status == "refused"


def test_sent_back_counts_for_nothing_and_stays(town, case):
    entered = paper_world.enter(town, case, town.who("water", "dedicated"))
    second = town.who("egov", "web_manager")
    assert code_of(paper.send_back, entered, second, " ") == "no_reason"
    paper.send_back(entered, second, "纸面无签名")
    assert code_of(paper.verify, entered, second) == "dealt_with"
    assert paper_world.enter(town, case, town.who("water", "dedicated")).pk != entered.pk


def test_the_leader_disowns_it_and_the_item_goes_down(town, case):
    case = factories.advance_to(town, case, "approval")
    case = paper.verify(
        paper_world.enter(town, case, town.who("water", "dedicated")), town.who("egov", "web_manager")
    )
    case = factories.publish(town, case)
    leader = town.who("water", "branch_leader")
    signed = SignOff.objects.get(submission_id=case.pk, medium="paper")
    desk = client_of(leader).get("/admin/").content.decode()
    assert "非本人签批" in desk and case.title in desk
    client_of(leader).post(reverse("review:disown", args=[signed.pk]), {"remark": "我当日出差，未签"})
    assert not Publication.objects.filter(object_id=case.object_id, ended_at__isnull=True).exists()
    assert papers.signed_in_my_name(leader) == []


def test_the_database_lets_no_paper_in_without_its_checked_scan(town, case):
    entered = paper_world.enter(town, case, town.who("water", "dedicated"))
    person = town.who("water", "secrecy_reviewer")
    from organisation.authority import find_authority
    from publication import signing

    held = find_authority(person, case.unit_id, ["secrecy_reviewer"])
    for detail in ({}, {"paper": entered.pk}, {"paper": 0}):
        assert (
            code_of(signing.sign, case.submission, [1], person, [held], medium="paper", detail=detail)
            == "paper"
        )
    for changes in (
        {"verified_by": entered.entered_by, "verified_at": timezone.now()},
        {"verified_by": person, "verified_at": timezone.now()},
        {"verified_by": town.who("egov", "web_manager"), "verified_at": timezone.now() - timedelta(days=1)},
        {"sha256": "0" * 64},
        {"person": town.who("water", "branch_leader")},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperOpinion.objects.filter(pk=entered.pk).update(**changes)


def test_what_a_browser_sends_never_speaks_for_a_person(town, case):
    leader = town.who("water", "secrecy_reviewer")
    case = acts.agree(case, leader, question_one="否", paper=1, medium="paper")
    assert SignOff.objects.get(submission_id=case.pk).medium == "online"


@pytest.mark.article("12")
def test_screens_from_the_sheet_to_the_check(town, case):
    clerk, second = town.who("water", "dedicated"), town.who("egov", "web_manager")
    sheet = client_of(clerk).get(reverse("review:paper_sheet", args=[case.pk]))
    assert sheet.content.startswith(b"%PDF") and case.submission.digest in approval_pdf.qr_text(case)
    address = reverse("review:enter_paper", args=[case.pk, 1, town.who("water", "secrecy_reviewer").pk])
    assert address in client_of(clerk).get(reverse("review:papers", args=[case.pk])).content.decode()
    given = {
        "scan-signed_on": "2026-11-20",
        "scan-reason": "meeting",
        "question_one": "否",
        "remark": "纸上写明",
    }
    answer = client_of(clerk).post(address, given)
    assert (
        answer.status_code == 200 and "纸上写明" in answer.content.decode()
    )  # no scan: refused, nothing lost
    client_of(clerk).post(address, given | {"scan-file": paper_world.picture(), "proposed_form": "web"})
    entered = PaperOpinion.objects.get(submission_id=case.pk)
    page = client_of(second).get(reverse("review:verify_paper", args=[entered.pk])).content.decode()
    assert "与纸面一致" in page and "纸上写明" in page
    assert client_of(second).get(reverse("review:paper_scan", args=[entered.pk])).status_code == 200
    assert (
        client_of(town.who("jiuzhou", "author"))
        .get(reverse("review:paper_scan", args=[entered.pk]))
        .status_code
        == 404
    )
    found = client_of(second).get(reverse("review:waiting_papers"), {"q": approval_pdf.qr_text(case)})
    assert found["Location"] == reverse("review:papers", args=[case.pk])
    client_of(second).post(reverse("review:verify_paper", args=[entered.pk]), {"answer": "verify"})
    assert Case.objects.get(pk=case.pk).opinion == "review"
