"""The clock of 依申请公开 in working days, holidays and make-up days included."""

import datetime as dt

import pytest
from django.utils import timezone

from letters import clock


def at(day, hour=10):
    return timezone.make_aware(dt.datetime.fromisoformat(f"{day} {hour:02}:00"))


@pytest.mark.parametrize(
    ("received", "steps", "state", "due"),
    [
        ("2025-03-03", [], "已提交，待登记", "2025-03-31"),
        ("2025-03-03", [("accepted", "2025-03-05")], "登记受理", "2025-03-31"),
        # Over the National Day holidays, with 28 September and 11 October worked in their stead.
        ("2025-09-22", [], "已提交，待登记", "2025-10-24"),
        ("2025-03-03", [("asked", "2025-03-06")], "告知补正", None),
        ("2025-03-03", [("asked", "2025-03-06"), ("completed", "2025-03-10")], "收到补正", "2025-04-08"),
        (
            "2025-03-03",
            [("accepted", "2025-03-05"), ("extended", "2025-03-20")],
            "延长答复期限",
            "2025-04-28",
        ),
        ("2025-03-03", [("accepted", "2025-03-05"), ("answered", "2025-03-20")], "已答复", None),
    ],
)
def test_the_term_follows_from_the_steps(received, steps, state, due):
    found = clock.term(at(received), [(kind, at(day)) for kind, day in steps])
    assert (found.state, found.due and found.due.isoformat()) == (state, due)
    assert found.open == (state != "已答复")


def test_the_day_is_the_offices_own():
    assert clock.term(at("2025-03-03", 23), []).due == dt.date(2025, 3, 31)
    assert clock.term(at("2025-03-04", 0), []).due == dt.date(2025, 4, 1)


def test_days_left_and_days_late():
    term = clock.term(at("2025-03-03"), [])
    assert term.left(dt.date(2025, 3, 28)) == 1
    assert term.left(dt.date(2025, 3, 31)) == 0
    assert term.left(dt.date(2025, 4, 2)) == -2


@pytest.mark.parametrize(
    ("steps", "today", "wanted"),
    [
        ([], "2025-03-04", {"accepted", "asked", "closed"}),
        ([], "2025-03-13", {"accepted", "closed"}),  # eight working days: too late to ask for more
        (["accepted"], "2025-03-12", {"asked", "extended", "answered", "closed"}),
        (["accepted"], "2025-04-01", {"answered", "closed"}),  # a term that has passed is not extended
        (["asked"], "2025-03-10", {"completed", "closed"}),
        (["asked", "completed"], "2025-03-11", {"extended", "answered", "closed"}),
        (["accepted", "extended"], "2025-03-11", {"answered", "closed"}),
        (["accepted", "answered"], "2025-03-11", set()),
    ],
)
def test_what_may_be_done_next(steps, today, wanted):
    taken = [(kind, at("2025-03-05")) for kind in steps]
    assert set(clock.allowed(at("2025-03-03"), taken, dt.date.fromisoformat(today))) == wanted
