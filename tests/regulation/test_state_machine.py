"""Article 14 against chance: at least 2,000 random steps, more with HYPOTHESIS_PROFILE=long."""

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import run_state_machine_as_test

from tests.regulation import machine

PROFILE = hypothesis_settings()
WANTED = max(2000, PROFILE.max_examples * PROFILE.stateful_step_count * 2 // 3)
ROUND = 16  # examples; short, so that a round that falls short costs no second one of the same length
MOST_ROUNDS = PROFILE.max_examples // 7
FEWEST_PUBLISHED = 20  # with fewer the public side was hardly looked at


@pytest.mark.article("14")
def test_nothing_that_people_do_at_random_shows_the_public_what_is_not_signed(rolled_back, monkeypatch):
    monkeypatch.setattr(machine.Portal, "settled", rolled_back)
    for _round in range(MOST_ROUNDS):  # how many steps a round makes is chance too, and how many publications
        run_state_machine_as_test(
            machine.Portal, settings=hypothesis_settings(max_examples=ROUND, database=None)
        )
        if machine.COUNTED["steps"] >= WANTED and machine.COUNTED["published"] >= FEWEST_PUBLISHED:
            break
    assert machine.COUNTED["steps"] >= WANTED
    assert machine.COUNTED["published"] >= FEWEST_PUBLISHED
