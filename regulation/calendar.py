"""Working days of the People's Republic of China, for every period the portal counts.

The State Council announces each year's holidays and make-up days late in the year before; the
`chinesecalendar` package carries the announced years as a table. For a year it does not know yet,
the plain rule Monday to Friday stands in, together with the holidays whose dates the law fixes
(全国年节及纪念日放假办法: 1 January, 1 and 2 May, 1 to 3 October), and `is_provisional` says so, so that a
screen can write "暂按周一至周五推算" beside such a date instead of pretending to know.

`Overrides` let the gov office correct single days (a late announcement, a local make-up day) without
waiting for a new package.
"""

import datetime as dt
from collections.abc import Callable, Mapping

import chinese_calendar
from chinese_calendar import constants

#: A day's verdict by decree: True works, False rests, None (or absent) leaves it to the table.
Overrides = Mapping[dt.date, bool] | Callable[[dt.date], bool | None]

WORK_STARTS = dt.time(8, 30)
WORK_ENDS = dt.time(17, 30)
LUNCH_STARTS = dt.time(12, 0)
LUNCH_ENDS = dt.time(13, 0)

_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
_FIRST_YEAR = min(constants.holidays).year
_LAST_YEAR = max(constants.holidays).year


def is_announced(year: int) -> bool:
    """Whether the holiday table of that year is known."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def is_provisional(*days: dt.date) -> bool:
    """Whether any of these days was judged by the weekday rule alone."""
    return any(not is_announced(day.year) for day in days)


def is_working_day(day: dt.date, overrides: Overrides | None = None) -> bool:
    """Whether offices work on that day: decree first, then the announced table, then weekdays."""
    decreed = _decreed(day, overrides)
    if decreed is not None:
        return decreed
    if is_announced(day.year):
        return chinese_calendar.is_workday(day)
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS


def roll_forward(day: dt.date, overrides: Overrides | None = None) -> dt.date:
    """The day itself if offices work, else the next working day."""
    while not is_working_day(day, overrides):
        day += dt.timedelta(days=1)
    return day


def add_working_days(start: dt.date, days: int, overrides: Overrides | None = None) -> dt.date:
    """The last day of a period of working days; the day it starts from is day 0."""
    if days < 0:
        raise ValueError("a period does not run backwards")
    day = start
    for _ in range(days):
        day = roll_forward(day + dt.timedelta(days=1), overrides)
    return day


def add_calendar_days(
    start: dt.date, days: int, *, roll: bool = True, overrides: Overrides | None = None
) -> dt.date:
    """The last day of a period of calendar days, as "3日内" in Article 14(1) ¶2 is counted.

    The day of issue is day 0; a last day on which offices rest rolls to the next working day, unless
    the stricter setting switches rolling off.
    """
    last = start + dt.timedelta(days=days)
    return roll_forward(last, overrides) if roll else last


def working_days_between(first: dt.date, last: dt.date, overrides: Overrides | None = None) -> int:
    """How many working days lie after `first` up to and including `last` (0 if last is not later)."""
    span = (last - first).days
    days = (first + dt.timedelta(days=offset) for offset in range(1, span + 1))
    return sum(is_working_day(day, overrides) for day in days)


def add_working_hours(start: dt.datetime, hours: float, overrides: Overrides | None = None) -> dt.datetime:
    """The moment when that many office hours have passed, eight to a working day.

    Office hours are 8:30 to 17:30 with an hour at noon. `start` should be in local time; what it is
    expressed in, the answer is expressed in.
    """
    if hours < 0:
        raise ValueError("a period does not run backwards")
    left = dt.timedelta(hours=hours)
    moment = start
    while True:
        for opens, closes in _sessions(moment, overrides):
            begin = max(moment, opens)
            if begin >= closes:
                continue
            if begin + left <= closes:
                return begin + left
            left -= closes - begin
        moment = _midnight_after(moment)


def _decreed(day: dt.date, overrides: Overrides | None) -> bool | None:
    if overrides is None:
        return None
    return overrides(day) if callable(overrides) else overrides.get(day)


def _sessions(
    moment: dt.datetime, overrides: Overrides | None
) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    """The two office sessions of that day, none on a day of rest."""
    if not is_working_day(moment.date(), overrides):
        return ()
    clock = moment.timetz().tzinfo
    day = moment.date()
    return tuple(
        (dt.datetime.combine(day, opens, clock), dt.datetime.combine(day, closes, clock))
        for opens, closes in ((WORK_STARTS, LUNCH_STARTS), (LUNCH_ENDS, WORK_ENDS))
    )


def _midnight_after(moment: dt.datetime) -> dt.datetime:
    tomorrow = moment.date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time.min, moment.tzinfo)
