"""The one place where a draft becomes a document (architecture: the submission).

Deterministic: the same draft, files and unit names give the same dictionary, and so
the same bytes and digest. Only what readers will see goes in; comments, owner, locks
and the choice of route stay out.
"""

from collections.abc import Callable
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from home import body, english, rich_text
from home.body import Assets
from home.furniture.urls import TAKEN
from home.interpretation import Interpretation
from regulation.refusals import Refusal

FORMAT = 1
SUMMARY_LENGTH = 120

# What higher apps must say in the signed bytes (who published on behalf, Article 12): each takes a page.
additions: list[Callable] = []


@contextmanager
def previewed(page):
    """While an author looks at his draft: nothing is stored, no path is allotted, gaps are allowed."""
    page._previewed = True
    try:
        yield page
    finally:
        page._previewed = False


def is_previewed(page) -> bool:
    return getattr(page, "_previewed", False)


def assets_for(page) -> Assets:
    return Assets(keep=not is_previewed(page))


def common(page, assets: Assets, **more) -> dict:
    """What every document carries; `more` says what its kind adds or overrides."""
    document = {
        "format": FORMAT,
        "type": page._meta.label,
        "kind": page.kind,
        "object": str(page.object_id),
        "language": page.locale.language_code if page.locale_id else settings.LANGUAGE_CODE,
        "site": page.unit.site if page.unit_id else "portal",
        "path": path_of(page),
        "title": " ".join(page.title.split()),
        "summary": "",
        "unit": unit(page.unit) if page.unit_id else None,
        "column": None,
        "section": None,
        "parent": None,
        "source": None,
        "editor": page.editor,
        "keywords": [],
        "body": [],
        "attachments": [],
        "demo": bool(settings.DEMO),
    }
    document.update(more)
    for addition in additions:
        document.update(addition(page))
    document["assets"] = assets.listed()
    return document


def unit(of) -> dict:
    return {"code": of.code, "name": of.name, "short": of.short_name}


def words(text: str) -> list[str]:
    """Keywords typed with any of the usual separators."""
    for separator in ("，", "、", ";", "；", " ", "　"):
        text = text.replace(separator, ",")
    return [word for word in dict.fromkeys(part.strip() for part in text.split(",")) if word]


def day(value) -> str:
    return value.isoformat() if value else ""


def source(page) -> dict:
    if page.is_reprint:
        return {
            "kind": "reprint",
            "name": page.source_name,
            "url": rich_text.safe_url(page.source_url) or "",
            "date": day(page.source_date),
        }
    return {"kind": "own", "name": page.unit.name if page.unit_id else "", "url": "", "date": ""}


# --- paths: allotted once, at the first submission ---


def path_of(page) -> str:
    from publication.models import AllottedPath

    known = AllottedPath.objects.filter(object_id=page.object_id).values_list("path", flat=True).first()
    if known or is_previewed(page):
        return known or ""
    from publication import paths

    if english.is_translation(page):
        return english.path_for(page)
    return paths.allot(page.object_id, column_path_of(page), page.kind, timezone.localtime())


def column_path_of(page) -> str:
    """The folder of the path: the column's own path, the unit's code, or the top."""
    if page.kind == "home":
        return "/"
    if page.kind == "unit":
        return f"/units/{page.unit.code}/"
    if page.kind == "column":
        return path_of_column(page)
    return path_of_column(page.column)


def path_of_column(column) -> str:
    """From the slugs of the tree when the column was first proposed; kept ever after."""
    from publication.models import AllottedPath

    known = AllottedPath.objects.filter(object_id=column.object_id).values_list("path", flat=True).first()
    if known:
        return known
    parent = column.parent_column
    if parent is None and column.slug in TAKEN:
        raise Refusal(
            _("The address “/%(slug)s/” is the portal's own; choose another one for the column.")
            % {"slug": column.slug},
            article="18",
            code="taken_path",
        )
    return f"{path_of_column(parent) if parent else '/'}{column.slug}/"


# --- one function for each kind ---


def article(page, **more) -> dict:
    if not is_previewed(page):
        page.check_submittable()
    assets = assets_for(page)
    blocks = body.blocks(page.body, assets)
    files = body.attachments(page.attachments, assets)
    parent = page.get_parent() if page.path else None
    section = parent.specific if parent else None
    document = common(
        page,
        assets,
        summary=" ".join(page.summary.split()) or summary_from(blocks),
        column=str(page.column.object_id) if page.column_id else None,
        section=str(section.object_id) if hasattr(section, "object_id") else None,
        source=source(page),
        keywords=words(page.keywords),
        body=blocks,
        attachments=files,
        correction=" ".join(page.correction_note.split()),
        **bundle(page),
        **more,
    )
    return english.placed(page, document) if english.is_translation(page) else document


def bundle(page) -> dict:
    """What becomes public together with this item or not at all (Article 14(1)); nothing for most."""
    companions = [] if is_previewed(page) else page.companions()
    return {"bundle": sorted(str(other.object_id) for other in companions)} if companions else {}


def summary_from(blocks: list[dict]) -> str:
    """The beginning of the text, cut at a sentence where one ends in time."""
    html = next((block["html"] for block in blocks if block["type"] == "rich_text"), "")
    text = rich_text.text_of(html)
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[:SUMMARY_LENGTH]
    stop = cut.rfind("。")
    return cut[: stop + 1] if stop > SUMMARY_LENGTH // 3 else cut.rstrip() + "…"


def information(page) -> dict:
    if not page.interprets_id:
        return article(page)
    return article(page, policy={"interprets": str(page.interprets.object_id), "interpretations": []})


def policy(page) -> dict:
    interpretations = (
        page.interpreted_by.order_by("pk").values_list("object_id", flat=True) if page.pk else ()
    )
    data = {
        "index_number": page.index_number,
        "subject": page.subject,
        "issuer": page.issuer,
        "formed_on": day(page.formed_on),
        "issued_on": day(page.issued_on),
        "document_number": page.document_number,
        "validity": page.validity,
        "effective_on": day(page.effective_on),
        "lapses_on": day(page.lapses_on),
        "repeals": related(page, "repeals"),
        "amends": related(page, "amends"),
        "interpretations": [str(object_id) for object_id in interpretations],
        "interprets": None,
        "no_interpretation": reason_for_none(page),
    }
    return article(page, policy=data)


def reason_for_none(page) -> str:
    """不需要解读 with its reason: part of what is signed, and readers see it."""
    if page.interpretation != Interpretation.NOT_NEEDED:
        return ""
    return " ".join(page.no_interpretation.split())


def related(page, kind) -> list[str]:
    """Documents that this one repeals or amends, once each and never itself."""
    found = (
        str(block.value.specific.object_id)
        for block in page.relations
        if block.block_type == kind and block.value
    )
    return [object_id for object_id in dict.fromkeys(found) if object_id != str(page.object_id)]


def column(page) -> dict:
    parent = page.parent_column
    assets = assets_for(page)
    info = {
        "slug": page.slug,
        "description": page.description,
        "keywords": words(page.keywords),
        "column_type": page.column_type,
        "order": page.order,
        "unit": unit(page.responsible_unit) if page.responsible_unit_id else None,
        "update_days": page.update_days,
        "contributors": {
            "kinds": sorted(page.contributor_kinds),
            "units": sorted(of.name for of in page.contributor_units.all()),
        },
        "layout": page.layout,
        "banner": body.image(page.banner, assets, page.banner_alt) if page.banner_id else None,
        "leaders": body.leaders(page.leaders),
    }
    return common(
        page,
        assets,
        summary=page.description,
        keywords=info["keywords"],
        parent=str(parent.object_id) if parent else None,
        column_info=info,
    )


def home(page) -> dict:
    assets = assets_for(page)
    banner = body.image(page.banner, assets, page.banner_alt) if page.banner_id else None
    face = {
        "banner": banner,
        "motto": page.motto,
        "sections": [section(block.value) for block in page.sections if block.value["column"]],
        "footer": {
            "organiser": page.organiser,
            "operator": page.operator,
            "telephone": page.telephone,
            "address": page.address,
            "icp": page.icp_number,
            "police": page.police_number,
            "lines": [dict(block.value) for block in page.footer_lines],
            "links": [body.link(block.value) for block in page.footer_links],
        },
        "grey": page.grey,
    }
    return common(page, assets, home=face)


def section(value) -> dict:
    target = value["column"].specific
    return {
        "title": value["title"] or target.title,
        "column": str(target.object_id),
        "limit": value["limit"],
        "style": value["style"],
    }
