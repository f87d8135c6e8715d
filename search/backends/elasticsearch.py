"""Wagtail's backend for Elasticsearch 8 and 9, for the public's searches. The client's version is the server's."""

from elasticsearch import ApiError, TransportError
from modelsearch.backends.elasticsearch9 import (
    Elasticsearch9Index,
    Elasticsearch9SearchBackend,
    Elasticsearch9SearchQueryCompiler,
    Elasticsearch9SearchResults,
)

from search.backends.servers import EntriesOnly, Numbers, Phrases


class EntryIndex(EntriesOnly, Elasticsearch9Index):
    def exists(self):
        return self.es.indices.exists(index=self.name)


class PhraseCompiler(Phrases, Elasticsearch9SearchQueryCompiler):
    pass


class Results(Numbers, Elasticsearch9SearchResults):
    pass


class SearchBackend(Elasticsearch9SearchBackend):
    index_class = EntryIndex
    query_compiler_class = PhraseCompiler
    results_class = Results
    failures = (ApiError, TransportError)
