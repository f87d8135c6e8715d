"""`manage.py index_search`: the search server's index from the entries, once after SEARCH_URL was set."""

from django.core.management.base import BaseCommand, CommandError

from search.engines import engine, on_server


class Command(BaseCommand):
    help = "Fill the index of the search server that SEARCH_URL names."

    def handle(self, **options):
        if not on_server():
            raise CommandError("SEARCH_URL is not set: PostgreSQL keeps its own entries.")
        self.stdout.write(f"{engine().rebuild()} entries indexed")
