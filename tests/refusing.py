"""What is refused, and in whose words: by a service with its article, by PostgreSQL with an error."""

import pytest
from django.db import IntegrityError, connection, transaction

from regulation.refusals import Refusal


def refuses(code, article, call, *args, **kwargs):
    """The service refuses with this code and cites this article."""
    with pytest.raises(Refusal) as caught:
        call(*args, **kwargs)
    assert caught.value.code == code
    assert caught.value.article == article
    assert caught.value.article_label in str(caught.value)


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0] if cursor.description else cursor.rowcount


def refused_by_database(sql, *values, says=None, error=IntegrityError):
    with pytest.raises(error, match=says), transaction.atomic():
        run(sql, *values)
