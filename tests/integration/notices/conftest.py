"""A town whose people have addresses."""

import pytest

from notices import mailing
from notices.models import Notice
from tests import factories
from tests.notices_world import TITLE


@pytest.fixture
def made(town, column):
    made = town
    for (name, post), person in made.people.items():
        person.email = f"{name}.{post}@example.org"
        person.save(update_fields=["email"])
    made.column = column
    Notice.objects.all().delete()
    mailing.server.answered()
    return made


@pytest.fixture
def submitted(made):
    def submit(title=TITLE, publish_at=None, **fields):
        page = factories.item(made, "water", made.column, title=title, **fields)
        return factories.submit(page, made.who("water", "author"), publish_at=publish_at)

    return submit
