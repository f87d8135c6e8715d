"""网站地图 for people, sitemap.xml for search engines.

A part of sitemap.xml is a range of publication numbers, so the last part of a million costs what the first one does
(performance: keyset chunks, no OFFSET, no count).
"""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home import lists
from home.frame import Frame, filled, page_context
from publication import reading, shown
from publication.models import Publication

CHUNK = 5000  # as the tags of migration 0008 of publication count them
KINDS = ("information", "policy")
#: Pages that are no publication and belong into search engines; they stand in the first part.
FURNITURE = ("/policies/", "/units/", "/disclosure/", "/mailbox/", "/sitemap/", "/en/")
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@require_safe
def page(request):
    """Every column that holds something, and every subsite."""
    frame = Frame()
    columns = [
        {
            "title": top.title,
            "path": top.path,
            "children": [node for node in top.children if filled(node)],
        }
        for top in frame.tree.top()
        if filled(top)
    ]
    context = page_context(
        "网站地图", path="/sitemap/", frame=frame, columns=columns, groups=lists.subsites()
    )
    return render(request, "public/sitemap.html", context)


@require_safe
def index(request):
    shown.note_site()
    shown.note("kind", *KINDS)
    parts = "".join(
        f"<sitemap><loc>{settings.PUBLIC_BASE_URL}/sitemap-{number}.xml</loc></sitemap>\n"
        for number in range(last_number() + 1)
    )
    return xml(f'<sitemapindex xmlns="{NAMESPACE}">\n{parts}</sitemapindex>\n')


@require_safe
def chunk(request, number):
    """A part of sitemap.xml. Columns that navigation hides because they are empty are hidden here too."""
    if number > last_number():
        raise Http404
    shown.note_site()
    shown.note("sitemap", f"{number}")
    start = number * CHUNK
    empty = [node.object_id for node in reading.Tree().nodes.values() if not filled(node)]
    rows = Publication.objects.open().filter(site="portal", pk__gte=start, pk__lt=start + CHUNK)
    rows = rows.exclude(object_id__in=empty).order_by("pk").values_list("path", "published_at")
    urls = "".join(entry(path, at) for path, at in rows)
    if number == 0:
        urls += "".join(entry(path) for path in FURNITURE)
    return xml(f'<urlset xmlns="{NAMESPACE}">\n{urls or entry("/")}</urlset>\n')  # a urlset may not be empty


def last_number() -> int:
    newest = Publication.objects.open().order_by("-pk").values_list("pk", flat=True).first()
    return (newest or 0) // CHUNK


def entry(path, at=None) -> str:
    """Paths are ASCII by the way they are allotted (publication/paths.py); nothing needs escaping."""
    changed = f"<lastmod>{at:%Y-%m-%dT%H:%M:%S+00:00}</lastmod>" if at else ""
    return f"<url><loc>{settings.PUBLIC_BASE_URL}{path}</loc>{changed}</url>\n"


def xml(body) -> HttpResponse:
    return HttpResponse(HEAD + body, content_type="application/xml; charset=utf-8")
