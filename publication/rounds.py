"""What the worker does from time to time besides the outbox: higher apps register it (`@rounds.every(30)`).

A round that fails is logged and tried again at its next turn; it holds up no other, and nothing that publishes.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

logger = logging.getLogger(__name__)


@dataclass
class Round:
    work: Callable[[], object]
    seconds: float
    due: float = 0.0


_rounds: list[Round] = []


def every(seconds):
    """Decorator: the function takes nothing and may be run any number of times."""

    def keep(work):
        _rounds.append(Round(work, seconds))
        return work

    return keep


def run(now=None) -> int:
    """Run those whose turn it is; how many."""
    now = time.monotonic() if now is None else now
    turn = [one for one in _rounds if one.due <= now]
    for one in turn:
        one.due = now + one.seconds
        try:
            one.work()
        except Exception:
            logger.exception("%s is tried again", one.work.__name__)
    return len(turn)
