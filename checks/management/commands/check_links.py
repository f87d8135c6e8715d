from django.core.management.base import BaseCommand

from checks import dead_links


class Command(BaseCommand):
    help = "Asks the links of what is public whether they still answer; run it at night."

    def handle(self, *args, **options):
        dead = dead_links.sweep()
        for state in dead:
            self.stdout.write(f"{state.url} {state.answer}")
        self.stdout.write(f"{len(dead)} dead links")
