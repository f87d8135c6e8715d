from django.core.management.base import BaseCommand
from django.db import transaction

from organisation.sync import parts


class Command(BaseCommand):
    help = "Brings posts, groups, permissions and routes in line with the code, as the database owner."

    def handle(self, *args, **options):
        """One transaction: everything is in line or nothing changed. A second run changes nothing."""
        changes = 0
        with transaction.atomic():
            for part in parts():
                for line in part.run() or ():
                    changes += 1
                    self.stdout.write(f"{part.name}: {line}")
        self.stdout.write(self.style.SUCCESS(f"sync_portal: {changes} changes"))
