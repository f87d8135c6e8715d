"""`manage.py demo_logins`: write demo/README.md from the demo's tables."""

from django.core.management.base import BaseCommand, CommandError

from demo import logins


class Command(BaseCommand):
    help = "Writes demo/README.md, the list of the demo's log-ins; --check only compares."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail if the document is stale")

    def handle(self, *args, check: bool = False, **options):
        fresh = logins.readme()
        current = logins.README.read_text(encoding="utf-8") if logins.README.exists() else ""
        if fresh == current:
            self.stdout.write("demo/README.md is fresh")
            return
        if check:
            raise CommandError("demo/README.md is stale: run manage.py demo_logins")
        logins.README.write_text(fresh, encoding="utf-8")
        self.stdout.write("demo/README.md written")
