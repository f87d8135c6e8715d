"""The clock of a request (政府信息公开条例 Articles 30 and 33), in working days.

20 working days to the answer, counted from the day it was handed in on the net: never later than the day on which both
sides confirm it, so the applicant loses nothing. Asking him to complete it stops the clock, and it begins anew when he
has; within 7 working days, once. It may be extended once by 20 more, by a leader and with a reason told to him.
"""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone

from letters.wording import RECEIVED, STEPS
from regulation.calendar import add_working_days, is_provisional, working_days_between

ANSWER, EXTENSION, COMPLETION = 20, 20, 7
NAMES = dict(STEPS)
#: What may follow which step; a request that was only handed in stands at "".
FOLLOWS = {
    "": ("accepted", "asked", "closed"),
    "accepted": ("asked", "extended", "answered", "closed"),
    "asked": ("completed", "closed"),
    "completed": ("extended", "answered", "closed"),
    "extended": ("answered", "closed"),
    "answered": (),
    "closed": (),
}
ONCE = frozenset({"asked", "extended"})


class Term(NamedTuple):
    """`due` is None while the applicant is asked to complete his request, and when it is done with."""

    state: str
    due: dt.date | None
    provisional: bool
    open: bool

    def left(self, today=None) -> int | None:
        """Working days left; below nothing, those since it was due."""
        if self.due is None:
            return None
        today = today or timezone.localdate()
        if today <= self.due:
            return working_days_between(today, self.due)
        return -working_days_between(self.due, today)


def term(received_at, steps) -> Term:
    """From the steps taken, as (kind, moment) in their order."""
    start, days, kind = timezone.localdate(received_at), ANSWER, ""
    for kind, at in steps:
        if kind == "completed":
            start = timezone.localdate(at)
        elif kind == "extended":
            days += EXTENSION
    if kind in ("asked", "answered", "closed"):
        return Term(NAMES[kind], None, False, kind == "asked")
    due = add_working_days(start, days)
    return Term(NAMES.get(kind, RECEIVED), due, is_provisional(due), True)


def allowed(received_at, steps, today=None) -> tuple[str, ...]:
    """The steps that may be taken now."""
    today = today or timezone.localdate()
    done = {kind for kind, _at in steps}
    following = FOLLOWS[steps[-1][0] if steps else ""]
    late = {"asked"} if today > add_working_days(timezone.localdate(received_at), COMPLETION) else set()
    due = term(received_at, steps).due
    if due and today > due:
        late.add("extended")
    return tuple(kind for kind in following if kind not in late and not (kind in ONCE and kind in done))
