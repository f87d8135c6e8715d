"""The worker: side effects that a crash left over, releases whose minute has come, items whose time is over, rounds."""

import logging
import select
import signal

from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from publication import gate, outbox, rounds

PATIENCE = 0.5  # seconds between two looks at the clock; messages wake the worker at once

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Work off the outbox, publish what is due, close what has expired. Runs until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *, once, **options):
        self.running = not once
        signal.signal(signal.SIGTERM, self.stop)
        self.round()
        while self.running:
            try:
                self.wait()
                self.round()
            except OperationalError:  # the database went away: connect anew in the next round
                logger.exception("the database does not answer")
                connection.close()
                select.select([], [], [], PATIENCE)

    def stop(self, *_args):
        self.running = False

    def round(self):
        outbox.replay()
        gate.release_due()
        gate.expire_due()
        rounds.run()

    def wait(self):
        """Until a message comes (NOTIFY) or the next look at the clock is due."""
        connection.ensure_connection()
        raw = connection.connection
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {outbox.CHANNEL}")
        select.select([raw], [], [], PATIENCE)
        raw.poll()
        raw.notifies.clear()
