"""What Elasticsearch's and OpenSearch's backends share: only what is public goes there, and Chinese is found in it.

Wagtail's own backends (modelsearch/backends/elasticsearchbase.py) do the speaking. Their standard analyser makes each
Chinese character a token; a phrase of tokens is then exactly the words one looks for, as in PostgreSQL.
"""

from search.folding import fold
from search.models import SearchEntry

SHORTEST_PREFIX = 3  # letters or digits from which on the beginning of a run is enough, as in PostgreSQL
# Runs that begin so; the server's own 50 lose numbers, of which a portal has more that begin with 202.
MOST_ENDINGS = 1000

# By column, as the sorting is read: a thousand stored fields take three times as long to fetch.
ONLY_KEYS = {"docvalue_fields": ["pk"], "stored_fields": "_none_", "_source": False}


class EntriesOnly:
    """An index that takes search entries and nothing else: `update_index` would send drafts, pages and files too."""

    def add_items(self, model, items):
        if model is SearchEntry:
            super().add_items(model, items)

    def add_item(self, item):
        self.add_items(type(item), [item])

    def delete(self):
        """The index, or those that its name stands for; the server refuses to delete by such a name."""
        if self.is_alias():
            for index in self.aliased_indices():
                index.delete()
        else:
            super().delete()


class Phrases:
    """Queries of phrases, and filters by what an array holds, which the stock compiler does not know."""

    def _compile_phrase_query(self, query, fields):
        words = fold(query.query_string)
        last = words[-SHORTEST_PREFIX:]
        going_on = len(last) == SHORTEST_PREFIX and last.isascii() and last.isalnum()
        kind = "match_phrase_prefix" if going_on else "match_phrase"
        asked = {"query": words} | ({"max_expansions": MOST_ENDINGS} if going_on else {})
        found = [{kind: {field.field_name: asked}} for field in fields]
        return found[0] if len(found) == 1 else {"dis_max": {"queries": found}}

    def _process_lookup(self, field_path, lookup, value, **places):
        if lookup != "contains":
            return super()._process_lookup(field_path, lookup, value, **places)
        column = self.mapping.get_field_column_name(field_path[0])
        wanted = [each.value for each in value.get_source_expressions()]
        return {"bool": {"filter": [{"term": {column: each}} for each in wanted]}}


class Numbers:
    """Numbers of publications, all that are wanted in one request: they stand in one window (search.contract.MOST_HITS).

    The stock results scroll by 100 and read every row from the database.
    """

    def _do_search(self):
        index = self.backend.get_index_for_model(self.query_compiler.queryset.model).name
        window = {"from_": self.start, "size": self.stop - self.start}
        found = self._backend_do_search(self._get_es_body(), index=index, **window, **ONLY_KEYS)
        return (int(hit["fields"]["pk"][0]) for hit in found["hits"]["hits"])
