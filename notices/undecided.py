"""What was taken down waits for its approver, who ratifies or restores within a day: reminded before, told on after.

The clock runs by hours and not by office hours: what is off the net by mistake is missed at night as well.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from notices import recipients
from notices.models import Kind, Notice
from notices.telling import tell
from publication import rounds
from publication.models import TakeDown
from review.models import Case

SECONDS = 300
AT_ONCE = 200
HOURS = timedelta(hours=1)
#: When, from the end of the term; what is told; to whom.
RUNGS = (
    (-4 * HOURS, Kind.DECIDE, (recipients.deciders,)),
    (0 * HOURS, Kind.UNDECIDED, (recipients.deciders, recipients.deciders_leaders)),
    (4 * HOURS, Kind.UNDECIDED, (recipients.egov,)),
    (8 * HOURS, Kind.UNDECIDED, (recipients.gov,)),
)


@rounds.every(SECONDS)
def remind(now=None):
    """Tell every rung whose moment has come, and settle what is decided; how many take-downs were told of."""
    now = now or timezone.now()
    settle(now)
    waiting = TakeDown.objects.filter(decided_at=None, ratify_due__lte=now - RUNGS[0][0])
    rows = waiting.select_related("publication").order_by("ratify_due")[:AT_ONCE]
    return sum(_remind(row, now) for row in rows)


def settle(now):
    decided = TakeDown.objects.filter(publication__submission=OuterRef("submission_id"))
    told = Notice.objects.filter(kind__in=(Kind.DECIDE, Kind.UNDECIDED)).unread()
    told.filter(Exists(decided.filter(decided_at__isnull=False, at=OuterRef("since")))).settle(now)


@transaction.atomic
def _remind(take_down, now):
    """Content that came in a batch has no case of its own: its approver sees it on the list 已下线."""
    case = Case.objects.filter(pk=take_down.publication.submission_id).first()
    if case is None:
        return False
    late = take_down.ratify_due <= now
    for after, kind, groups in RUNGS:
        if take_down.ratify_due + after <= now and not (late and kind == Kind.DECIDE):
            tell(case, kind, set().union(*(group(case) for group in groups)), take_down.at)
    return True
