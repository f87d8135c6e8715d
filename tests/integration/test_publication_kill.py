"""Killed at any moment of the last approval: published and registered, or neither; files follow (publish-paths)."""

import io
import os
import random
import signal
import traceback

import pytest
from django.db import connection, connections, transaction

from ledger.models import RegisterEntry
from publication import files, gate, outbox, verification
from publication.models import OutboxMessage, Publication, SignOff
from tests import publication_world as world
from tests.factories import town

TIMES = int(os.environ.get("KILLS", "50"))
AFTER_ALL = None  # the kill comes too late to matter; it also shows how many statements there are by now


@pytest.fixture
def made(committing_db):
    with transaction.atomic():
        return town()


def item_with_a_file(made):
    """Ready for its last signature, with an attachment of its own."""
    stored = files.store(io.BytesIO(os.urandom(200_000)), "附件.pdf")
    asset = {
        "sha256": stored.sha256,
        "name": "附件.pdf",
        "content_type": "application/pdf",
        "size": stored.size,
    }
    with transaction.atomic():
        submission = world.hand_in(made, world.document(made, assets=[asset]))
        return world.sign_all(made, submission, until=6)


def approve(made, submission):
    """The last approval, as the inbox does it: the signature and the gate in one transaction."""
    with transaction.atomic():
        world.sign_step(made, submission, world.steps(submission)[-1])
        gate.complete(submission)


def in_a_process(made, submission, kill_after=None):
    """Approve in a child with a connection of its own; killed without a word after so many statements.

    Statements, not seconds: how far a child gets in a given time depends on what else the machine does.
    Returns how many statements the child began; one more is told when all is committed.
    """
    connections.close_all()
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            forget_older_connection()
            with connection.execute_wrapper(telling(mouth)):
                approve(made, submission)
            os.write(mouth, b".")
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(mouth)
    told = 0
    while told != kill_after and os.read(ear, 1):
        told += 1
    os.close(ear)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return told


def forget_older_connection():
    """Beside a browser's event loop asgiref keeps another connection for the parent than the child sees.

    The one the child sees may still be open to the database of an earlier test (asgiref/local.py).
    """
    connections["default"]
    del connections["default"]


def telling(mouth):
    def wrapper(execute, sql, params, many, context):
        os.write(mouth, b".")
        return execute(sql, params, many, context)

    return wrapper


@pytest.mark.article("14")
def test_killed_during_the_last_approval(made):
    chance = random.Random(20171025)
    submission = item_with_a_file(made)
    whole = in_a_process(made, submission)
    assert whole_or_nothing(submission), "the child that nobody killed did not publish"
    outcomes = {True: 0, False: 0}
    for _attempt in range(TIMES):
        if Publication.objects.filter(submission=submission).exists():
            submission = item_with_a_file(made)
        moment = chance.choice([chance.randint(1, whole), chance.randint(whole - 3, whole), AFTER_ALL])
        whole = max(whole, in_a_process(made, submission, kill_after=moment))
        outcomes[whole_or_nothing(submission)] += 1
    assert all(outcomes.values()), f"the kills did not fall on both sides of the commit: {outcomes}"
    outbox.replay()
    assert not OutboxMessage.objects.filter(done_at__isnull=True).exists()
    with transaction.atomic():
        assert list(verification.offenders()) == []


def whole_or_nothing(submission) -> bool:
    """Whether it is public; signature, publication, register line and outbox row agree about it."""
    connection.close()
    public = Publication.objects.filter(submission=submission).exists()
    assert RegisterEntry.objects.filter(submission_id=submission.pk).exists() == public
    assert SignOff.objects.filter(submission=submission, position=6).exists() == public
    if public:
        publication = Publication.objects.get(submission=submission)
        assert OutboxMessage.objects.filter(payload__publication=publication.pk).exists()
    return public
