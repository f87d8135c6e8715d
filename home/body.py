"""From StreamField blocks to the body of a document, and to the list of files the public may fetch.

Nothing of a live model survives this step except words and digests: alternative
texts, captions, file titles and sizes are copied, links become object ids.
"""

from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import Page

from home import image_operations, merging, preview_files, rich_text, uploads
from home.leaving import without_host
from home.storage import digest_of
from regulation.refusals import Refusal


class Assets:
    """Collects what the document names by digest, and keeps the bytes in publication's private store."""

    def __init__(self, keep=True):
        self.keep = keep
        self.found: dict[str, dict] = {}

    def add(self, file, sha256: str, name: str, size: int) -> dict:
        entry = {"sha256": sha256, "name": name, "content_type": uploads.content_type_of(name), "size": size}
        if sha256 not in self.found:
            self.found[sha256] = entry
            if self.keep:
                self._store(file, entry)
            else:
                preview_files.note(sha256, file.url)
        return self.found[sha256]

    def _store(self, file, entry):
        from publication import files

        file.open("rb")
        try:
            stored = files.store(file, entry["name"])
        finally:
            file.close()
        if stored.sha256 != entry["sha256"]:
            raise Refusal(
                _("The file “%(name)s” is not what was uploaded.") % {"name": entry["name"]},
                article="3",
                code="file",
            )

    def listed(self) -> list[dict]:
        return [self.found[sha256] for sha256 in sorted(self.found)]


def image(picture, assets: Assets, alt: str, caption: str = "") -> dict:
    """An image block: the original's digest, the words that go with it and the renditions made from it."""
    renditions = picture.get_renditions(*image_operations.specs_for(picture.width))
    made = []
    for number, rendition in enumerate(sorted(renditions.values(), key=lambda r: r.width)):
        ending = uploads.ending_of(rendition.file.name)
        with rendition.open_file() as file:
            sha256 = digest_of(file)
        entry = assets.add(
            rendition.file, sha256, f"{picture.sha256[:12]}-{number}.{ending}", rendition.file.size
        )
        size = {"width": rendition.width, "height": rendition.height}
        made.append({**size, **{key: entry[key] for key in ("sha256", "content_type", "name")}})
    return {
        "type": "image",
        "sha256": picture.sha256,
        "alt": alt,
        "caption": caption,
        "width": picture.width,
        "height": picture.height,
        "renditions": made,
    }


def attachment(document, assets: Assets, title: str = "") -> dict:
    ending = uploads.ending_of(document.filename)
    entry = assets.add(
        document.file, document.sha256, f"{document.sha256[:12]}.{ending}", document.get_file_size()
    )
    return {"title": title or document.title, **entry}


def _rich_text(value, assets):
    return {"type": "rich_text", "html": fragment(value.source)}


def _heading(value, assets):
    return {"type": "heading", "text": " ".join(value.split())}


def _image(value, assets):
    picture = value["image"]
    if picture is None:
        return None
    alt = "" if picture.decorative else " ".join((picture.contextual_alt_text or "").split())
    return image(picture, assets, alt, value["caption"])


def _table(value, assets):
    table = value["table"]
    if not table:
        return None
    made = {
        "type": "table",
        "caption": value["caption"],
        "head": [column["heading"] or "" for column in table.columns],
        "rows": [[cell or "" for cell in row["values"]] for row in table.row_data],
    }
    return made | merged(value.get("merges"), len(table.row_data) + 1, len(table.columns)) | drawn(value)


def _data(value, assets):
    head, rows = merging.lines_of(value["cells"])
    if not rows:
        return None
    return {"type": "table", "caption": value["caption"], "head": head, "rows": rows} | drawn(value)


def drawn(value) -> dict:
    """What a table may carry besides its cells; only what is said, so that older bytes stay as they were."""
    said = {name: value.get(name) or "" for name in ("unit", "chart", "source")}
    return {name: words for name, words in said.items() if words}


def merged(merges: str, rows: int, columns: int) -> dict:
    """Only where there are some: documents without merged cells keep the bytes they always had."""
    try:
        spans = merging.fitting(merges, rows, columns)
    except ValueError:  # a draft may be unfinished; nothing is submitted before the block is clean
        spans = []
    return {"merges": [list(span) for span in spans]} if spans else {}


def _media(value, assets):
    file = value["file"]
    if file is None:
        return None
    entry = attachment(file, assets, value["title"])
    captions = value.get("captions")
    more = {"captions": attachment(captions, assets)} if captions else {}
    return {
        "type": "media",
        "kind": uploads.group_of(file.filename),
        "title": value["title"],
        "transcript_html": fragment(value["transcript"].source),
        **{key: entry[key] for key in ("sha256", "name", "content_type", "size")},
        **more,
    }


def _links(value, assets):
    """A list of links is text: its targets are resolved, checked and shown like any link's."""
    heading = f"<h3>{escape(value['heading'])}</h3>" if value["heading"] else ""
    items = "".join(_target(target) for target in value["targets"])
    return {"type": "rich_text", "html": fragment(f"{heading}<ul>{items}</ul>")}


def _target(value) -> str:
    page = value["page"]
    at = f'linktype="page" id="{page.pk}"' if page else f'href="{escape(value["url"])}"'
    note = f"　{escape(value['note'])}" if value["note"] else ""
    return f"<li><a {at}>{escape(value['label'])}</a>{note}</li>"


BLOCKS = {
    "rich_text": _rich_text, "heading": _heading, "image": _image, "table": _table, "data": _data, "media": _media,
    "links": _links,
}  # fmt: skip


def blocks(stream, assets: Assets) -> list[dict]:
    """The body; a block of a kind that the schema does not know is not let through."""
    made = [BLOCKS[block.block_type](block.value, assets) for block in stream]
    return [entry for entry in made if entry and entry.get("html", True)]


def attachments(stream, assets: Assets) -> list[dict]:
    return [attachment(b.value["file"], assets, b.value["title"]) for b in stream if b.value["file"]]


def fragment(html: str) -> str:
    return rich_text.clean(html, object_of_link)


def object_of_link(attributes: dict) -> str | None:
    """The object id behind a link to a page of the portal: Wagtail's internal link or a portal address."""
    if attributes.get("linktype") == "page":
        return object_of_page(attributes.get("id"))
    return object_of_address(attributes.get("href") or "")


def object_of_page(page_id) -> str | None:
    try:
        page = Page.objects.filter(pk=int(page_id)).first()
    except (TypeError, ValueError):
        return None
    return str(page.specific.object_id) if page and hasattr(page.specific, "object_id") else None


def object_of_address(address: str) -> str | None:
    from urllib.parse import urlsplit

    from django.conf import settings

    from publication.models import AllottedPath

    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or parts.hostname != settings.SITE_DOMAIN:
        return None
    allotted = AllottedPath.objects.filter(site="portal", path=parts.path or "/").first()
    return str(allotted.object_id) if allotted else None


def leaders(stream) -> list[dict]:
    return [{name: block.value.get(name) or "" for name in ("name", "duty", "portfolio")} for block in stream]


def link(value) -> dict:
    return {"label": value["label"], "url": without_host(rich_text.safe_url(value["url"]) or "")}
