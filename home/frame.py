"""The furniture around every public page: navigation, footer, identifiers, read once and shared by all its parts.

Everything comes from open publications (`publication.reading`) and settings; no page, unit or image row is asked, so
renaming one changes no public byte.
"""

from django.conf import settings
from django.db.models import Q

from home import english, labels, sharing
from publication import reading, shown
from publication.documents import parse
from publication.models import Publication


class Frame:
    def __init__(self, document=None):
        self.document = document or {}
        self.site_code = self.document.get("site") or "portal"
        self.tree = reading.Tree(self.site_code)
        self.column = None
        self.counterpart = None
        self.home = self.document.get("home") or {}
        if not self.home:
            self._read()

    def _read(self):
        """The open home page (footer), this item's column (labels) and its translation in one query."""
        shown.note_site()
        shown.note("object", self.document.get("translates"))
        wanted = Q(kind="home", site=self.site_code)
        column, path = self.document.get("column"), self.document.get("path") or ""
        if column:
            wanted |= Q(object_id=column)
        other = english.counterpart(path) if path.endswith(".html") else ""
        if other:
            wanted |= Q(site=self.site_code, path=other)
        for found in Publication.objects.open().filter(wanted):
            if found.path == other:
                self.counterpart = found
            elif found.kind == "home":
                self.home = parse(found.document).get("home") or {}
            else:
                self.column = parse(found.document)

    @property
    def own_column(self):
        if self.document.get("kind") == "column":
            return self.document.get("object")
        return self.document.get("column")

    def navigation(self) -> list[dict]:
        """Top columns that hold something; empty ones do not lead readers into nothing."""
        here = {node.object_id for node in self.tree.trail(self.own_column)}
        own = self.document.get("object")
        return [
            {"title": node.title, "path": node.path, "current": current(node.object_id, own, here)}
            for node in self.tree.top()
            if filled(node)
        ]

    def context(self, title, crumbs=(), label_rows=(), *, path=None, feed="", **more) -> dict:
        path = path if path is not None else self.document.get("path")
        rows = label_rows or labels.every_page()
        crumbs = list(crumbs)
        face = {
            "site": site(),
            "title": title,
            "nav": self.navigation(),
            "crumbs": crumbs,
            "labels": rows,
            "sharing": sharing.open_graph(self.document, rows, title, path),
            "structured": sharing.structured(self.document, rows, title, path, crumbs),
            "footer": self.home.get("footer") or {},
            "grey": bool(self.home.get("grey")),
            "canonical": settings.PUBLIC_BASE_URL + path if path else "",
            "path": path or "",
            "alternates": english.alternates(path, self.counterpart) if path else [],
            "english": self.counterpart.path if self.counterpart else f"{english.PREFIX}/",
            "counterpart": self.counterpart,
            "feed": feed,
            "demo": settings.DEMO,
        }
        return {"face": face | more}


def page_context(title, *crumbs, path, column_type="", **more) -> dict:
    """The whole context of a page that is no publication: site map, policy library, list of subsites, notices."""
    frame = more.pop("frame", None) or Frame()
    trail = [*crumbs, {"title": title, "path": ""}]
    rows = labels.page(title, column_type)
    whole = titled(title, language=frame.document.get("language"))
    context = frame.context(whole, trail, rows, path=path, heading=title, **more)
    return {"document": {"kind": "page", "language": settings.LANGUAGE_CODE}, "mode": "public"} | context


def current(object_id, own, here) -> str:
    if object_id == own:
        return "page"
    return "true" if object_id in here else ""


def filled(node) -> bool:
    return node.total > 0 or any(filled(child) for child in node.children)


def site() -> dict:
    return {
        "english": settings.SITE_NAME_ENGLISH,
        "name": settings.SITE_NAME,
        "domain": settings.SITE_DOMAIN,
        "id_code": settings.SITE_ID_CODE,
    }


def titled(*parts, language=None) -> str:
    return " - ".join([*(part for part in parts if part), sharing.site_name(language)])


def crumbs_of(nodes) -> list[dict]:
    return [{"title": node.title, "path": node.path, "linked": True} for node in nodes]
