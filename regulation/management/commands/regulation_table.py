"""`manage.py regulation_table`: write docs/regulation.md from the table of articles."""

from django.core.management.base import BaseCommand, CommandError

from regulation import table


class Command(BaseCommand):
    help = "Write docs/regulation.md from the table of articles; --check only compares."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail if the document is stale")

    def handle(self, *args, check: bool = False, **options):
        fresh = table.render()
        current = table.DOCUMENT.read_text(encoding="utf-8") if table.DOCUMENT.exists() else ""
        if fresh == current:
            self.stdout.write("docs/regulation.md is fresh")
            return
        if check:
            raise CommandError("docs/regulation.md is stale: run manage.py regulation_table")
        table.DOCUMENT.write_text(fresh, encoding="utf-8")
        self.stdout.write("docs/regulation.md written")
