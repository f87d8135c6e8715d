"""Side effects of a publication: written in its transaction, carried out after it, replayed until they are done.

So a crash between commit and side effect loses nothing: the row waits for `manage.py work`. Handlers must be safe to
repeat. Each runs in a transaction of its own; one that fails waits longer each time and holds up no other.
"""

import logging
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from publication.models import OutboxMessage

CHANNEL = "publication_outbox"
logger = logging.getLogger(__name__)

_handlers: dict[str, Callable[[dict], object]] = {}
_slow: set[str] = set()


def register(kind: str, *, slow=False):
    """Decorator: the function takes the payload of messages of that kind. Slow ones wait for the worker."""

    def keep(handler):
        _handlers[kind] = handler
        if slow:
            _slow.add(kind)
        return handler

    return keep


def put(kind: str, **payload) -> None:
    """Write a message in the caller's transaction; it is worked off right after the commit, or by the worker."""
    if kind not in _handlers:
        raise KeyError(kind)
    OutboxMessage.objects.create(kind=kind, payload=payload)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def replay_after_commit() -> None:
    """Once for the transaction, however many messages it wrote."""
    waiting = {hook[1] for hook in connection.run_on_commit}
    if replay_quietly not in waiting:
        transaction.on_commit(replay_quietly)


def replay_quietly() -> None:
    """The publication stands, whatever happens here: the worker tries again."""
    try:
        replay(slow=False)
    except Exception:
        logger.exception("the outbox waits for the worker")


def replay(*, slow=True) -> int:
    """Work off what is due, one message a transaction; how many succeeded."""
    done, tried = 0, 0
    while (key := _next(after=tried, slow=slow)) is not None:
        tried = key
        done += _deliver(key)
    return done


def _waiting():
    """Undone and not resting: a message that failed n times rests n² seconds from its birth."""
    rested = RawSQL(
        "created_at + attempts * attempts * interval '1 second' <= clock_timestamp()", (), BooleanField()
    )
    return OutboxMessage.objects.filter(done_at__isnull=True).filter(rested)


def _next(after, slow):
    waiting = _waiting() if slow else _waiting().exclude(kind__in=_slow)
    return waiting.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True).first()


@transaction.atomic
def _deliver(key) -> bool:
    message = (
        OutboxMessage.objects.select_for_update(skip_locked=True).filter(pk=key, done_at__isnull=True).first()
    )
    if message is None:
        return False
    try:
        with transaction.atomic():
            _handlers[message.kind](message.payload)
    except Exception as error:
        logger.exception("outbox message %s (%s) failed", message.pk, message.kind)
        message.attempts += 1
        message.error = f"{type(error).__name__}: {error}"[:2000]
        message.save(update_fields=["attempts", "error"])
        return False
    message.done_at, message.error = Now(), ""
    message.save(update_fields=["done_at", "error"])
    return True
