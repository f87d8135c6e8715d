"""Publications for measuring are kept away from real ones (`manage.py seed_scale`)."""

import pytest
from django.core.management import CommandError, call_command

from publication.models import Publication
from tests import publication_world as world
from tests.factories import town

pytestmark = pytest.mark.django_db


def test_never_beside_something_real():
    world.public(town())
    with pytest.raises(CommandError, match="real"):
        call_command("seed_scale", 10)
    assert Publication.objects.count() == 1


def test_never_in_production(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="in use"):
        call_command("seed_scale", 10)
    assert not Publication.objects.exists()
