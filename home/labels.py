"""Page labels by 政府网站网页标签规范 (portal.md): which `<meta>` stands on which page.

`name`s are the standard's own. Nothing is guessed: what is not known has no label.
"""

from functools import lru_cache

import segno
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import mark_safe

from publication.files import public_url

Rows = list[tuple[str, str]]

PORTAL = "概况信息"  # ColumnType of pages about the portal as a whole: site map, English pages, notices


def every_page() -> Rows:
    return [
        ("SiteName", settings.SITE_NAME),
        ("SiteDomain", settings.SITE_DOMAIN),
        ("SiteIDCode", settings.SITE_ID_CODE),
    ]


def home(document) -> Rows:
    return [*every_page(), ("ColumnName", "首页"), ("ColumnType", "首页")]


def page(title, column_type="") -> Rows:
    """Pages that are no publication: the policy library, the site map, the list of subsites."""
    named = [("ColumnName", title), ("ColumnDescription", title), ("ColumnKeywords", title)]
    return [*every_page(), *named, ("ColumnType", column_type or PORTAL)]


def notice() -> Rows:
    """Search, and pages that are not there: in no column, and so without a name of one."""
    return [*every_page(), ("ColumnType", PORTAL)]


def column_rows(document) -> Rows:
    info = document["column_info"]
    return [
        ("ColumnName", document["title"]),
        ("ColumnDescription", info["description"] or document["title"]),
        ("ColumnKeywords", ",".join(info["keywords"]) or document["title"]),
        ("ColumnType", info["column_type"]),
    ]


def column(document) -> Rows:
    return [*every_page(), *column_rows(document)]


def unit(document) -> Rows:
    return [
        *every_page(),
        ("ColumnName", document["title"]),
        ("ColumnDescription", f"{document['title']}子站"),
        ("ColumnKeywords", document["title"]),
        ("ColumnType", "机构职能"),
    ]


def article(document, published_at, column_document, mode, column_type="") -> Rows:
    """A translation stands in no column; `column_type` is that of its original's."""
    known = [
        ("ArticleTitle", document["title"]),
        ("PubDate", moment(published_at)),
        ("ContentSource", (document.get("source") or {}).get("name", "")),
        ("Keywords", ",".join(document.get("keywords") or [])),
        ("Author", document.get("editor", "")),
        ("Description", document.get("summary", "")),
        ("Image", image(document) if mode == "public" else ""),
        ("Url", settings.PUBLIC_BASE_URL + document["path"] if document["path"] else ""),
    ]
    rows = [(name, content) for name, content in known if content]
    if document["language"] == "en":
        return [*page("English pages", column_type), *rows]
    above = column_rows(column_document) if column_document and column_document.get("column_info") else []
    return [*every_page(), *above, *rows]


def moment(published_at) -> str:
    return timezone.localtime(published_at).strftime("%Y-%m-%d %H:%M") if published_at else ""


def image(document) -> str:
    """The address of the first picture, for those who share the page."""
    for block in document.get("body", ()):
        if block["type"] == "image" and block["renditions"]:
            last = block["renditions"][-1]
            return settings.PUBLIC_BASE_URL + public_url(last["sha256"], last["name"])
    return ""


def qr(path, language="") -> str:
    """The page's address as a drawing, so that a reader takes it to his telephone; no image host is asked."""
    label = "QR code of this page" if language == "en" else "本页二维码"
    return drawing(settings.PUBLIC_BASE_URL + path, label) if path else ""


@lru_cache(maxsize=2048)  # to draw one takes longer than all queries of the page
def drawing(address, label) -> str:
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(border=1, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(svg.replace("<svg", f'<svg role="img" aria-label="{label}"', 1))  # noqa: S308 - drawn here
