"""When mail goes out: as a background task, tried again after longer and longer rests, given up after two days.

A mail server that does not answer is left alone for a while, so that it holds up nothing else the worker does.
"""

import logging
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone
from django_tasks import TaskResultStatus

from notices import tasks
from notices.models import Notice
from publication import rounds

SECONDS = 1
PEOPLE = 50  # a round
GIVE_UP_AFTER = 20  # attempts; the last rest is six hours and a half
LONGEST_REST = timedelta(minutes=5)

logger = logging.getLogger(__name__)


class Server:
    """Whether the mail server is worth asking: rests twice as long after each failure in a row."""

    def __init__(self):
        self.failures = 0
        self.rests_until = None

    def is_resting(self, now):
        return self.rests_until is not None and now < self.rests_until

    def answered(self):
        self.failures, self.rests_until = 0, None

    def failed(self, now):
        self.failures += 1
        self.rests_until = now + min(timedelta(seconds=2**self.failures), LONGEST_REST)


server = Server()


@rounds.every(SECONDS)
def send_due(now=None):
    """One task for each person who is to be told something; how many were handed over."""
    now = now or timezone.now()
    if server.is_resting(now):
        return 0
    handed = 0
    for person_id, attempts in _people(now):
        if not _hand_over(person_id, attempts, now):
            server.failed(now)
            break
        server.answered()
        handed += 1
    return handed


def _people(now):
    due = Notice.objects.to_mail(now).order_by().values("person_id").annotate(most=Max("attempts"))
    return list(due.order_by("person_id").values_list("person_id", "most")[:PEOPLE])


def _hand_over(person_id, attempts, now):
    """The rest is written down before the attempt: a worker that dies, or a queue that is slow, repeats nothing."""
    mine = Notice.objects.to_mail(now).filter(person_id=person_id)
    if attempts >= GIVE_UP_AFTER:
        logger.error("no mail reaches person %s; the notices stay in the portal", person_id)
        mine.update(mail_at=None)
        return True
    mine.update(mail_at=now + rest_after(attempts + 1), attempts=attempts + 1)
    result = tasks.send_mail.enqueue(person_id)
    return result.status != TaskResultStatus.FAILED


def rest_after(attempts):
    return timedelta(minutes=attempts * attempts)
