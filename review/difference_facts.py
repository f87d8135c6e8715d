"""The parts of a document that are no running text, as lines a reviewer reads: what a column, a policy, a home page says.

Everything a document says is shown unless this table says where else it stands, so that nothing that will be signed
can change unseen (Article 3). Ids become titles where `names` knows them, files their digests.
"""

import re

from django.utils.translation import gettext_lazy as _

# Shown elsewhere in the difference, or the same for all documents of an item.
ELSEWHERE = frozenset({
    "format", "type", "kind", "object", "language", "site", "demo", "assets", "title", "summary", "editor", "path",
    "source", "body", "attachments", "unit", "section", "translates",
})  # fmt: skip
SAME_OBJECT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# Statutory words and those of 政府网站网页标签规范 are verbatim; what is not named shows its key.
LABELS = {
    "column": _("Column"), "parent": _("column above"), "keywords": _("keywords"),
    "correction": _("correction note"), "bundle": "同步发布", "policy": _("Policy data"),
    "column_info": _("Column data"), "home": _("Home page"), "unit_face": _("Subsite"), "intake": "代为发布",
    "index_number": "索引号", "subject": "主题分类", "issuer": "发文机关", "formed_on": "成文日期",
    "issued_on": "印发日期", "document_number": "发文字号", "validity": "有效性", "effective_on": "施行日期",
    "lapses_on": "失效日期", "repeals": "废止", "amends": "修改", "interpretations": "政策解读",
    "interprets": "解读的政策文件", "no_interpretation": "解读说明",
    "description": _("description"), "column_type": _("column type"), "order": _("order"),
    "unit": _("responsible unit"), "update_days": _("update within days"), "layout": _("appearance"),
    "kinds": _("kinds of unit that contribute"), "units": _("units that contribute"), "banner": _("picture"),
    "contributors": _("units that contribute"), "sections": _("sections"), "organiser": _("organised by"),
    "telephone": _("telephone"), "address": _("address"), "grey": _("grey mode"),
    "introduction_html": _("introduction"), "contacts": _("contacts"), "leaders": _("leaders"),
    "columns": _("columns of the subsite"), "motto": _("line beside the banner"), "operator": _("operated by"),
    "icp": _("ICP filing number"), "police": _("police filing number"), "lines": _("more lines in the footer"),
    "links": _("badges and links in the footer"), "footer": _("Footer"),
}  # fmt: skip


def pairs(old, new, names):
    """(label, before, after) of every key that is not shown elsewhere."""
    keys = [key for key in {**old, **new} if key not in ELSEWHERE]
    for key in keys:
        yield LABELS.get(key, key), text_of(old.get(key), names), text_of(new.get(key), names)


def objects_in(*documents) -> set[str]:
    """Every object the documents name, to look up their titles at once."""
    return {found for document in documents for found in _strings(document) if SAME_OBJECT.fullmatch(found)}


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def text_of(value, names) -> str:
    """Lines of a dictionary, one line of anything inside a list."""
    if isinstance(value, dict) and not value.get("sha256"):
        lines = ((LABELS.get(key, key), _line(key, inner, names)) for key, inner in value.items())
        return "\n".join(f"{label}：{line}" for label, line in lines if line)
    return _line("", value, names)


def _line(key, value, names) -> str:
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return "是"
    if isinstance(value, list):
        return "；".join(filter(None, (_line(key, inner, names) for inner in value)))
    if isinstance(value, dict):
        return _line_of_dict(value, names)
    text = names.get(str(value)) or str(value)
    if SAME_OBJECT.fullmatch(text):
        return f"[{text[:8]}]"
    return _plain(text) if key.endswith("_html") else text


def _line_of_dict(value, names) -> str:
    """A file by its words and digest; a unit by its name; else all that it says."""
    if value.get("sha256"):
        words = " ".join(str(value[key]) for key in ("title", "alt", "caption") if value.get(key))
        return f"{words} [{value['sha256'][:12]}]".strip()
    if value.keys() == {"code", "name", "short"}:
        return value["name"]
    return " ".join(filter(None, (_line(key, inner, names) for key, inner in value.items())))


def _plain(fragment) -> str:
    from review.difference import plain

    return plain(fragment)
