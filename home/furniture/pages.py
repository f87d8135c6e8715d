"""The list of subsites, the leaving notice, robots.txt."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home import leaving as links
from home import lists
from home.english import PREFIX
from home.frame import Frame, page_context
from home.furniture.paging import page_of
from publication import shown
from publication.models import Publication

KINDS = ("information", "policy")


@require_safe
def units(request):
    context = page_context("单位子站", path="/units/", column_type="机构职能", groups=lists.subsites())
    return render(request, "public/units.html", context)


@require_safe
def english(request):
    """All English pages, newest first; each is a translation that went through review (ADR 6)."""
    shown.note("kind", *KINDS)
    translations = Publication.objects.open().light().filter(site="portal", path__startswith=f"{PREFIX}/")
    rows, pager = page_of(translations, request.GET.get("at", ""), by="first_published_at")
    frame = Frame({"kind": "page", "language": "en"})
    context = page_context("English", path=f"{PREFIX}/", frame=frame, rows=rows, pager=pager)
    context["document"] = frame.document
    return render(request, "public/english.html", context)


@require_safe
def leaving(request):
    """The reader leaves the government's sites: said on a page, followed by his own click (portal.md: no pop-ups)."""
    found = links.find(request.GET.get("page", ""), request.GET.get("link", ""))
    if found is None:
        raise Http404
    url, title = found
    back = came_from(request) or request.GET["page"]
    context = page_context("离站提示", path=request.get_full_path(), url=url, origin=title, back=back)
    response = render(request, "public/leaving.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def came_from(request) -> str:
    """The page of this portal that the reader comes from: the footer's links stand on every one."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    own = (
        parts.netloc == request.get_host() and parts.path.startswith("/") and not parts.path.startswith("//")
    )
    return parts._replace(scheme="", netloc="", fragment="").geturl() if own else ""


ROBOTS = """User-agent: *
Disallow: /leaving/
Disallow: /search/
Disallow: /hant/leaving/
Disallow: /hant/search/
Sitemap: {base}/sitemap.xml
"""


@require_safe
def robots(request):
    return HttpResponse(
        ROBOTS.format(base=settings.PUBLIC_BASE_URL), content_type="text/plain; charset=utf-8"
    )
