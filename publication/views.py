"""The public process: a path is looked up among publications, and that is all it can do.

No page of Wagtail's is ever asked. A path that was taken down answers 410 with its neutral reason; a file is
served only while an open publication names it.
"""

from django.db import connection
from django.http import FileResponse, Http404, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from publication import files, shown
from publication.documents import parse
from publication.models import Publication, PublicationAsset
from publication.rendering import render_document

SITE = "portal"
ENGLISH = "/en/"  # below it stand the English pages (home/english.py)
MAX_PATH = 255
FILE_SECONDS = 300  # approved files live minutes in caches, so that a take-down holds
INLINE = {
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/avif",
    "image/gif",
    "application/pdf",
    "video/mp4",
    "audio/mpeg",
}

# Public reasons are neutral by design (architecture: take-down first, words after).
REASONS = {
    "content_error": "内容更正中",
    "source_request": "应信息提供单位要求下线",
    "outdated": "内容已失效",
    "under_check": "内容核实中",
    "expired": "已过有效期",
    "withdrawn": "已撤回",
    "superseded": "已由新内容取代",
    "other": "内容调整",
}


# Plain SQL here and in ABSENT: unknown addresses may come by the thousand a second.
OPEN = "SELECT * FROM publication_publication WHERE site = %s AND path = %s AND ended_at IS NULL"


@require_safe
def serve(request, path=""):
    """An open publication at this path, else 410, else 404."""
    address = f"/{path}"
    if len(address) > MAX_PATH or "\x00" in address:
        raise Http404
    publication = next(iter(Publication.objects.raw(OPEN, [SITE, address])), None)
    if publication is None:
        return _absent(address)
    shown.note("object", publication.object_id)
    html = render_document(
        parse(publication.document),
        published_at=publication.first_published_at,
        request=request,
        publication=publication,
    )
    response = HttpResponse(html)
    response["ETag"] = f'W/"{publication.pk}-{publication.digest[:16]}"' if not request.GET else ""
    if not response["ETag"]:
        del response["ETag"]
    response["Last-Modified"] = http_date(publication.published_at.timestamp())
    response["Cache-Control"] = "no-cache"
    return response


ABSENT = """
    SELECT ended_at, reason FROM publication_tombstone WHERE site = %(site)s AND path = %(path)s
    UNION ALL
    SELECT NULL, NULL FROM publication_publication
    WHERE site = %(site)s AND path = %(folder)s AND ended_at IS NULL LIMIT 1
"""


def _absent(address):
    """410 with its reason for what was taken down; /units/jiuzhou typed without its stroke is led on."""
    folder = "" if address.endswith(("/", ".html")) else f"{address}/"
    with connection.cursor() as cursor:
        cursor.execute(ABSENT, {"site": SITE, "path": address, "folder": folder})
        row = cursor.fetchone()
    if row is None:
        raise Http404
    ended_at, reason = row
    if ended_at is None:
        return HttpResponsePermanentRedirect(f"{address}/")
    context = _notice_context() | {"reason": REASONS.get(reason, REASONS["other"]), "ended_at": ended_at}
    return HttpResponse(render_to_string("public/410.html", context), status=410)


@require_safe
def public_file(request, prefix, sha256, name):
    """A file that an open publication names. In front of this nginx serves the public store."""
    rows = PublicationAsset.objects.filter(sha256=sha256, publication__ended_at__isnull=True)
    asset = next((row for row in rows if files.safe_name(row.name) == name), None)
    place = files.public_path(sha256, name)
    if asset is None or prefix != sha256[:2] or not place.is_file():
        raise Http404
    inline = asset.content_type in INLINE
    response = FileResponse(place.open("rb"), as_attachment=not inline, content_type=asset.content_type)
    response["ETag"] = f'"{sha256}"'
    response["Cache-Control"] = f"public, max-age={FILE_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def healthy(request):
    """For the load balancer: the database answers and publications can be read."""
    Publication.objects.open().values("pk").first()
    return HttpResponse("ok", content_type="text/plain")


def not_found(request, exception=None):
    """Drawn once for all unknown addresses of a language, until something public changes (publication/front.py)."""
    global _unknown
    moment = request.META.get(shown.MOMENT)
    if moment is None or moment != _unknown[0]:
        _unknown = (moment, {})
    drawn, folder = _unknown[1], ENGLISH if request.path_info.startswith(ENGLISH) else ""
    if folder not in drawn:
        drawn[folder] = render_to_string("public/404.html", _notice_context(folder))
    return HttpResponse(drawn[folder], status=404)


_unknown: tuple = (None, {})


def failed(request):
    return HttpResponse(render_to_string("public/500.html"), status=500)


# The frame of notices (name, navigation, footer) belongs to the app that owns the templates.
notice_context = None


def _notice_context(path=""):
    return notice_context(path) if notice_context is not None else {}
