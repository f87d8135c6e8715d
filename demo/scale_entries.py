"""Search entries of many publications at once, for a database that is thrown away (`manage.py seed_scale --search`).

A portal enters each publication into its index in the transaction that publishes it (ADR 8). For a million at once that
took forty minutes, nearly all of them for two GIN indexes that grew row by row; here the entries are made in as many
sessions as there are processors and indexed when all are there. They are the database's own, by its own function.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection

INDEXES = ("search_entry_grams", "search_entry_titles")
PART = 4_000
MISSING = """
    SELECT p.id FROM publication_publication p
    WHERE p.ended_at IS NULL AND p.kind <> 'home'
      AND NOT EXISTS (SELECT FROM search_searchentry e WHERE e.publication_id = p.id)
    ORDER BY p.id
"""


def enter_missing() -> int:
    """Makes the entries that are missing; how many these were."""
    with connection.cursor() as cursor:
        cursor.execute(MISSING)
        missing = [number for (number,) in cursor.fetchall()]
    parts = [missing[start : start + PART] for start in range(0, len(missing), PART)]
    sessions = os.cpu_count() or 1
    with indexed_afterwards(), ThreadPoolExecutor(sessions) as threads:
        list(threads.map(_enter, parts))
    return len(missing)


def _enter(numbers: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_enter_many(%s)", [numbers])
    connection.close()


@contextmanager
def indexed_afterwards():
    """Without the two indexes inside; they are made again whatever happens."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = ANY (%s)", [list(INDEXES)])
        definitions = [definition for (definition,) in cursor.fetchall()]
        for name in INDEXES:
            cursor.execute(f"DROP INDEX {name}")
        try:
            yield
        finally:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            for definition in definitions:
                cursor.execute(definition)
            cursor.execute("RESET maintenance_work_mem")
            cursor.execute("ANALYZE search_searchentry")
