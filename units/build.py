"""The document of a unit's face."""

from home import body
from home.build import assets_for, common


def column(value) -> dict:
    target = value["column"].specific
    return {"title": value["title"] or target.title, "column": str(target.object_id)}


def unit_home(page) -> dict:
    assets = assets_for(page)
    banner = body.image(page.banner, assets, page.banner_alt) if page.banner_id else None
    introduction = body.fragment(page.introduction)
    face = {
        "unit_kind": page.unit.kind,
        "order": page.unit.order,
        "introduction_html": introduction,
        "banner": banner,
        "contacts": [{"label": b.value["label"], "value": b.value["value"]} for b in page.contacts],
        "leaders": body.leaders(page.leaders),
        "columns": [column(b.value) for b in page.columns if b.value["column"]],
    }
    return common(page, assets, unit_face=face)
