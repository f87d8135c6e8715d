"""What other programs read of a page: Open Graph for those who share it, schema.org for search engines.

Said from the same labels that the national standard puts on the page, so that they cannot differ.
"""

import json

from django.conf import settings
from django.utils.safestring import mark_safe

CONTEXT = "https://schema.org"
# Characters that would end a script element or a line in it.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def site_name(language) -> str:
    return settings.SITE_NAME_ENGLISH if language == "en" else settings.SITE_NAME


def open_graph(document, rows, title, path) -> list[tuple[str, str]]:
    known = dict(rows)
    found = [
        ("og:site_name", site_name(document.get("language"))),
        ("og:title", known.get("ArticleTitle") or title),
        ("og:type", "article" if "ArticleTitle" in known else "website"),
        ("og:locale", "en_US" if document.get("language") == "en" else "zh_CN"),
        ("og:url", settings.PUBLIC_BASE_URL + path if path else ""),
        ("og:description", known.get("Description") or known.get("ColumnDescription", "")),
        ("og:image", known.get("Image", "")),
    ]
    return [(name, content) for name, content in found if content]


def structured(document, rows, title, path, crumbs) -> str:
    """JSON-LD; data, not a program, and so nothing that the content security policy could forbid."""
    graph = [organisation(), _page(document, dict(rows), title, path)]
    if crumbs:
        graph.append(_breadcrumbs(crumbs, "Home" if document.get("language") == "en" else "首页"))
    words = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(words.translate(ESCAPES))  # noqa: S308 - escaped one line above


def organisation() -> dict:
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{settings.PUBLIC_BASE_URL}/#organization",
        "name": settings.SITE_NAME,
        "url": f"{settings.PUBLIC_BASE_URL}/",
    }


def _page(document, known, title, path) -> dict:
    kind = document.get("kind")
    if "ArticleTitle" not in known:
        found = {
            "@type": "WebSite" if kind == "home" else "CollectionPage" if kind == "column" else "WebPage",
            "name": known.get("ColumnName") or title,
            "description": known.get("ColumnDescription", ""),
        }
    else:
        found = {
            "@type": "Legislation" if kind == "policy" else "NewsArticle",
            "headline" if kind != "policy" else "name": known["ArticleTitle"],
            "datePublished": known.get("PubDate", "").replace(" ", "T") + ":00+08:00"
            if known.get("PubDate")
            else "",
            "description": known.get("Description", ""),
            "keywords": known.get("Keywords", ""),
            "image": known.get("Image", ""),
        }
    if kind == "policy":
        found |= _legislation(document["policy"])
    found |= {
        "url": settings.PUBLIC_BASE_URL + path if path else "",
        "inLanguage": document.get("language", ""),
        "publisher": {"@id": f"{settings.PUBLIC_BASE_URL}/#organization"},
    }
    return {name: value for name, value in found.items() if value}


def _legislation(policy) -> dict:
    return {
        "legislationIdentifier": policy.get("document_number", ""),
        "legislationDate": policy.get("formed_on", ""),
        "legislationPassedBy": policy.get("issuer", ""),
    }


def _breadcrumbs(crumbs, first) -> dict:
    places = [{"title": first, "path": "/"}, *(crumb for crumb in crumbs if crumb.get("path"))]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": place["title"],
                "item": settings.PUBLIC_BASE_URL + place["path"],
            }
            for number, place in enumerate(places, 1)
        ],
    }
