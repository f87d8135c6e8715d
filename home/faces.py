"""What the public templates need besides the document, one builder for each kind of document.

Lists, breadcrumbs and relations come from open publications; a page not in the cache costs at most eight queries.
"""

from django.conf import settings

from home import english, labels, leaving, lists
from home.frame import Frame, crumbs_of, filled, titled
from publication import policies, reading
from publication.models import PastVersion, Publication

LEADERS, DUTIES = "负责人信息", "机构职能"


def home(document, *, links, **about) -> dict:
    frame = Frame(document)
    sections = lists.sections(document["home"]["sections"], frame.tree)
    return frame.context(
        settings.SITE_NAME,
        label_rows=labels.home(document),
        feed="/feed/",
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
    listed = lists.page(document, request, frame.tree, beside=beside(trail))
    return frame.context(
        titled(document["title"], trail[0].title if len(trail) > 1 else ""),
        crumbs,
        labels.column(document),
        feed=f"/feed{document['path']}",
        links=links,
        side=side(trail, document["object"], listed),
        topics=lists.topics(frame.tree, document["object"]),
        directory=directory(document, frame),
        **listed,
    )


def beside(trail) -> list[str]:
    """The columns below the same top column: their totals under a chosen unit make the catalogue of portal.md."""
    return [child.object_id for child in trail[0].children] if trail else []


def side(trail, object_id, listed) -> dict | None:
    """The columns beside this one: those below the same top column, without empty ones."""
    if not trail or not trail[0].children:
        return None
    shown = [node for node in trail[0].children if filled(node) or node.object_id == object_id]
    here = {node.object_id for node in trail}
    children = [
        {
            "title": node.title,
            "path": node.path + listed["unit_query"],
            "current": "page" if node.object_id == object_id else "true" if node.object_id in here else "",
            "total": listed["totals"].get(node.object_id, 0),
        }
        for node in shown
    ]
    if not children:
        return None
    return {"title": trail[0].title, "path": trail[0].path + listed["unit_query"], "children": children}


def directory(document, frame) -> dict | None:
    """机构职能 leads to every unit's face; 领导信息 shows the leaders whom it names, else those of the gov office's face."""
    kind = document["column_info"]["column_type"]
    if kind == DUTIES:
        return {"units": lists.subsites(frame.site_code)}
    if kind == LEADERS:
        return {"leaders": document["column_info"].get("leaders") or lists.leaders(frame.site_code)}
    return None


def article(document, *, links, published_at=None, publication=None, mode="public", **about) -> dict:
    frame = Frame(document)
    trail = frame.tree.trail(document["column"])
    title = titled(document["title"], trail[-1].title if trail else "")
    crumbs = [*crumbs_of(trail), {"title": "正文", "path": ""}]
    if document["language"] == "en":
        title = f"{document['title']} - {settings.SITE_NAME_ENGLISH}"
        crumbs = [
            {"title": "English", "path": f"{english.PREFIX}/", "linked": True},
            {"title": document["title"], "path": ""},
        ]
    return frame.context(
        title,
        crumbs,
        labels.article(document, published_at, frame.column, mode, type_of(frame.counterpart)),
        links=links,
        notices=leaving.Notices(document) if mode == "public" else None,
        related=related(document, links),
        neighbours=reading.neighbours(publication) if publication is not None else None,
        history=history(document, publication),
        outdated=is_outdated(frame.counterpart, publication) if document["language"] == "en" else False,
        standing=standing(document) if document.get("kind") == "policy" else None,
        qr=labels.qr(document["path"], document["language"]),
    )


def type_of(original) -> str:
    """ColumnType of the column in which a translation's original stands."""
    if original is None or original.column is None:
        return ""
    columns = Publication.objects.open().filter(object_id=original.column)
    found = columns.annotate(type=reading.Word("column_info", "column_type")).values_list("type", flat=True)
    return found.first() or ""


def related(document, links) -> dict | None:
    """A policy's interpretations and an interpretation's policy, while they are public (Article 14(1))."""
    policy = document.get("policy") or {}
    if interprets := links.get(policy.get("interprets") or ""):
        return {"title": "解读的政策文件", "items": [interprets]}
    found = [links[key] for key in policy.get("interpretations") or [] if key in links]
    return {"title": "相关政策解读", "items": found} if found else None


def history(document, publication) -> dict | None:
    """更正说明: what was changed, and when the earlier texts stood on the net (their words are not shown)."""
    if publication is None or not publication.supersedes_id:
        return None
    versions = PastVersion.objects.filter(object_id=publication.object_id).order_by("published_at")
    return {
        "note": document.get("correction") or "",
        "at": publication.published_at,
        "versions": list(versions.values("published_at", "ended_at")),
    }


def is_outdated(original, publication) -> bool:
    """A translation says so when its original has been corrected since, or is no longer public."""
    if publication is None:
        return False
    return original is None or original.published_at > publication.published_at


def standing(document) -> dict:
    """有效性 as a stamp, and what made it so: the policy's versions as a line of time."""
    policy = document["policy"]
    lines = policies.relations(document)
    done = {line["kind"] for line in lines if line["done"] and line["since"] <= policies.today()}
    return {
        "validity": policies.stamp(
            policy["validity"], "repeals" in done, "amends" in done, policy.get("lapses_on")
        ),
        "lines": lines,
        "periods": policies.periods(document["object"]) if lines else [],
    }


def unit(document, *, links, request=None, publication=None, **about) -> dict:
    """A subsite carries the portal's header, footer and identifiers (Article 2)."""
    frame = Frame(document)
    crumbs = [
        {"title": "单位子站", "path": "/units/", "linked": True},
        {"title": document["title"], "path": ""},
    ]
    listed = lists.page(document, request, frame.tree)
    return frame.context(
        titled(document["title"]),
        crumbs,
        labels.unit(document),
        feed=f"/feed{document['path']}",
        links=links,
        columns=lists.unit_columns(document, frame.tree, publication),
        **listed,
    )


def notice(path="") -> dict:
    """The frame of search, of 404 and of 410 pages; the English one for an address among the English pages."""
    is_english = path.startswith(f"{english.PREFIX}/")
    document = {"kind": "", "language": "en" if is_english else settings.LANGUAGE_CODE}
    title = settings.SITE_NAME_ENGLISH if is_english else settings.SITE_NAME
    return {"document": document} | Frame(document).context(title, label_rows=labels.notice())


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
