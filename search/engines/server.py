"""The same search on the Elasticsearch or OpenSearch server that SEARCH_URL names, through Wagtail's backends.

A hit counts only while its entry stands in the database, so what is withdrawn is not found although a server may still
return it for a moment. While the server does not answer, PostgreSQL does: its entries are always there.
"""

import logging

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string
from modelsearch.query import And, Or, Phrase

from search.contract import MOST_HITS, MOST_TEXTS, MOST_TITLES, Answer, Hit, Question
from search.engines.postgres import PostgresEngine
from search.models import SearchEntry

CHUNK = 500
STANDING = """
    SELECT publication_id, title, number, published_at, search_times(text, %(words)s)
    FROM search_searchentry WHERE publication_id = ANY(%(seen)s)
    UNION ALL
    SELECT publication_id, NULL, NULL, NULL, NULL FROM search_searchentry
    WHERE publication_id = ANY(%(newest)s) AND publication_id <> ALL(%(seen)s)
"""

logger = logging.getLogger(__name__)


class ServerEngine:
    def __init__(self, name: str):
        """Wagtail's own way to a backend wants Wagtail loaded, which the public process has not."""
        given = dict(settings.WAGTAILSEARCH_BACKENDS[name])
        self.backend = import_string(f"{given.pop('BACKEND')}.SearchBackend")(given)
        self.entries = self.backend.get_index_for_model(SearchEntry)

    def answer(self, question: Question, *, most=MOST_HITS) -> Answer:
        if not question.clauses:
            return Answer()
        try:
            in_titles = self._found(question, "heading", MOST_TITLES)
            in_texts = self._found(question, "said", most)
        except self.backend.failures as error:
            logger.error("The search server does not answer (%s): PostgreSQL does.", type(error).__name__)
            return PostgresEngine().answer(question, most=most)
        return standing(question, in_titles + in_texts[:MOST_TEXTS], in_texts)

    def _found(self, question: Question, field: str, most: int) -> list[int]:
        rows = SearchEntry.objects.order_by("-published_at", "-publication_id")
        if question.facets:
            rows = rows.filter(facets__contains=list(question.facets))
        return list(
            self.backend.search(as_query(question), rows, fields=[field], order_by_relevance=False)[:most]
        )

    # --- keeping the index ---

    def index(self, publication_ids) -> None:
        rows = list(SearchEntry.get_indexed_objects().filter(pk__in=publication_ids))
        self.entries.add_items(SearchEntry, rows)
        for key in set(publication_ids) - {row.pk for row in rows}:
            self.entries.delete_item(SearchEntry(pk=key))
        self.entries.refresh()

    def drop(self, publication_ids) -> None:
        for key in publication_ids:
            self.entries.delete_item(SearchEntry(pk=key))
        self.entries.refresh()

    def rebuild(self) -> int:
        """All entries into a new index, which then takes the old one's name; how many."""
        rebuilder = self.backend.rebuilder_class(self.entries)
        index = rebuilder.start()
        index.add_model(SearchEntry)
        entries, last, total = SearchEntry.get_indexed_objects().order_by("pk"), 0, 0
        while rows := list(entries.filter(pk__gt=last)[:CHUNK]):
            index.add_items(SearchEntry, rows)
            last, total = rows[-1].pk, total + len(rows)
        rebuilder.finish()
        return total

    def remove(self) -> None:
        self.entries.delete()


def as_query(question: Question):
    """One of the wordings of each clause, as a phrase."""
    clauses = [Or([Phrase(word) for word in clause.words]) for clause in question.clauses]
    return Or(clauses) if question.any_clause else And(clauses)


def standing(question: Question, seen: list[int], newest: list[int]) -> Answer:
    """Of what the server found, what has an entry, with what ranking looks at: the same as of PostgreSQL's own hits."""
    words = [clause.words[0] for clause in question.clauses]
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"words": words, "seen": seen, "newest": newest})
        rows = {key: rest for key, *rest in cursor.fetchall()}
    return Answer(
        seen=[Hit(key, *rows[key]) for key in dict.fromkeys(seen) if key in rows],
        newest=[key for key in newest if key in rows],
    )
