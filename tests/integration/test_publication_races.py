"""Two at the same moment, on two connections: one signature, one publication, one end, one chain."""

import threading
from functools import partial

import pytest
from django.db import connection, transaction

from ledger import register
from ledger.models import RegisterEntry
from publication import gate, submissions, verification
from publication.models import Publication, SignOff, SubmissionEnd
from regulation.refusals import Refusal
from tests import publication_world as world
from tests.factories import town
from tests.organisation_world import appoint, person


@pytest.fixture
def made(committing_db):
    with transaction.atomic():
        return town()


def together(*acts):
    """Run them at once, each in a transaction of its own; what each returned or was refused with."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            with transaction.atomic():
                results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def refusals(results):
    assert all(not isinstance(r, Exception) or isinstance(r, Refusal) for r in results), results
    return [result.code for result in results if isinstance(result, Refusal)]


@pytest.mark.article("14")
def test_two_people_sign_the_same_step_at_the_same_moment(made):
    other = person("第二位保密审查员")
    appoint(other, made.units["water"], "secrecy_reviewer")
    for _round in range(5):
        submission = world.hand_in(made, world.document(made))
        step = world.steps(submission)[0]
        people = (made.who("water", "secrecy_reviewer"), other)
        results = together(*(partial(sign_only, submission, step, who) for who in people))
        assert refusals(results) == ["already_signed"]
        assert SignOff.objects.filter(submission=submission).count() == 1


def sign_only(submission, step, who):
    from organisation.authority import Authority
    from publication.signing import sign

    return sign(submission, [step.position], who, [Authority(who.pk, step.unit_id, step.posts[0])])


def test_the_gate_is_passed_once(made):
    submission = world.approved(made)
    results = together(*(lambda: gate.complete(submission) for _number in range(3)))
    assert len(refusals(results)) == 2
    assert Publication.objects.filter(submission=submission).count() == 1
    assert RegisterEntry.objects.filter(submission_id=submission.pk).count() == 1


def test_withdrawing_and_publishing_at_the_same_moment_is_one_of_both(made):
    author = made.who("water", "author")
    for _round in range(5):
        submission = world.approved(made)
        results = together(
            lambda submission=submission: gate.complete(submission),
            lambda submission=submission: submissions.end(submission, "withdrawn", author),
        )
        assert len(refusals(results)) == 1
        public = Publication.objects.filter(submission=submission).exists()
        assert public != SubmissionEnd.objects.filter(submission=submission).exists()


def test_a_post_that_ends_at_this_moment_signs_before_or_not_at_all(made):
    from django.utils import timezone

    from organisation.models import Appointment

    who = made.who("water", "secrecy_reviewer")
    submission = world.hand_in(made, world.document(made))
    step = world.steps(submission)[0]
    appointment = Appointment.objects.get(person=who, post="secrecy_reviewer")

    def leave():
        appointment.ends_at = timezone.now() + timezone.timedelta(milliseconds=20)
        appointment.save(update_fields=["ends_at"])

    together(lambda: sign_only(submission, step, who), leave)
    appointment.refresh_from_db()
    signed = SignOff.objects.filter(submission=submission).first()
    assert signed is None or signed.signed_at <= appointment.ends_at


@pytest.mark.article("19")
def test_many_publications_at_once_make_one_chain(made):
    column = world.column(made)
    ready = [world.approved(made, world.document(made, column=str(column.object_id))) for _number in range(4)]
    results = together(*(lambda submission=submission: gate.complete(submission) for submission in ready))
    assert refusals(results) == []
    assert list(register.offenders()) == []
    with transaction.atomic():
        assert list(verification.offenders()) == []
