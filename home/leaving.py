"""离站提示: a link that leaves the government's sites goes by a page that says so (portal.md); no pop-up.

The notice's address names the page on which the link stands and the link's digest, and the page's signed document
must hold that link. So nobody can make the portal point to an address that was never approved.
"""

import hashlib
import re
from html import unescape
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from publication.documents import parse
from publication.models import Publication

EXTERNAL = re.compile(r'<a href="(https?://[^"]+)" rel="external noopener">')
OWN_HOSTS = (".gov.cn",)


class Notices:
    """For one document: outside address → address of its notice, or the address itself for a government site."""

    def __init__(self, document):
        self.path = document.get("path", "")

    def address(self, url: str) -> str:
        if not self.path or url.startswith("/") or is_government(url):
            return url
        return "/leaving/?" + urlencode({"page": self.path, "link": key_of(url)})


def is_government(url: str) -> bool:
    """A government's site, or this one under whatever name it is reached."""
    host = urlsplit(url).hostname or ""
    return host.endswith(OWN_HOSTS) or host == urlsplit(settings.PUBLIC_BASE_URL).hostname


def without_host(url: str) -> str:
    """An address of this portal as a path, for the portal may be reached under another name; others as they are."""
    base = settings.PUBLIC_BASE_URL
    return url.removeprefix(base) if url.startswith(f"{base}/") else url


def key_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def addresses(document) -> set[str]:
    """Every outside address that a document's words, source and footer hold."""
    found = {unescape(url) for text in all_texts(document) for url in EXTERNAL.findall(text)}
    found.add((document.get("source") or {}).get("url") or "")
    footer = (document.get("home") or {}).get("footer") or {}
    found |= {link["url"] for link in footer.get("links", ())}
    return found - {""}


def all_texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from all_texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from all_texts(item)


def find(path: str, key: str) -> tuple[str, str] | None:
    """(outside address, title of the item that holds it), if an open publication does."""
    row = Publication.objects.open().filter(site="portal", path=path[:255]).values_list("document", flat=True)
    stored = row.first() if "\x00" not in path else None
    if stored is None:
        return None
    document = parse(stored)
    # The home page holds the footer of all pages: a link in it says nothing of where one was.
    origin = "" if document["kind"] == "home" else document["title"]
    return next(((url, origin) for url in addresses(document) if key_of(url) == key), None)
