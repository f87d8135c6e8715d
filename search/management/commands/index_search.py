"""`manage.py index_search`: the search server's index from the entries, once after SEARCH_URL was set."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Fill the index of the search server that SEARCH_URL names."

    def handle(self, **options):
        if not settings.SEARCH_URL:
            raise CommandError("SEARCH_URL is not set: PostgreSQL keeps its own entries.")
        from search.engines import engine

        self.stdout.write(f"{engine().rebuild()} entries indexed")
