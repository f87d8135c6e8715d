"""The newest items of the portal, a column or a unit, as Atom and RSS, from listing rows alone."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from publication import shown
from publication.models import Listing, Publication

ITEMS = 20
FIELDS = ("title", "path", "published_at", "card")
KINDS = ("information", "policy")


@require_safe
def atom(request, path=""):
    return written(Atom1Feed, request, path)


@require_safe
def rss(request, path=""):
    return written(Rss201rev2Feed, request, path)


def written(kind, request, path) -> HttpResponse:
    title, link, rows = source(f"/{path}")
    base = settings.PUBLIC_BASE_URL
    feed = kind(
        title=title,
        link=base + link,
        description=title,
        language="zh-Hans",
        feed_url=base + request.path,
        author_name=settings.SITE_NAME,
    )
    for name, address, at, card in rows:
        summary = (card or {}).get("summary", "")
        feed.add_item(
            title=name,
            link=base + address,
            description=summary,
            unique_id=base + address,
            pubdate=at,
            updateddate=at,
            author_name=(card or {}).get("unit") or settings.SITE_NAME,
        )
    response = HttpResponse(content_type=kind.content_type)
    feed.write(response, "utf-8")
    return response


def source(path):
    """(title, address, newest rows) of the column or subsite at this address; of the whole portal at the top."""
    if path == "/":
        return settings.SITE_NAME, "/", newest_of_all()
    place = Publication.objects.open().filter(site="portal", path=path[:255], kind__in=("column", "unit"))
    found = place.values_list("object_id", "title").first() if "\x00" not in path else None
    if found is None:
        raise Http404
    shown.note_site()
    shown.note("list", found[0])
    rows = Listing.objects.filter(column_object_id=found[0]).order_by("-published_at", "-pk")
    return f"{found[1]} - {settings.SITE_NAME}", path, rows.values_list(*FIELDS)[:ITEMS]


def newest_of_all():
    """By kind, as the index has them, then by time; an item stands in several lists but once in the feed."""
    shown.note("kind", *KINDS)
    parts = [
        Publication.objects.open()
        .filter(kind=kind, site="portal")
        .order_by("-first_published_at", "-pk")
        .values_list("title", "path", "first_published_at", "listings__card")[: ITEMS * 4]
        for kind in KINDS
    ]
    found = {row[1]: row for part in parts for row in part}
    return sorted(found.values(), key=lambda row: (row[2], row[1]), reverse=True)[:ITEMS]
