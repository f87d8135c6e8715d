"""What the public templates need besides the document: navigation, breadcrumbs, lists, labels.

Everything comes from open publications (`publication.reading`) and settings; no page,
unit or image row is asked, so renaming one changes no public byte. A page not in the
cache costs at most eight queries.
"""

from django.conf import settings

from home import labels, lists
from publication import reading
from publication.documents import parse
from publication.models import Publication


class Frame:
    """The furniture around every page: read once, shared by all parts of it."""

    def __init__(self, document=None):
        self.document = document or {}
        self.site_code = self.document.get("site") or "portal"
        self.tree = reading.Tree(self.site_code)
        self._read()

    def _read(self):
        """The open home page (footer) and this item's column (labels) in one query."""
        from django.db.models import Q

        wanted = Q(kind="home", site=self.site_code)
        column = self.document.get("column")
        if column:
            wanted |= Q(object_id=column)
        documents = [
            parse(row) for row in Publication.objects.open().filter(wanted).values_list("document", flat=True)
        ]
        self.home = next((d for d in documents if d["kind"] == "home"), {}).get("home") or {}
        self.column = next((d for d in documents if d["object"] == column), None)

    @property
    def own_column(self):
        return (
            self.document.get("object")
            if self.document.get("kind") == "column"
            else self.document.get("column")
        )

    def navigation(self) -> list[dict]:
        """Top columns that hold something; empty ones do not lead readers into nothing."""
        here = {node.object_id for node in self.tree.trail(self.own_column)}
        own = self.document.get("object")
        return [
            {"title": node.title, "path": node.path, "current": current(node.object_id, own, here)}
            for node in self.tree.top()
            if filled(node)
        ]

    def context(self, title, crumbs=(), label_rows=(), **more) -> dict:
        path = self.document.get("path")
        face = {
            "site": site(),
            "title": title,
            "nav": self.navigation(),
            "crumbs": list(crumbs),
            "labels": label_rows or labels.every_page(),
            "footer": self.home.get("footer") or {},
            "canonical": settings.PUBLIC_BASE_URL + path if path else "",
            "demo": settings.DEMO,
        }
        return {"face": face | more}


def current(object_id, own, here) -> str:
    if object_id == own:
        return "page"
    return "true" if object_id in here else ""


def filled(node) -> bool:
    return node.total > 0 or any(filled(child) for child in node.children)


def site() -> dict:
    return {"name": settings.SITE_NAME, "domain": settings.SITE_DOMAIN, "id_code": settings.SITE_ID_CODE}


def titled(*parts) -> str:
    return " - ".join([*(part for part in parts if part), settings.SITE_NAME])


def crumbs_of(nodes) -> list[dict]:
    return [{"title": node.title, "path": node.path, "linked": True} for node in nodes]


# --- one builder for each kind, registered with publication.rendering ---


def home(document, *, links, **about) -> dict:
    frame = Frame(document)
    frame.home = document["home"]
    sections = lists.sections(document["home"]["sections"], frame.tree)
    return frame.context(
        settings.SITE_NAME,
        label_rows=labels.home(document),
        links=links,
        headlines=[section for section in sections if section["style"] == "headline"],
        sections=[section for section in sections if section["style"] != "headline"],
        subsites=lists.subsites(frame.site_code),
    )


def column(document, *, links, request=None, **about) -> dict:
    frame = Frame(document)
    trail = frame.tree.trail(document["object"]) or frame.tree.trail(document["parent"])
    crumbs = crumbs_of(node for node in trail if node.object_id != document["object"])
    crumbs.append({"title": document["title"], "path": ""})
    return frame.context(
        titled(document["title"], trail[0].title if len(trail) > 1 else ""),
        crumbs,
        labels.column(document),
        links=links,
        side=side(trail, document["object"]),
        **lists.page(document, request, frame.tree),
    )


def side(trail, object_id) -> dict | None:
    """The columns beside this one: those below the same top column, without empty ones."""
    if not trail or not trail[0].children:
        return None
    shown = [node for node in trail[0].children if filled(node) or node.object_id == object_id]
    children = [{"title": n.title, "path": n.path, "current": n.object_id == object_id} for n in shown]
    return {"title": trail[0].title, "path": trail[0].path, "children": children} if children else None


def article(document, *, links, published_at=None, publication=None, mode="public", **about) -> dict:
    frame = Frame(document)
    trail = frame.tree.trail(document["column"])
    return frame.context(
        titled(document["title"], trail[-1].title if trail else ""),
        [*crumbs_of(trail), {"title": "正文", "path": ""}],
        labels.article(document, published_at, frame.column, mode),
        links=links,
        related=related(document, links),
        neighbours=reading.neighbours(publication) if publication is not None else None,
        qr=labels.qr(document["path"]),
    )


def related(document, links) -> dict | None:
    """A policy's interpretations and an interpretation's policy, while they are public (Article 14(1))."""
    policy = document.get("policy") or {}
    if interprets := links.get(policy.get("interprets") or ""):
        return {"title": "解读的政策文件", "items": [interprets]}
    found = [links[key] for key in policy.get("interpretations") or [] if key in links]
    return {"title": "相关政策解读", "items": found} if found else None


def unit(document, *, links, request=None, **about) -> dict:
    """A subsite carries the portal's header, footer and identifiers (Article 2)."""
    frame = Frame(document)
    crumbs = [{"title": "单位子站", "path": ""}, {"title": document["title"], "path": ""}]
    return frame.context(
        titled(document["title"]),
        crumbs,
        labels.unit(document),
        links=links,
        **lists.page(document, request, frame.tree),
    )


def notice() -> dict:
    """The frame of 404 and 410 pages."""
    return {"document": {"kind": "", "language": settings.LANGUAGE_CODE}} | Frame().context(
        settings.SITE_NAME
    )


def install():
    """Who draws what; called when the apps are ready, in both processes."""
    from home import preview_files
    from publication import rendering, views

    rendering.register("home", "public/home.html", home)
    rendering.register("column", "public/column.html", column)
    rendering.register("information", "public/article.html", article)
    rendering.register("policy", "public/policy.html", article)
    rendering.FILE_URLS["preview"] = preview_files.url
    views.notice_context = notice
