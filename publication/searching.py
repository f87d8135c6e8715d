"""The public search: /search/ and its suggestions. Ids come from search; every word shown from open publications.

So a result can show nothing that is not public at this moment, whatever an index still says.
"""

import re
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from publication import policies, views
from publication.documents import parse
from publication.models import PolicyEntry, Publication
from publication.search_choices import KINDS, SORTS, choices
from search import extracts, finding, places, spelling, statistics

PAGE_SIZE = 20
MOST_PAGES = 50
LONGEST_NUMBER = 9  # digits that are read of a page's number; more are too many pages in any case
MOST_SUGGESTIONS = 8
MOST_RELATED = 10

# What an address may ask for; anything else in it is as if it were not there.
FILTERS = {
    "unit": re.compile(r"[a-z0-9-]{1,40}"),
    "column": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "kind": re.compile("|".join(code for code, _label in KINDS)),
    "year": re.compile(r"20\d\d"),
    "sort": re.compile("|".join(code for code, _label in SORTS)),
}


@require_safe
def results(request):
    """The page of results; without a question, the form and the columns."""
    typed = request.GET.get("q", "")
    wanted = {name: _valid(request, name) for name in FILTERS}
    filters = {name: value for name, value in wanted.items() if name != "sort"}
    found = finding.query(typed, sort=wanted["sort"] or "relevance", site=views.SITE, **filters)
    page = _page(request.GET.get("page", ""), found.total)
    if page == 1 and not any(wanted.values()):
        statistics.note(found.parsed, found.total)
    known = places.listed()
    shown = {
        "found": found,
        "wanted": wanted,
        "choices": choices(views.SITE, wanted),
        "pager": _pager(found, wanted, page),
        **_rows(found, page),
        **_help(found, known, filters),
    }
    context = views._notice_context() | {"search": shown}
    response = HttpResponse(render_to_string("public/search.html", context))
    response["Cache-Control"] = "no-store"
    return response


def _valid(request, name) -> str:
    value = request.GET.get(name, "")
    return value if FILTERS[name].fullmatch(value) else ""


def _page(typed: str, total: int) -> int:
    """Page numbers that are nonsense are the first page; too large ones the last."""
    number = int(typed[:LONGEST_NUMBER]) if typed.isascii() and typed.isdigit() else 1
    return max(1, min(number, -(-total // PAGE_SIZE), MOST_PAGES))


# --- rows ---


def _rows(found, page) -> dict:
    ids = found.ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    related = found.related[:MOST_RELATED] if page == 1 else []
    rows = Publication.objects.open().filter(pk__in=[*ids, *related])
    known = {row.pk: row for row in rows}
    stamps = _stamps(rows)
    words = [*found.parsed.terms, *found.parsed.words]
    return {
        "rows": [_row(known[key], words, stamps) for key in ids if key in known],
        "related": [_row(known[key], words, stamps) for key in related if key in known],
    }


def _stamps(rows) -> dict:
    """有效性 as the library shows it: what later documents did counts before what a policy says itself."""
    ids = [row.object_id for row in rows if row.kind == "policy"]
    entries = policies.standing(PolicyEntry.objects.filter(object_id__in=ids)) if ids else ()
    return {entry.object_id: policies.validity_of(entry) for entry in entries}


def _row(publication, words, stamps) -> dict:
    document = parse(publication.document)
    policy = document.get("policy") or {}
    text = extracts.text_of(document)
    files = [file["title"] for file in document.get("attachments") or ()]
    return {
        "path": publication.path,
        "title": extracts.marked(publication.title, words),
        "extract": extracts.extract(text, words),
        "kind": dict(KINDS).get(publication.kind, ""),
        "unit": (document.get("unit") or {}).get("name", ""),
        "number": policy.get("document_number") or "",
        "validity": stamps.get(publication.object_id) or "",
        "published_at": publication.first_published_at,
        "files": files,
        "in_file": bool(files) and not _says(publication.title + text, words),
    }


def _says(text, words) -> bool:
    wanted = extracts.pattern(words)
    return wanted is not None and wanted.search(text) is not None


# --- pages, help ---


def _pager(found, wanted, page) -> dict:
    last = min(-(-found.total // PAGE_SIZE), MOST_PAGES)

    def address(number):
        chosen = {name: value for name, value in wanted.items() if value}
        return "?" + urlencode({"q": found.parsed.typed, **chosen, "page": number})

    return {
        "newer": address(page - 1) if page > 1 else "",
        "older": address(page + 1) if page < last else "",
        "page": page,
        "last": last,
    }


def _help(found, known, filters) -> dict:
    """Units and columns of that name; where little is found, what may have been meant."""
    typed = found.parsed.typed
    near = places.matching(typed, known)
    keys = [place.publication_id for place in near]
    named = Publication.objects.open().only("title", "path").in_bulk(keys) if keys else {}
    meant = spelling.meant(found.parsed) if typed and not found.total and not any(filters.values()) else ""
    return {
        "places": [
            {
                "name": named[place.publication_id].title,
                "path": named[place.publication_id].path,
                "kind": place.kind,
            }
            for place in near
            if place.publication_id in named
        ],
        "meant": {"word": meant, "address": "?" + urlencode({"q": meant})} if meant else None,
    }


@require_safe
def suggest(request):
    """Published titles, units and columns that fit what is being typed."""
    typed = request.GET.get("q", "")[: finding.LONGEST]
    found = finding.titles(typed, site=views.SITE)[:MOST_SUGGESTIONS]
    near = [place.publication_id for place in places.matching(typed, places.listed(), most=4)]
    rows = Publication.objects.open().filter(pk__in=[*near, *found])
    known = {
        pk: (title, path, kind) for pk, title, path, kind in rows.values_list("pk", "title", "path", "kind")
    }
    keys = [key for key in dict.fromkeys([*near, *found]) if key in known][:MOST_SUGGESTIONS]
    listed = [
        {"title": title, "path": path, "place": kind in ("unit", "column")}
        for title, path, kind in (known[key] for key in keys)
    ]
    response = JsonResponse({"suggestions": listed}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
