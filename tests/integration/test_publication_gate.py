"""The gate, lawfully used: publishing, correcting, waiting, bundles, taking down, restoring, expiring, batches."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ledger.models import RegisterEntry
from publication import gate, submissions
from publication.models import Publication, Release, SubmissionEnd, Tombstone
from regulation.refusals import Refusal
from tests import publication_world as world

pytestmark = pytest.mark.django_db


def kinds(object_id):
    return list(
        RegisterEntry.objects.filter(object_id=object_id).order_by("number").values_list("kind", flat=True)
    )


def refused(code):
    return pytest.raises(Refusal, match=r"第.*条")


@pytest.mark.article("14")
@pytest.mark.article("19")
def test_the_last_signature_publishes_and_registers_the_signed_bytes(town):
    submission = world.approved(town)
    publication = gate.complete(submission)
    assert bytes(publication.document) == bytes(submission.document)
    assert publication.digest == submission.digest
    entry = RegisterEntry.objects.get(publication_id=publication.pk)
    assert entry.kind == "published"
    assert entry.facts["digest"] == submission.digest
    assert [row["opinion"] for row in entry.facts["signatories"]] == [
        "secrecy",
        "review",
        "leader_opinion",
        "approval",
        "seal",
        "check",
    ]
    assert entry.facts["signatories"][0]["person"] and entry.facts["signatories"][0]["post"] == "保密审查员"
    assert entry.facts["unit"] == "区水务局" and entry.facts["route_label"]


def test_without_the_last_signature_nothing_is_published(town):
    submission = world.sign_all(town, world.hand_in(town, world.document(town)), until=6)
    with refused("unsigned") as caught:
        gate.complete(submission)
    assert caught.value.code == "unsigned"
    assert not Publication.objects.exists()


def test_a_correction_takes_the_place_of_what_was_public(town):
    first = world.public(town)
    submission = world.correction(town, first)
    second = gate.complete(world.sign_all(town, submission))
    first.refresh_from_db()
    assert (first.end_reason, second.supersedes_id) == ("superseded", first.pk)
    assert first.ended_at <= second.published_at
    assert second.first_published_at == first.published_at
    assert kinds(first.object_id) == ["published", "corrected"]
    assert Publication.objects.open().get(object_id=first.object_id) == second


def test_what_is_public_stays_until_its_correction_is_signed(town):
    first = world.public(town)
    world.sign_all(town, world.correction(town, first), until=6)
    first.refresh_from_db()
    assert first.is_open


def test_an_item_waits_under_one_submission_only(town):
    content = world.document(town)
    world.hand_in(town, content)
    with refused("already_open") as caught:
        world.hand_in(town, content)
    assert caught.value.code == "already_open"


def test_an_address_belongs_to_one_item_for_ever(town):
    content = world.document(town)
    world.hand_in(town, content)
    with refused("allotted_path"):
        world.hand_in(town, world.document(town, path=content["path"]))
    with refused("allotted_path"):
        world.hand_in(town, content | {"path": "/elsewhere.html"})


# --- waiting for a minute, for a bundle ---


def turn_the_clock(submission, as_role):
    """As the owner, let the minute come; nobody else can."""
    past = "now() - interval '1 second'"
    with world.behind_the_back(as_role, "publication_submission", "publication_release") as cursor:
        cursor.execute(
            f"UPDATE publication_submission SET publish_at = {past} WHERE id = %s", [submission.pk]
        )
        cursor.execute(
            f"UPDATE publication_release SET due_at = {past} WHERE submission_id = %s", [submission.pk]
        )


def test_an_approved_item_waits_for_its_minute(town, as_role):
    submission = world.approved(town, publish_at=timezone.now() + timedelta(hours=2))
    release = gate.complete(submission)
    assert isinstance(release, Release)
    assert gate.release_due(timezone.now() + timedelta(hours=3)) == 0, "only the server's clock counts"
    turn_the_clock(submission, as_role)
    assert gate.release_due() == 1
    assert Publication.objects.open().filter(submission=submission).exists()
    release.refresh_from_db()
    assert release.done_at
    assert gate.release_due() == 0


def test_a_waiting_item_can_be_withdrawn_until_it_is_public(town, as_role):
    submission = world.approved(town, publish_at=timezone.now() + timedelta(hours=2))
    gate.complete(submission)
    submissions.end(submission, "withdrawn", town.who("water", "author"))
    turn_the_clock(submission, as_role)
    assert gate.release_due() == 0
    assert not Publication.objects.exists()


@pytest.mark.article("14(1)")
def test_a_bundle_is_published_together_or_not_at_all(town):
    bundle = "5d2c2f0e-6f3e-4c0a-9a39-5a2f2a1e5b11"
    policy = world.document(town)
    interpretation = world.document(town)
    policy["bundle"] = [policy["object"], interpretation["object"]]
    first = gate.complete(world.approved(town, policy, bundle_id=bundle))
    assert isinstance(first, Release), "the interpretation has not even been handed in"
    assert gate.release_due() == 0
    second = world.hand_in(town, interpretation, bundle_id=bundle)
    world.sign_all(town, second, until=6)
    assert gate.release_due() == 0
    world.sign_step(town, second, world.steps(second)[-1])
    gate.complete(second)
    both = Publication.objects.open().filter(object_id__in=[policy["object"], interpretation["object"]])
    assert both.count() == 2
    assert not Release.objects.filter(done_at__isnull=True).exists()


def test_a_withdrawn_member_holds_the_bundle_back(town):
    bundle = "5d2c2f0e-6f3e-4c0a-9a39-5a2f2a1e5b12"
    one = world.hand_in(town, world.document(town), bundle_id=bundle)
    other = world.hand_in(town, world.document(town), bundle_id=bundle)
    submissions.end(other, "withdrawn", town.who("water", "author"))
    assert isinstance(gate.complete(world.sign_all(town, one)), Release)
    assert not Publication.objects.exists()


def test_an_item_leaves_when_its_time_is_over(town, as_role):
    submission = world.approved(town, expire_at=timezone.now() + timedelta(hours=1))
    publication = gate.complete(submission)
    with pytest.raises(Refusal):
        gate.close(publication, "expired")
    with world.behind_the_back(as_role, "publication_publication") as cursor:
        cursor.execute("UPDATE publication_publication SET expire_at = now() WHERE id = %s", [publication.pk])
    assert gate.expire_due() == 1
    publication.refresh_from_db()
    assert publication.end_reason == "expired"
    assert kinds(publication.object_id) == ["published", "expired"]


# --- taking down ---


@pytest.mark.article("21")
def test_taken_down_at_once_and_ratified_by_the_approver(town):
    publication = world.public(town)
    row = gate.take_down(publication, town.who("water", "reviewer"), "under_check", "读者来电")
    publication.refresh_from_db()
    assert publication.end_reason == "taken_down"
    gone = Tombstone.objects.get(path=publication.path)
    assert gone.reason == "under_check"
    with pytest.raises(Refusal):
        gate.ratify(row, town.who("water", "reviewer"))
    gate.ratify(row, town.who("water", "branch_leader"))
    assert kinds(publication.object_id) == ["published", "taken_down", "ratified"]
    with pytest.raises(Refusal):
        gate.restore(row, town.who("water", "branch_leader"))


@pytest.mark.article("21")
def test_restored_by_the_approver_with_the_same_bytes_and_place(town):
    publication = world.public(town)
    row = gate.take_down(publication, town.who("egov", "web_manager"), "under_check")
    again = gate.restore(row, town.who("water", "branch_leader"))
    assert (again.submission_id, again.digest) == (publication.submission_id, publication.digest)
    assert again.first_published_at == publication.published_at
    assert again.restores_id == row.pk
    assert not Tombstone.objects.filter(path=publication.path).exists()
    assert kinds(publication.object_id) == ["published", "taken_down", "restored"]


@pytest.mark.parametrize(
    ("unit", "post"), [("water", "author"), ("jiuzhou", "branch_leader"), ("gov", "reviewer")]
)
def test_others_cannot_take_down(town, unit, post):
    publication = world.public(town)
    with pytest.raises(Refusal):
        gate.take_down(publication, town.who(unit, post), "under_check")
    publication.refresh_from_db()
    assert publication.is_open


def test_who_signed_may_disown(town):
    publication = world.public(town)
    gate.take_down(publication, town.who("water", "secrecy_reviewer"), "under_check", "非本人签批")
    publication.refresh_from_db()
    assert not publication.is_open


def test_a_correction_may_follow_a_take_down(town):
    publication = world.public(town)
    gate.take_down(publication, town.who("water", "reviewer"), "content_error")
    corrected = gate.complete(world.sign_all(town, world.correction(town, publication)))
    assert corrected.supersedes_id == publication.pk
    assert not Tombstone.objects.filter(path=publication.path).exists()


# --- ends without publication ---


@pytest.mark.article("13")
@pytest.mark.parametrize("kind", ["refused", "on_request", "other_form"])
def test_what_is_not_for_the_web_is_registered_all_the_same(town, kind):
    submission = world.hand_in(town, world.document(town))
    submissions.end(submission, kind, town.who("water", "supervising_leader"))
    entry = RegisterEntry.objects.get(submission_id=submission.pk)
    assert (entry.kind, entry.facts["title"]) == (kind, submission.title)
    with pytest.raises(Refusal):
        world.sign_step(town, submission, world.steps(submission)[0])


@pytest.mark.article("13")
def test_a_sealed_away_item_leaves_no_title_in_the_register(town):
    submission = world.hand_in(town, world.document(town, title="绝密标题"))
    submissions.end(submission, "quarantined", town.who("water", "secrecy_reviewer"))
    entry = RegisterEntry.objects.get(submission_id=submission.pk)
    assert entry.title is None
    assert "绝密标题" not in str(entry.facts)


def test_a_signed_return_ends_it_even_before_the_end_is_written(town):
    submission = world.sign_all(town, world.hand_in(town, world.document(town)), until=2)
    world.sign_step(town, submission, world.steps(submission)[1], decision="return")
    with pytest.raises(Refusal) as caught:
        world.sign_step(town, submission, world.steps(submission)[1], who=town.who("water", "reviewer"))
    assert caught.value.code == "ended"
    assert not SubmissionEnd.objects.exists()


# --- seal sent back ---


@pytest.mark.article("13")
def test_only_the_seal_is_given_again(town):
    submission = world.sign_all(town, world.hand_in(town, world.document(town)), until=6)
    seal, check = world.steps(submission)[4:]
    world.sign_step(town, submission, check, decision="reopen", detail={"target": seal.position})
    unsigned = {step.position for step in world.steps(submission)} - set(
        submissions.signed_positions(submission.pk)
    )
    assert min(unsigned) == seal.position
    with pytest.raises(Refusal) as caught:
        world.sign_step(town, submission, check)
    assert caught.value.code == "order"
    again = world.sign_step(town, submission, seal)
    assert again.attempt == 2
    world.sign_step(town, submission, check)
    assert gate.complete(submission).is_open


def test_no_other_step_is_asked_for_again(town):
    submission = world.sign_all(town, world.hand_in(town, world.document(town)), until=6)
    with pytest.raises(Refusal) as caught:
        world.sign_step(town, submission, world.steps(submission)[5], decision="reopen", detail={"target": 4})
    assert caught.value.code == "reopen"


def test_publishing_costs_a_fixed_number_of_queries(town, django_assert_max_num_queries):
    submission = world.approved(town)
    with django_assert_max_num_queries(45):
        gate.complete(submission)
