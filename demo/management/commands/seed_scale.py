"""`manage.py seed_scale N`: N publications for measuring, in a database that is thrown away afterwards."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import scale


class Command(BaseCommand):
    help = "Builds N publications for measuring; only where nothing real is public, never in production."

    def add_arguments(self, parser):
        parser.add_argument("total", type=int)
        parser.add_argument(
            "--search", action="store_true", help="with entries for search, which take longer"
        )

    def handle(self, *, total, search, **options):
        if not settings.DEMO:
            raise CommandError("Publications for measuring have no place in a portal in use.")
        if total < 1:
            raise CommandError("How many?")
        if scale.is_real():
            raise CommandError("Something real is public here; measure in a database of its own.")
        started = time.monotonic()
        scale.seed(total, search=search, say=lambda line: self._say(started, line))

    def _say(self, started, line) -> None:
        self.stdout.write(f"{time.monotonic() - started:6.1f} s  {line}")
