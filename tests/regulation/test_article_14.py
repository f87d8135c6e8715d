"""Article 14, chapeau: 未经审核批准的信息不得发布. Every path by which Wagtail changes what the public sees, by everybody.

Each attempt is made for real; then the public process's own URLs are read with the public database role, and
nothing that nobody approved may be there (design: publish paths, rows 1 to 33).
"""

import pytest

from publication import verification
from tests.publication_world import behind_the_back
from tests.regulation import (  # noqa: F401  (each fills the table of attempts)
    attempts_files,
    attempts_publishing,
    attempts_rows,
    attempts_translation,
    attempts_tree,
    attempts_turn,
    attempts_workflow,
    public_side,
)
from tests.regulation.attempts import ATTEMPTS, Scene
from tests.regulation.world import UNAPPROVED

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
    assert scene.misses == []


LEAKS = {
    "a publication that nobody signed": (
        "INSERT INTO publication_publication (submission_id, object_id, site, path, unit_id, document, end_reason,"
        " end_note, legacy) SELECT id, object_id, site, path, unit_id, document, '', '', false"
        " FROM publication_submission WHERE title LIKE 'waiting%%' OR title = %s",
        {"new", "unapproved words"},
    ),
    "other words in what is public": (
        "UPDATE publication_publication SET document = convert_to(replace(convert_from(document, 'UTF8'),"
        " '请提前储水', %s), 'UTF8') WHERE kind = 'information'",
        {"changed", "unapproved words"},
    ),
    "something public that is gone": (
        "UPDATE publication_publication SET ended_at = now(), end_reason = 'withdrawn' WHERE kind = 'information'"
        " AND title <> %s",
        {"changed"},
    ),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_would_be_seen(settled, rolled_back, as_role, leak):
    """By the owner with the triggers off; else the tests above could pass for want of eyes."""
    before = public_side.settled_snapshot(settled)
    statement, seen = LEAKS[leak]
    with behind_the_back(as_role, "publication_publication") as cursor:
        cursor.execute(statement, [UNAPPROVED])
        assert cursor.rowcount == 1
    assert {line.split(":")[0] for line in public_side.leaks(before)} >= seen
