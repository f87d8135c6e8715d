"""Which engine answers: PostgreSQL, or the Elasticsearch or OpenSearch server that SEARCH_URL names."""

from functools import lru_cache

from django.conf import settings

from search.contract import Engine

SERVER = "public"  # the server's name among Wagtail's search backends


def on_server() -> bool:
    return SERVER in settings.WAGTAILSEARCH_BACKENDS


def engine() -> Engine:
    return _engine(repr(settings.WAGTAILSEARCH_BACKENDS.get(SERVER, "")))


@lru_cache(maxsize=4)
def _engine(_setting: str) -> Engine:
    if on_server():
        from search.engines.server import ServerEngine

        return ServerEngine(SERVER)
    from search.engines.postgres import PostgresEngine

    return PostgresEngine()
