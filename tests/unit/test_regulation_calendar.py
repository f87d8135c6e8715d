"""Periods of Chinese working days, with the holidays and make-up days of the announced years."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from regulation import calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("date", "works"),
    [
        ("2026-11-23", True),  # an ordinary Monday
        ("2026-11-22", False),  # Sunday
        ("2026-10-01", False),  # National Day
        ("2026-10-10", True),  # Saturday, made up for
        ("2026-02-14", True),  # Saturday before the Spring Festival, made up for
        ("2026-02-17", False),  # Spring Festival
        ("2025-10-08", False),  # holiday on a Wednesday
        ("2025-10-11", True),  # Saturday, made up for
    ],
)
def test_announced_days(date, works):
    assert calendar.is_working_day(day(date)) is works
    assert not calendar.is_provisional(day(date))


@pytest.mark.parametrize(
    ("date", "works"),
    [
        ("2040-01-02", True),  # Monday
        ("2040-01-07", False),  # Saturday
        ("2040-05-01", False),  # Tuesday, fixed by law
        ("2040-10-03", False),  # Wednesday, fixed by law
        ("2040-02-14", True),  # nobody knows the make-up days yet
    ],
)
def test_years_beyond_the_table_follow_weekdays_and_say_so(date, works):
    assert calendar.is_working_day(day(date)) is works
    assert calendar.is_provisional(day(date))


def test_years_before_the_table_are_provisional_too():
    assert calendar.is_provisional(day("1999-06-01"), day("2026-01-05"))
    assert calendar.is_working_day(day("1999-06-01"))


def test_overrides_win_over_table_and_weekday():
    decreed = {day("2026-11-23"): False, day("2026-11-22"): True}
    assert not calendar.is_working_day(day("2026-11-23"), decreed)
    assert calendar.is_working_day(day("2026-11-22"), decreed.get)
    assert calendar.is_working_day(day("2026-11-24"), decreed)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-23", 1, "2026-11-24"),
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-09-30", 1, "2026-10-08"),  # over National Day
        ("2026-11-21", 1, "2026-11-23"),  # from a day of rest
        ("2026-11-23", 20, "2026-12-21"),
    ],
)
def test_add_working_days(start, days, last):
    assert calendar.add_working_days(day(start), days) == day(last)
    assert calendar.working_days_between(day(start), day(last)) == days


def test_working_days_between_never_runs_backwards():
    assert calendar.working_days_between(day("2026-11-24"), day("2026-11-23")) == 0


@pytest.mark.article("14(1)2")
@pytest.mark.parametrize(
    ("issued", "rolled", "unrolled"),
    [
        ("2026-11-23", "2026-11-26", "2026-11-26"),
        ("2026-11-19", "2026-11-23", "2026-11-22"),  # third day is a Sunday
        ("2026-09-29", "2026-10-08", "2026-10-02"),  # third day in the National Day holiday
        ("2026-10-07", "2026-10-10", "2026-10-10"),  # a Saturday that is made up for
    ],
)
def test_three_days_after_issue(issued, rolled, unrolled):
    assert calendar.add_calendar_days(day(issued), 3) == day(rolled)
    assert calendar.add_calendar_days(day(issued), 3, roll=False) == day(unrolled)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23T08:30", 1, "2026-11-23T09:30"),
        ("2026-11-23T11:30", 1, "2026-11-23T13:30"),  # over noon
        ("2026-11-23T07:00", 8, "2026-11-23T17:30"),
        ("2026-11-23T17:00", 1, "2026-11-24T09:00"),  # over night
        ("2026-11-20T17:30", 4, "2026-11-23T13:30"),  # over the weekend
        ("2026-11-21T10:00", 0.5, "2026-11-23T09:00"),
        ("2026-11-23T09:00", 0, "2026-11-23T09:00"),
        ("2026-09-30T16:30", 2, "2026-10-08T09:30"),
    ],
)
def test_add_working_hours(start, hours, end):
    assert calendar.add_working_hours(moment(start), hours) == moment(end)


@pytest.mark.parametrize("call", [calendar.add_working_days, calendar.add_working_hours])
def test_no_period_runs_backwards(call):
    with pytest.raises(ValueError, match="backwards"):
        call(moment("2026-11-23T09:00"), -1)
