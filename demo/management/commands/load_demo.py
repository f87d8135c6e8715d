"""`manage.py load_demo`: fills an empty portal with the demo; `--delete` throws the demo's database away.

Records of the portal are append-only, so a demo cannot be deleted row by row. Deleting means dropping the database and
the two stores and migrating anew, which is done in development only.
"""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import deletion, loading, logins
from organisation.models import Unit


class Command(BaseCommand):
    help = "Loads the demo through the portal's own services; --delete drops the demo database (development only)."

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true", help="drop and migrate the demo's database anew")

    def handle(self, *args, delete: bool = False, **options):
        if not settings.DEMO:
            raise CommandError("The demo is for development and training, never for a portal in use.")
        if delete:
            self._delete()
            return
        if loading.is_loaded():
            self.stdout.write("The demo is loaded already.")
        elif Unit.objects.exists():
            raise CommandError("This portal has units of its own; the demo needs an empty one.")
        else:
            self._load()
        logins.print_table(self.stdout.write)

    def _load(self) -> None:
        started = time.monotonic()
        loading.load(self.stdout.write)
        self.stdout.write(self.style.SUCCESS(f"Demo loaded in {time.monotonic() - started:.0f} s."))

    def _delete(self) -> None:
        if not loading.is_loaded():
            raise CommandError("There is no demo in this database; nothing is deleted.")
        deletion.start_anew()
        self.stdout.write(self.style.SUCCESS("The demo is gone; the portal is empty and migrated."))
