"""What an anonymous reader gets: the public process's URLs and middleware, read with the public database role."""

from contextlib import contextmanager
from functools import lru_cache
from urllib.parse import quote

from django.db import connection, transaction
from django.http import HttpResponseNotFound
from django.test import Client, override_settings

from config import urls_public
from publication.files import public_url
from publication.models import Publication, PublicationAsset
from tests.committed import as_role
from tests.regulation.world import UNAPPROVED

_client = None
BARE = "tests.bare_404"
urlpatterns = urls_public.urlpatterns


def handler404(request, exception):
    """Of this module as a URLconf: most guesses lead nowhere, and the page that says so is the same for all."""
    return HttpResponseNotFound()


class PublicUrls:
    """The public process's URLs without emptying Django's caches of the admin's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.urlconf = __name__ if request.META.get(BARE) else "config.urls_public"
        return self.get_response(request)


def client():
    """One for all: WhiteNoise looks through the static files when it is made."""
    global _client
    if _client is None:
        from config.settings import public

        _client = Client(raise_request_exception=False)
        chain = [f"{__name__}.PublicUrls", *public.MIDDLEWARE]
        with override_settings(MIDDLEWARE=chain, CONTENT_SECURITY_POLICY=public.CONTENT_SECURITY_POLICY):
            _client.handler.load_middleware()
    return _client


@contextmanager
def public_role():
    """In a savepoint, so that a right the public role lacks harms nothing but the request."""
    with transaction.atomic():
        as_role("portal_public", local=True)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                as_role("portal_app", local=True)


def get(path, **environ):
    """(status, body) of one address, as the public process answers it."""
    with public_role():
        response = client().get(path, HTTP_HOST="public.test", **environ)
        body = b"".join(response) if response.streaming else response.content
        return response.status_code, body


def addresses():
    """Everything that is public by right: pages, and the files they name."""
    pages = list(Publication.objects.open().order_by("path").values_list("path", flat=True))
    rows = PublicationAsset.objects.filter(publication__ended_at__isnull=True).order_by("sha256", "name")
    return pages + sorted({public_url(*row) for row in rows.values_list("sha256", "name")})


def snapshot():
    """Address → (status, bytes) of all that is public by right."""
    return {path: get(path) for path in addresses()}


@lru_cache(maxsize=1)
def settled_snapshot(_settled):
    """The same before every attempt: each one's transaction is rolled back."""
    return snapshot()


def guesses():
    """Where a reader who knows Wagtail would look for what is not public."""
    from wagtail.models import Page

    from home.models import PortalDocument, PortalImage

    for page in Page.objects.filter(depth__gt=1):
        yield from (page.url_path, f"/{page.slug}/", f"/pages/{page.pk}/", f"/en{page.url_path}")
    for file in [*PortalDocument.objects.all(), *PortalImage.objects.all()]:
        name = quote(file.file.name)
        yield from (f"/media/{name}", f"/private/{name}", f"/library/{name}", f"/admin/library/{name}")
        yield public_url(file.sha256, file.filename)
    for document in PortalDocument.objects.all():
        yield f"/documents/{document.pk}/{quote(document.filename)}"
    yield from WELL_KNOWN


# Made of publications and nothing else; searched for unapproved words, but there by right.
FURNITURE = (
    *("/sitemap.xml", "/sitemap-0.xml", "/sitemap/", "/units/", "/policies/", "/feed/", "/rss/"),
    *("/search/", "/en/", "/hant/", "/hant/units/", "/robots.txt", "/nothing-here.html"),
)

WELL_KNOWN = (
    "/api/v2/pages/",
    "/api/v2/documents/",
    "/api/v2/images/",
    "/api/v3/pages/",
    "/admin/api/main/pages/",
    "/admin/",
    "/sitemap-9.xml",
    "/-/",
)


def leaks(before):
    """What an anonymous reader gets beyond what was public before; empty when all is well."""
    now = snapshot()
    found = [f"changed: {path}" for path in before if now.get(path) != before[path]]
    found += [f"new: {path}" for path in now if path not in before]
    for path in dict.fromkeys(guesses()):
        status, body = now.get(path) or get(path, **{BARE: True})
        if path not in before and path not in FURNITURE and status == 200:
            found.append(f"served: {path}")
        if UNAPPROVED.encode() in body:
            found.append(f"unapproved words: {path}")
    for path in FURNITURE:
        if UNAPPROVED.encode() in get(path)[1]:
            found.append(f"unapproved words: {path}")
    return found + [
        f"unapproved words: {path}" for path, answer in now.items() if UNAPPROVED.encode() in answer[1]
    ]
