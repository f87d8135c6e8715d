"""Wagtail's PostgreSQL backend for Chinese: grams in the index and in the query, and no average over the index.

The stock backend (modelsearch/backends/database/postgres/postgres.py) takes a Chinese sentence for one word and so
finds nothing inside it, and on every save averages the length of all titles (3 s at 1,000,000 pages). Here titles
count a fixed number of times more than texts, so a save writes its own row only.
"""

from functools import reduce

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func, TextField
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    ObjectIndexer,
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.backends.database.postgres.query import Lexeme
from modelsearch.index import AutocompleteField, SearchField
from modelsearch.query import Phrase, PlainText
from modelsearch.utils import get_content_type_pk

from search.folding import fold, grams, pieces, simplified
from search.models import SearchEntry

TITLE_WEIGHT = 4.0
NOTHING = "☃"  # folding leaves no such sign in any text
SHORTEST_PREFIX = 2
LONGEST_QUERY = 100

ROW = "(%s, %s, search_grams(search_fold(%s)), search_grams(search_fold(%s)), search_grams(search_fold(%s)), 1.0, %s, %s)"
INSERT = """
    INSERT INTO {table} (content_type_id, object_id, title, autocomplete, body, title_norm, title_text, body_text)
    VALUES {rows}
    ON CONFLICT (content_type_id, object_id) DO UPDATE SET
        title = excluded.title, autocomplete = excluded.autocomplete, body = excluded.body, title_norm = 1.0,
        title_text = excluded.title_text, body_text = excluded.body_text
"""
LONGEST_TEXT = 60_000


class Grams(Func):
    """Grams of a column, for searches in named fields."""

    function = "search_grams"
    template = "search_grams(search_fold(%(expressions)s))"
    output_field = SearchVectorField()


class ChineseIndex(PostgresIndex):
    """Search entries stay out: they are the public's index, and PostgreSQL keeps it by itself."""

    def delete_stale_model_entries(self, model):
        if model is not SearchEntry:
            super().delete_stale_model_entries(model)

    def add_items(self, model, objs):
        if not model.get_search_fields() or not objs or model is SearchEntry:
            return
        content_type = get_content_type_pk(model)
        values = []
        for indexer in (ObjectIndexer(obj, self.backend) for obj in objs):
            title, body, typed = texts(indexer)
            values += [content_type, indexer.id, title, typed, body, title, body]
        rows = ", ".join([ROW] * len(objs))
        with self.write_connection.cursor() as cursor:
            cursor.execute(INSERT.format(table=IndexEntry._meta.db_table, rows=rows), values)

    def _refresh_title_norms(self, full=False):
        """Nothing: titles are weighed by a constant."""


def texts(indexer) -> tuple[str, str, str]:
    """Title, body and what is found while typing, as the object's search fields say."""
    found = {"title": [], "body": [], "typed": []}
    for field in indexer.search_fields:
        for current, _weight, value in indexer.prepare_field(indexer.obj, field):
            if isinstance(current, AutocompleteField):
                found["typed"].append(value)
            elif isinstance(current, SearchField):
                found["title" if current.field_name == "title" else "body"].append(value)
    title, body, typed = (" ".join(part).replace("\x00", " ")[:LONGEST_TEXT] for part in found.values())
    return title, body, typed


class ChineseQuery:
    """Every word that is typed becomes the grams that a text with this word must have."""

    def build_tsquery_content(self, query, config=None, invert=False):
        if not isinstance(query, PlainText | Phrase):
            return super().build_tsquery_content(query, config=config, invert=invert)
        either = isinstance(query, PlainText) and query.operator == "or"
        words = fold(simplified(query.query_string[:LONGEST_QUERY])).split()
        terms = [self.term(word) for word in words] or [Lexeme(NOTHING)]
        joined = reduce(lambda a, b: a | b if either else a & b, terms)
        asked = SearchQuery(joined, search_type="raw", config=config or "simple")
        return ~asked if invert else asked

    @staticmethod
    def term(word):
        """The last run of letters or digits may go on, for nobody types a whole file name."""
        last, latin = pieces(word)[-1]
        found = [
            Lexeme(gram, prefix=latin and gram == last and len(last) >= SHORTEST_PREFIX)
            for gram in grams(word)
        ]
        return reduce(lambda a, b: a & b, found)

    def get_fields_vectors(self, search_query):
        return [
            (Grams(Cast(F(lookup), TextField())), TITLE_WEIGHT if lookup == "title" else 1.0)
            for lookup in self.search_fields
        ]


class ChineseQueryCompiler(ChineseQuery, PostgresSearchQueryCompiler):
    def get_index_vectors(self, search_query):
        return [(F("index_entries__title"), TITLE_WEIGHT), (F("index_entries__body"), 1.0)]


class ChineseAutocompleteCompiler(ChineseQuery, PostgresAutocompleteQueryCompiler):
    pass


class ChineseSearchBackend(PostgresSearchBackend):
    query_compiler_class = ChineseQueryCompiler
    autocomplete_query_compiler_class = ChineseAutocompleteCompiler
    index_class = ChineseIndex


SearchBackend = ChineseSearchBackend
