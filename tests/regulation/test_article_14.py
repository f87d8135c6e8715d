"""Article 14, chapeau: 未经审核批准的信息不得发布. Every path by which Wagtail changes what the public sees, by everybody.

Each attempt is made for real; then the public process's own URLs are read with the public database role, and
nothing that nobody approved may be there (design: publish paths, rows 1 to 33).
"""

import pytest

from publication import verification
from tests.regulation import (  # noqa: F401  (each fills the table of attempts)
    attempts_files,
    attempts_publishing,
    attempts_rows,
    attempts_translation,
    attempts_tree,
    attempts_workflow,
    public_side,
)
from tests.regulation.attempts import ATTEMPTS, Scene

ROWS = range(1, 34)
CASES = [
    pytest.param(attempt, who, id=f"{attempt.row:02}-{attempt.name}-{who}")
    for attempt in ATTEMPTS
    for who in attempt.by
]


def test_every_row_is_tried():
    assert {attempt.row for attempt in ATTEMPTS} == set(ROWS)


@pytest.mark.article("14")
@pytest.mark.parametrize(("attempt", "who"), CASES)
def test_the_public_gets_nothing_that_nobody_approved(settled, rolled_back, attempt, who):
    scene = Scene(rolled_back, who)
    before = public_side.settled_snapshot(settled)
    after = attempt.act(scene)
    assert public_side.leaks(after or before) == []
    assert list(verification.offenders()) == []
    assert [answer for answer in scene.answers if answer[1] >= 500] == []
