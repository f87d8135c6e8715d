"""Addresses of the public process besides publications; no column may take one of these names (home/build.py)."""

from django.urls import path

from home.furniture import feeds, maps, pages, policies

urlpatterns = [
    path("units/", pages.units),
    path("en/", pages.english),
    path("sitemap/", maps.page),
    path("sitemap.xml", maps.index),
    path("sitemap-<int:number>.xml", maps.chunk),
    path("robots.txt", pages.robots),
    path("leaving/", pages.leaving),
    path("policies/", policies.library),
    path("feed/", feeds.atom),
    path("feed/<path:path>", feeds.atom),
    path("rss/", feeds.rss),
    path("rss/<path:path>", feeds.rss),
]

#: First parts of addresses that columns leave free.
TAKEN = frozenset(
    {
        "units",
        "sitemap",
        "leaving",
        "policies",
        "feed",
        "rss",
        "files",
        "static",
        "hant",
        "en",
        "search",
        "-",
        "qr",
    }
    | {"admin", "letters", "disclosure", "mailbox", "api"}
)
