"""Reminders before a step's deadline, and the ladder after it: unit leader → e-gov office → gov office (Article 5).

Office hours count as in `review.deadlines`; emergencies run by the clock. A rung that was missed while the portal
stood still is told afterwards, except the reminder of a term that is over.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from notices import recipients
from notices.models import Kind, Watch
from notices.telling import tell
from publication import rounds
from regulation.calendar import add_working_hours
from review import deadlines
from review.models import Case

SECONDS = 30
AT_ONCE = 200  # steps a round
REMINDS = 2  # office hours before the term
RUNGS_AFTER = (4, 8)  # office hours after the term
EMERGENCY_REMINDS = timedelta(minutes=20)
EMERGENCY_AFTER = (timedelta(minutes=30), timedelta(minutes=60))

#: Rung by rung: what is told, to whom besides those who could have signed.
RUNGS = (
    (Kind.REMINDER, (recipients.able,)),
    (Kind.OVERDUE, (recipients.able, recipients.leaders)),
    (Kind.OVERDUE_EGOV, (recipients.egov,)),
    (Kind.OVERDUE_GOV, (recipients.gov,)),
)


def moments(case):
    """When each rung is due."""
    if case.route == "emergency":
        first = case.deadline - EMERGENCY_REMINDS
        return [first, case.deadline, *(case.deadline + after for after in EMERGENCY_AFTER)]
    since = timezone.localtime(case.step_since)
    hours = deadlines.WORKING_HOURS.get(case.opinion, 8)
    term = timezone.localtime(case.deadline)
    first = add_working_hours(since, max(hours - REMINDS, 0))
    return [first, case.deadline, *(add_working_hours(term, after) for after in RUNGS_AFTER)]


def is_watched(case):
    """Whatever waits for somebody; what is on hold waits on purpose."""
    return bool(case.is_open and case.step_unit_id and case.deadline and case.pause != "held")


def watch(case):
    """Begin anew for the step that waits now, or stop."""
    if not is_watched(case):
        Watch.objects.filter(pk=case.pk).delete()
        return
    fresh = {"since": case.step_since, "rung": 0, "next_at": moments(case)[0]}
    found, made = Watch.objects.get_or_create(pk=case.pk, defaults=fresh)
    if not made and found.since != case.step_since:
        Watch.objects.filter(pk=case.pk).update(**fresh)


@rounds.every(SECONDS)
def climb_due(now=None):
    """Tell every rung whose moment has come; how many steps were told of."""
    now = now or timezone.now()
    due = Watch.objects.filter(next_at__lte=now).order_by("next_at").values_list("pk", flat=True)
    return sum(_climb(pk, now) for pk in due[:AT_ONCE])


@transaction.atomic
def _climb(submission_id, now):
    """Locks the case first, as every act does."""
    case = Case.objects.select_for_update(skip_locked=True).filter(pk=submission_id).first()
    if case is None:
        return False
    found = Watch.objects.filter(pk=submission_id, next_at__lte=now).first()
    if found is None:
        return False
    if not is_watched(case) or found.since != case.step_since:
        watch(case)
        return False
    due = moments(case)
    while found.rung < len(RUNGS) and due[found.rung] <= now:
        _tell(case, found.rung, due, now)
        found.rung += 1
    found.next_at = due[found.rung] if found.rung < len(RUNGS) else None
    found.save()
    return True


def _tell(case, rung, due, now):
    kind, groups = RUNGS[rung]
    if kind == Kind.REMINDER and due[rung + 1] <= now:
        return
    tell(case, kind, set().union(*(group(case) for group in groups)), case.step_since)
