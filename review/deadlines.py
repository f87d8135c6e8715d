"""By when a step is due: shown in the inbox, never a reason to refuse or to pass anything.

Emergencies run by the clock, everything else by office hours (Monday to Friday with the state's calendar).
"""

from datetime import timedelta

from django.utils import timezone

from regulation.calendar import add_working_hours

# Office hours a step may take, by opinion; what is not named takes a working day.
WORKING_HOURS = {"secrecy": 8, "leader_opinion": 8, "review": 8, "approval": 8, "seal": 4, "check": 4}
EMERGENCY = timedelta(hours=1)


def deadline(route, opinion, since):
    if route == "emergency":
        return since + EMERGENCY
    local = timezone.localtime(since)
    return add_working_hours(local, WORKING_HOURS.get(opinion, 8))
