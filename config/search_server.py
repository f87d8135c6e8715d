"""SEARCH_URL as one of Wagtail's search backends."""

from importlib.util import find_spec
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

CLIENTS = {"elasticsearch": "elasticsearch", "opensearch": "opensearchpy"}
KINDS = {"elasticsearch": "search.backends.elasticsearch", "opensearch": "search.backends.opensearch"}
SECONDS = 5
EXAMPLE = "opensearch+https://user:password@host:9200/portal"


def backends(address: str) -> dict:
    """`{}` without an address; the last part of its path is what the names of the indexes begin with.

    Raises ImproperlyConfigured for an address that names no kind of server, and where the kind's client is missing.
    """
    if not address:
        return {}
    kind, plus, url = address.partition("+")
    if not plus or kind not in KINDS or urlsplit(url).scheme not in ("http", "https"):
        raise ImproperlyConfigured(f"SEARCH_URL must read like {EXAMPLE} (or elasticsearch+…).")
    if not find_spec(CLIENTS[kind]):
        raise ImproperlyConfigured(f"SEARCH_URL wants a client that is missing: uv sync --extra {kind}")
    parts = urlsplit(url)
    before, _slash, name = parts.path.rstrip("/").rpartition("/")
    return {
        "public": {
            "BACKEND": KINDS[kind],
            "URLS": [parts._replace(path=before, query="", fragment="").geturl()],
            "INDEX_PREFIX": f"{name or 'portal'}_",
            "TIMEOUT": SECONDS,
            "AUTO_UPDATE": False,  # publications tell the server what it may know (search/entries.py)
        }
    }
