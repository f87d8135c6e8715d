"""The public process follows what changes on the net and drops its cached pages in the same second.

PostgreSQL notifies at each commit; a look four times a second covers what a notice cannot prove. Nothing that was
public a second ago is served on trust: a process that has not heard from the database within TRUST does not use its
cache, and one that lost its connection forgets everything (a taken-down page must not live on because nobody told).
"""

import logging
import select
import threading
import time

from django.db import connection
from django.utils import timezone

from publication.pagecache import PageCache

CHANNEL = "publication_change"
LOOK = 0.25  # seconds between looks without a notice
TRUST = 0.9  # seconds for which the answer to a look is good
MANY = 1_000  # changes at once: beginning anew is quicker; the database keeps ten times as many
# Over TCP a connection that is cut without a word is found out, not waited for.
LIMITS = {"connect_timeout": 2, "tcp_user_timeout": 2_000, "application_name": "page cache"}

logger = logging.getLogger(__name__)


class Follower(threading.Thread):
    """One thread for each public process."""

    def __init__(self, cache: PageCache):
        super().__init__(name="page cache follower", daemon=True)
        self.cache = cache
        self.heard = float("-inf")
        self.ended = threading.Event()
        self._seen = 0
        self._day = None

    @property
    def is_current(self) -> bool:
        """All that was committed TRUST seconds ago has been dropped."""
        return time.monotonic() - self.heard < TRUST

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                self._follow()
            except Exception:
                logger.warning("the page cache lost sight of the database", exc_info=True)
            self.heard = float("-inf")
            self.cache.clear()
            self.ended.wait(LOOK)

    def _follow(self) -> None:
        line = connection.get_new_connection(connection.get_connection_params() | LIMITS)
        try:
            line.autocommit = True
            with line.cursor() as cursor:
                cursor.execute("SET statement_timeout = '2s'")
                cursor.execute("SELECT pg_is_in_recovery()")
                if not cursor.fetchone()[0]:  # a replica notifies nobody: there only the looks tell
                    cursor.execute(f"LISTEN {CHANNEL}")
                self._begin_anew(cursor)
                while not self.ended.is_set():
                    self._look(cursor)
                    if select.select([line], [], [], LOOK)[0]:
                        line.poll()
                        line.notifies.clear()
        finally:
            line.close()

    def _begin_anew(self, cursor) -> None:
        cursor.execute("SELECT coalesce(max(id), 0) FROM publication_change")
        self._seen = cursor.fetchone()[0]
        self._day = timezone.localdate()
        self.cache.clear()

    def _look(self, cursor) -> None:
        began = time.monotonic()
        cursor.execute(
            "SELECT id, tags FROM publication_change WHERE id > %s ORDER BY id LIMIT %s", [self._seen, MANY]
        )
        rows = cursor.fetchall()
        # Some pages say what holds today (validity of a policy): a new day draws them anew.
        if len(rows) == MANY or timezone.localdate() != self._day:
            self._begin_anew(cursor)
        else:
            for self._seen, tags in rows:
                self.cache.drop(tags)
        self.heard = began
        if self.cache.files:
            self.cache.files.take()
