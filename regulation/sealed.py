"""What is sealed away (Article 13), for the apps below `secrecy`: their lists and registers say nothing of it.

`secrecy` answers; where it is not installed nothing is sealed. Few objects are at any time, so a set is enough.
"""

from collections.abc import Callable

NAME = "（已封存）"

_answers: list[Callable[[], set]] = []


def answered_by(answer: Callable[[], set]) -> None:
    """Register who knows; called once, when the apps are ready."""
    _answers[:] = [answer]


def sealed_objects() -> set:
    """Ids of the objects that are closed to everyone but their unit's secrecy body."""
    return _answers[0]() if _answers else set()
