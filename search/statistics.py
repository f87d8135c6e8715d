"""What the public looks for, counted for the e-gov office; the public process can add and cannot read."""

import logging

from django.db import DatabaseError, connection, transaction

from search.parsing import Parsed

logger = logging.getLogger(__name__)


def note(parsed: Parsed, found: int) -> None:
    """Count the question for today. Counting must never cost a reader his answer."""
    if not parsed.terms:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT search_note(%s, %s)", [" ".join(parsed.terms), found])
    except DatabaseError:
        logger.exception("a question could not be counted")
