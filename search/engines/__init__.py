"""Which engine answers: PostgreSQL, or the Elasticsearch or OpenSearch server that SEARCH_URL names."""

from functools import lru_cache

from django.conf import settings

from search.contract import Engine


def engine() -> Engine:
    return _engine(getattr(settings, "SEARCH_URL", ""))


@lru_cache(maxsize=4)
def _engine(address: str) -> Engine:
    if address:
        from search.engines.server import ServerEngine

        return ServerEngine(address)
    from search.engines.postgres import PostgresEngine

    return PostgresEngine()
