"""What public templates do with a document's parts. No database, no live model."""

import re
from html import unescape

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from home import charts, merging
from home.leaving import EXTERNAL, Notices
from home.uploads import ending_of

register = template.Library()

LINK = re.compile(r'<a data-object="([0-9a-f-]{36})">(.*?)</a>', re.DOTALL)
HEADING = re.compile(r"<(/?)h([34])>")
LANGUAGES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


@register.filter
def html_language(code):
    return LANGUAGES.get((code or "zh-hans").lower(), code)


@register.simple_tag(takes_context=True)
def words(context, html):
    """A fragment of a signed document: inner links resolved or plain text, notices before outside addresses."""
    links, notices = context["face"].get("links") or {}, context["face"].get("notices")

    def inner(match):
        target = links.get(match[1])
        return f'<a href="{escape(target.path)}">{match[2]}</a>' if target else match[2]

    def outer(match):
        address = notices.address(unescape(match[1]))
        return f'<a href="{escape(address)}" rel="external noopener">'

    html = LINK.sub(inner, html or "")
    if notices:
        html = EXTERNAL.sub(outer, html)
    return mark_safe(html)  # noqa: S308 - sanitised by home.rich_text when it was built


@register.simple_tag(takes_context=True)
def passage(context, html, before):
    """A fragment of an article. Under no chapter heading its own headings are one rank higher (WCAG 1.3.1)."""
    if not any(block["type"] == "heading" for block in before):
        html = HEADING.sub(raised, html)
    return words(context, html)


def raised(match):
    name = f"h{int(match[2]) - 1}"
    return f"</{name}>" if match[1] else f'<{name} class="minor">'


@register.simple_tag(takes_context=True)
def outside(context, url, page=""):
    """An outside address by way of the notice that the reader leaves the government's sites."""
    if context.get("mode", "public") != "public":
        return url
    return Notices({"path": page or context["document"].get("path", "")}).address(url)


@register.simple_tag(takes_context=True)
def file_url(context, item):
    return context["file_url"](item["sha256"], item["name"])


@register.simple_tag(takes_context=True)
def picture(context, block, sizes="(min-width: 60rem) 58rem, 100vw", eager=False, decorative=False):
    """The largest rendition as source, the others for smaller screens."""
    renditions = block["renditions"]
    if not renditions:
        return ""
    url = context["file_url"]
    largest = renditions[-1]
    candidates = ", ".join(f"{url(r['sha256'], r['name'])} {r['width']}w" for r in renditions)
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}>',
        url(largest["sha256"], largest["name"]),
        candidates,
        sizes,
        largest["width"],
        largest["height"],
        "" if decorative else block["alt"],
        mark_safe(' fetchpriority="high"' if eager else ' loading="lazy"'),  # noqa: S308 - constants
    )


@register.simple_tag
def chart(block, number):
    """The chart of a table, where it has one."""
    return charts.svg(block, number)


@register.simple_tag
def table_parts(block):
    """A table's lines as cells with their spans, head and body apart."""
    head, body = merging.laid_out([block["head"], *block["rows"]], block.get("merges"))
    return {"head": head, "body": body}


CURRENT = mark_safe(' aria-current="true"')
TOTAL = '<span class="facet__total">{}</span>'


@register.simple_tag
def facet_values(values):
    """What a list can be narrowed by, each with its number; by the hundred, so not by the template's own loop."""
    lines = (
        (path, CURRENT if chosen else "", title, format_html(TOTAL, total) if total else "")
        for path, chosen, title, total in values
    )
    return format_html_join("", '      <li><a href="{}"{}>{}{}</a></li>\n', lines)


@register.filter
def file_kind(item):
    return ending_of(item["name"]).upper() or "文件"


@register.filter
def download_name(item):
    """The title as a file name for the reader's disk."""
    return re.sub(r'[\\/:*?"<>|\s]+', "_", item["title"])[:80] + "." + ending_of(item["name"])
