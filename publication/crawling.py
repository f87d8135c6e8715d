"""`verify --crawl URL`: what the public server really serves, compared with what was approved."""

import hashlib
import re
from collections.abc import Iterator
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from django.conf import settings
from django.test.utils import override_settings

from publication.documents import parse
from publication.files import public_url
from publication.models import Publication, PublicationAsset
from publication.rendering import render_document

SECONDS = 20
CANONICAL = re.compile(r'<link rel="canonical" href="(https?://[^"]+)"')


def offenders(base: str) -> Iterator[str]:
    """Every open publication's page and file, fetched from `base` (http://host:port) as a reader would."""
    if urlsplit(base).scheme not in ("http", "https"):
        raise ValueError(f"{base!r} is no address of a web server.")
    base = base.rstrip("/")
    address = own_address(base)
    for publication in Publication.objects.open().order_by("pk").iterator(chunk_size=200):
        if complaint := page_complaint(base, publication, address):
            yield f"page {publication.path}: {complaint}"
    assets = PublicationAsset.objects.filter(publication__ended_at__isnull=True)
    for sha256, name in assets.values_list("sha256", "name").distinct().iterator(chunk_size=500):
        if complaint := file_complaint(base, sha256, name):
            yield f"file {sha256}/{name}: {complaint}"


def page_complaint(base, publication, address) -> str:
    """Compared with what the approved bytes give; fetched twice where a list changed in between."""
    for _attempt in range(2):
        status, body = fetch(base + publication.path)
        if status != 200:
            return f"answers {status}"
        if body == expected(publication, address):
            return ""
    return "serves something else than was approved"


def expected(publication, address=None) -> bytes:
    with override_settings(PUBLIC_BASE_URL=address or settings.PUBLIC_BASE_URL):
        html = render_document(
            parse(publication.document), published_at=publication.first_published_at, publication=publication
        )
    return html.encode()


def own_address(base) -> str:
    """What the server calls itself. Production is told; a demo may have been started on any port."""
    if not settings.DEMO:
        return settings.PUBLIC_BASE_URL
    _status, body = fetch(f"{base}/")
    found = CANONICAL.search(body.decode(errors="replace"))
    return found[1].rstrip("/") if found else settings.PUBLIC_BASE_URL


def file_complaint(base, sha256, name) -> str:
    status, body = fetch(base + public_url(sha256, name))
    if status != 200:
        return f"answers {status}"
    return "" if hashlib.sha256(body).hexdigest() == sha256 else "serves other bytes than were approved"


def fetch(url) -> tuple[int, bytes]:
    try:
        with urlopen(url, timeout=SECONDS) as response:  # noqa: S310 (the scheme was checked)
            return response.status, response.read()
    except HTTPError as error:
        return error.code, b""
    except URLError:
        return 0, b""
