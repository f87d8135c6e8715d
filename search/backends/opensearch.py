"""Wagtail's backend for OpenSearch 2 and 3, for the public's searches."""

from modelsearch.backends.opensearch3 import (
    OpenSearch3Index,
    OpenSearch3SearchBackend,
    OpenSearch3SearchQueryCompiler,
    OpenSearch3SearchResults,
)
from opensearchpy.exceptions import OpenSearchException

from search.backends.servers import EntriesOnly, Numbers, Phrases


class EntryIndex(EntriesOnly, OpenSearch3Index):
    pass


class PhraseCompiler(Phrases, OpenSearch3SearchQueryCompiler):
    pass


class Results(Numbers, OpenSearch3SearchResults):
    pass


class SearchBackend(OpenSearch3SearchBackend):
    index_class = EntryIndex
    query_compiler_class = PhraseCompiler
    results_class = Results
    failures = (OpenSearchException,)
