"""The clock of a letter: answered within 5 working days; the national inspection's limit is three months."""

from django.utils import timezone

from letters.clock import Term
from mailbox.wording import NAMES, RECEIVED
from regulation.calendar import add_working_days, is_provisional

ANSWER = 5
#: What may follow which step; a letter that was only handed in stands at "".
FOLLOWS = {
    "": ("accepted", "passed", "replied", "closed"),
    "accepted": ("passed", "replied", "closed"),
    "passed": ("passed", "replied", "closed"),
    "replied": ("selected",),
    "closed": (),
    "selected": (),
}
ENDED = ("replied", "closed", "selected")


def term(received_at, last: str) -> Term:
    """State and due day, as they follow from the last step."""
    if last in ENDED:
        return Term(NAMES[last], None, False, False)
    due = add_working_days(timezone.localdate(received_at), ANSWER)
    return Term(NAMES.get(last, RECEIVED), due, is_provisional(due), True)
