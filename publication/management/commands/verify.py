"""Prove that everything public is signed, whole and unaltered; name what is not, one a line."""

import sys

from django.core.management.base import BaseCommand
from django.db import transaction

from publication import crawling, verification


class Command(BaseCommand):
    help = "Prove that every publication is signed, whole and unaltered. Ends with 1 if anything is not."

    def add_arguments(self, parser):
        parser.add_argument("--crawl", metavar="URL", help="also compare what this public server serves")

    def handle(self, *, crawl, **options):
        found = 0
        with transaction.atomic():
            publications, entries, files = verification.counts()
            for line in verification.offenders():
                found += 1
                self.stdout.write(line)
        if crawl:
            for line in crawling.offenders(crawl):
                found += 1
                self.stdout.write(line)
        self.stdout.write(
            f"verified: {publications} publications, {entries} register entries, {files} files, {found} offenders"
        )
        if found:
            sys.exit(1)
