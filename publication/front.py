"""A WSGI wrapper above Django that answers from the page cache and lets everything else through.

Kept is a page at a plain address without a query, status 200, no cookie, not for one reader alone (no-store), of a
host that the portal knows, that noted what it shows (publication/shown.py). Everything else is Django's.
"""

import os
import re
import threading
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from publication import shown
from publication.following import Follower
from publication.pagecache import Page, PageCache, page_of
from publication.pagefiles import PageFiles

# Plain words only, so that an address is also the unambiguous name of a file.
ADDRESS = re.compile(r"/(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*)?")
LONGEST = 255
OF_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}  # a 304 has none
NOT_PAGES = ("/static/", "/files/", "/search/", "/-/")


class Front:
    """`Front(get_wsgi_application())`"""

    def __init__(self, application):
        self.application = application
        files = PageFiles(settings.PAGE_CACHE_ROOT) if settings.PAGE_CACHE_ROOT else None
        self.cache = PageCache(settings.PAGE_CACHE_MEGABYTES * 1024 * 1024, files)
        self.follower = Follower(self.cache)
        self._process = None
        self._starting = threading.Lock()

    def __call__(self, environ, start_response) -> Iterable[bytes]:
        key, current = self._key(environ), self._is_current()
        if current:
            environ[shown.MOMENT] = (self, self.cache.moment)
        if key is None or not current:
            return self.application(environ, start_response)
        page = self.cache.get(key)
        if page is not None:
            return send(page, environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            return self.application(environ, start_response)
        with self.cache.alone(key):
            page = self.cache.get(key)
            if page is None:
                return self._draw(key, environ, start_response)
        return send(page, environ, start_response)

    def _key(self, environ) -> str | None:
        """The address, or nothing if the answer is not for everyone alike."""
        path = environ.get("PATH_INFO", "")
        plain = environ["REQUEST_METHOD"] in ("GET", "HEAD") and not environ.get("QUERY_STRING")
        if not plain or path.startswith(NOT_PAGES) or len(path) > LONGEST or not ADDRESS.fullmatch(path):
            return None
        if not is_known(environ.get("HTTP_HOST", "")) or wants_redirect(environ):
            return None
        return path

    def _is_current(self) -> bool:
        """Threads do not survive a fork: each process starts its own follower, once it serves."""
        if self._process != os.getpid():
            with self._starting:
                if self._process != os.getpid():
                    self._process = os.getpid()
                    self.follower = Follower(self.cache)
                    self.follower.start()
        return self.follower.is_current

    def _draw(self, key, environ, start_response) -> Iterable[bytes]:
        since = self.cache.moment
        answered = []
        with shown.collecting() as tags:
            response = self.application(environ, lambda *answer: answered.append(answer))
        status, headers, *_failure = answered[0]
        names = {name.lower() for name, _value in headers}
        alone = ("cache-control", "no-store") in {(name.lower(), value) for name, value in headers}
        if not status.startswith("200 ") or not tags or alone or names & {"set-cookie", "content-encoding"}:
            start_response(*answered[0])
            return response
        body = b"".join(response)
        response.close()
        page = page_of(body, headers, tags)
        self.cache.keep(key, page, since, body)
        return send(page, environ, start_response)


def send(page: Page, environ, start_response) -> Iterable[bytes]:
    headers, body, etag = page.answer(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", [pair for pair in headers if pair[0] not in OF_BODY])
        return []
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


@lru_cache(256)
def is_known(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def wants_redirect(environ) -> bool:
    """Django sends a reader without TLS to https:// (SecurityMiddleware)."""
    if not settings.SECURE_SSL_REDIRECT or environ.get("wsgi.url_scheme") == "https":
        return False
    name, value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    return not name or environ.get(name, "").split(",")[0].strip() != value
