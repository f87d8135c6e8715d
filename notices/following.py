"""What follows an act in notices, in its own transaction: told once, settled as soon as it is no longer true."""

from django.dispatch import receiver
from django.utils import timezone

from notices import deadlines, recipients
from notices.models import OF_A_STEP, Kind, Notice
from notices.telling import tell
from publication.standing import APPROVING
from review.models import Case
from review.signals import moved


def _waits(case, before):
    return case.step_unit_id is not None and case.pause != "held"


def _is_approved(case, before):
    """The approval is given and something is still left: the seal, the check, or only the minute or the bundle."""
    if before is None or not case.is_open:
        return False
    reached = case.position or len(case.steps) + 1  # no step waits any more
    passed = [step for step in case.steps if before[1] <= step.position < reached]
    return any(step.opinion in APPROVING for step in passed)


def _status(*statuses):
    return lambda case, before: case.status in statuses


#: What is told when a case moves: kind, when, to whom. What is sealed away is told to the secrecy body only.
TOLD = (
    (Kind.WAITING, _waits, recipients.able),
    (Kind.APPROVED, _is_approved, recipients.author),
    (Kind.HELD, _status("held"), recipients.author),
    (Kind.RETURNED, _status("returned", "refused"), recipients.author),
    (Kind.REROUTED, _status("escalated", "changed"), recipients.author),
    (Kind.SETTLED, _status("on_request", "other_form"), recipients.author),
    (Kind.PUBLISHED, _status("published"), recipients.author),
    (Kind.TAKEN_DOWN, _status("taken_down"), recipients.answerable),
    (Kind.QUARANTINED, _status("quarantined"), recipients.secrecy_body),
)


@receiver(moved, sender=Case, dispatch_uid="notices_moved")
def follow(sender, case, before=None, **kwargs):
    now = timezone.now()
    earlier = Notice.objects.filter(submission_id=case.pk, kind__in=OF_A_STEP)
    earlier.exclude(since=case.step_since).settle(now)
    for kind, due, whom in TOLD:
        if due(case, before):
            told = whom(case)
            sure = told if whom is recipients.able else ()  # whoever may sign may read
            tell(case, kind, told, case.step_since, sure)
    deadlines.watch(case)
