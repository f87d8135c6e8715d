"""`manage.py import_package FILE`: what the upload on screen does, for sticks that come to the server room.

Somebody of the e-gov office's desk stands for it: named with `--by`, or asked for on the terminal.
"""

import sys
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from intake import importing
from organisation.models import User
from regulation.refusals import Refusal


class Command(BaseCommand):
    help = (
        "Bring in an offline package of a unit (Article 12). It is taken in on screen, with the stamped form."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", help="user name of the person at the e-government office's desk")

    def handle(self, *args, file, by=None, **options):
        by = by or _asked()
        person = User.objects.filter(username=by, is_active=True).first()
        if person is None:
            raise CommandError(f"no such person: {by}")
        if not file.is_file():
            raise CommandError(f"no such file: {file}")
        try:
            with file.open("rb") as opened:
                record = importing.bring(File(opened, name=file.name), person)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if record.outcome == record.Outcome.REFUSED:
            raise CommandError(f"refused ({record.code}): {record.reason}")
        self.stdout.write(f"received: package {record.pk}, sha256 {record.sha256}")


def _asked():
    """Who brings it in, from the terminal; a script says it on the command line."""
    if not sys.stdin.isatty():
        raise CommandError("say who brings it in: --by USERNAME")
    return input("User name at the e-government office's desk: ").strip()
