"""政策解读 (Article 14(1) ¶3): a policy and its interpretation go online in one transaction, or a signed reason says why not."""

import pytest
from django.db import transaction
from django.urls import reverse

from home.models import InformationPage
from publication import gate
from publication.documents import parse
from publication.models import Publication, Release, SignOff, Submission
from regulation.refusals import Refusal
from review import acts
from tests import factories, portal_world, publication_world
from tests.regulation import public_side

pytestmark = [pytest.mark.django_db, pytest.mark.article("14(1)3")]
BACKEND = "organisation.authentication.AppointedBackend"
TOGETHER = {"interpretation": "together", "no_interpretation": ""}


@pytest.fixture
def policy(town, column):
    return portal_world.policy(town, column, **TOGETHER)


@pytest.fixture
def reading(town, column, policy):
    return factories.item(town, "water", column, title="供水管理办法解读", interprets=policy)


def hand_in(town, page):
    return factories.submit(page, town.who("water", "author"))


def rewritten(page, **fields):
    """As the author saves the draft: the row of a page that is not public follows."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save()
    page.save_revision(user=page.owner)
    return page


def is_online(page):
    return Publication.objects.open().filter(object_id=page.object_id).exists()


def code_of(town, page):
    with pytest.raises(Refusal) as refused:
        hand_in(town, page)
    assert refused.value.article == "14(1)3"
    return refused.value.code


def test_a_policy_says_how_it_is_explained(town, column, policy):
    assert code_of(town, policy) == "no_interpretation"
    assert code_of(town, rewritten(policy, interpretation="")) == "interpretation_unsaid"
    assert code_of(town, rewritten(policy, interpretation="not_needed")) == "no_reason"
    factories.item(town, "water", column, interprets=policy)
    assert code_of(town, rewritten(policy, no_interpretation="内部事项")) == "contradiction"


@pytest.mark.parametrize("first", ["policy", "reading"])
def test_both_go_online_in_one_moment_linked_both_ways(town, policy, reading, first):
    pages = [policy, reading] if first == "policy" else [reading, policy]
    waiting = factories.publish_until_waiting(town, hand_in(town, pages[0]))
    assert (waiting.status, is_online(pages[0])) == ("bundled", False)
    assert gate.release_due() == 0
    factories.publish(town, hand_in(town, pages[1]))
    both = list(Publication.objects.open().filter(object_id__in=[policy.object_id, reading.object_id]))
    assert len(both) == 2
    waiting.refresh_from_db()
    assert waiting.status == "published"
    paths = {p.object_id: p.path for p in both}
    assert paths[reading.object_id] in public_side.get(paths[policy.object_id])[1].decode()
    assert paths[policy.object_id] in public_side.get(paths[reading.object_id])[1].decode()


def test_what_breaks_off_in_the_middle_leaves_neither(town, policy, reading, monkeypatch):
    factories.publish_until_waiting(town, hand_in(town, policy))
    case = factories.advance_to(town, hand_in(town, reading), "check")
    put, calls = gate._put, []

    def breaks_off(submission, restores):
        calls.append(submission)
        if len(calls) == 2:
            raise RuntimeError("the power is gone")
        return put(submission, restores)

    monkeypatch.setattr(gate, "_put", breaks_off)
    with pytest.raises(RuntimeError), transaction.atomic():
        factories.sign_next(town, case)
    assert not is_online(policy) and not is_online(reading)
    monkeypatch.undo()
    factories.sign_next(town, case)
    assert is_online(policy) and is_online(reading)


def test_the_reason_against_is_signed_by_all_and_read_by_all(town, column):
    reason = "仅规范本单位内部用水台账，不涉及群众生产生活。"
    page = portal_world.policy(town, column, interpretation="not_needed", no_interpretation=reason)
    case = factories.publish(town, hand_in(town, page))
    assert parse(case.submission.document)["policy"]["no_interpretation"] == reason
    signed = SignOff.objects.filter(submission_id=case.pk, decision="agree")
    assert {row.digest for row in signed} == {case.submission.digest}
    publication = Publication.objects.get(pk=case.publication_id)
    assert reason in public_side.get(publication.path)[1].decode()


def test_an_interpretation_that_is_given_up_holds_the_policy_back_no_longer(town, column, policy, reading):
    other = factories.item(town, "water", column, title="图解", interprets=policy)
    given_up = hand_in(town, other)
    factories.publish_until_waiting(town, hand_in(town, reading))
    case = factories.advance_to(town, hand_in(town, policy), "check")
    acts.withdraw(given_up, given_up.author)
    assert factories.sign_next(town, case).status == "bundled", "its signed bytes name the one given up"
    acts.withdraw(case.__class__.objects.get(pk=case.pk), case.author)
    rewritten(other, interprets=None)
    factories.publish(town, hand_in(town, policy))
    assert is_online(policy) and is_online(reading) and not is_online(other)


def test_no_interpretation_of_what_does_not_go_with_it(town, column):
    page = portal_world.policy(town, column)
    reading = factories.item(town, "water", column, interprets=page)
    assert code_of(town, reading) == "contradiction"
    rewritten(reading, interprets=None)
    factories.publish(town, hand_in(town, page))
    later = rewritten(InformationPage.objects.get(pk=reading.pk), interprets=page)
    factories.publish(town, hand_in(town, later))
    assert is_online(later), "a policy that is public already is waited for no more"


def test_a_correction_does_not_wait(town, policy, reading):
    factories.publish_until_waiting(town, hand_in(town, policy))
    factories.publish(town, hand_in(town, reading))
    factories.publish(town, hand_in(town, rewritten(policy, title="供水管理办法（修订）")))
    assert Publication.objects.open().get(object_id=policy.object_id).title == "供水管理办法（修订）"


def test_the_database_wants_a_bundle_where_companions_are_named(town):
    document = publication_world.document(town)
    document["bundle"] = ["5d2c2f0e-6f3e-4c0a-9a39-5a2f2a1e5b13"]
    with pytest.raises(Refusal) as refused:
        publication_world.hand_in(town, document)
    assert refused.value.code == "bundle"
    assert not Submission.objects.filter(object_id=document["object"]).exists()


def test_both_screens_name_the_other(town, policy, reading, client):
    client.force_login(town.who("water", "author"), backend=BACKEND)
    before = client.get(reverse("review:submit", args=[policy.pk])).content.decode()
    assert "同步发布" in before and reading.title in before
    hand_in(town, reading)
    case = factories.publish_until_waiting(town, hand_in(town, policy))
    client.force_login(town.who("egov", "web_manager"), backend=BACKEND)
    shown = client.get(reverse("review:review", args=[case.pk])).content.decode()
    assert reading.title in shown and "待保密审查" in shown and "待同步发布" in shown
    assert Release.objects.filter(submission_id=case.pk, done_at=None).exists()
