"""Lists on public pages, from listing rows alone (performance: nothing is counted or sorted)."""

from itertools import groupby
from urllib.parse import urlencode

from django.db.models import Value

from publication import facets, policies, reading
from publication.documents import parse
from publication.models import Listing, Publication
from publication.shown import note, note_site

FIELDS = ("object_id", "title", "path", "published_at", "publication_id", "card")
CURSOR = "at"
KINDS = {"information": "信息", "policy": "政策文件"}
FACETS = (("unit", "单位"), ("year", "年份"), ("kind", "类型"))


def page(document, request, tree, beside=()) -> dict:
    """One page of a column's or a subsite's list: rows, pager, and what the list can be narrowed by."""
    query = request.GET if request is not None else {}
    own = document["object"]
    chosen = facets.read(own, facets.wanted_of(query))
    node = tree.get(own)
    total = chosen.total if chosen.wanted or node is None else node.total
    listed = reading.listing(own, cursor=query.get(CURSOR, ""), total=total, chosen=chosen.query)
    unit = {name: value for name, value in chosen.wanted.items() if name == "unit"}
    return {
        "rows": listed.rows,
        "pager": pager(listed, own, chosen),
        "facets": choices(chosen),
        "chosen": chosen.wanted,
        "totals": totals(beside, tree, unit.get("unit")),
        "unit_query": f"?{urlencode(unit)}" if unit else "",
    }


def pager(listed, own, chosen) -> dict:
    turned = {
        "total": listed.total,
        "first": address(chosen.wanted) if listed.newer else "",
        "newer": address(chosen.wanted, listed.newer) if listed.newer else "",
        "older": address(chosen.wanted, listed.older) if listed.older else "",
        "last": "",
    }
    if listed.older:
        last = reading.last_cursor(own, total=listed.total, chosen=chosen.query)
        turned["last"] = address(chosen.wanted, last) if last else ""
    return turned


def address(wanted, cursor="") -> str:
    return "?" + urlencode(wanted | ({CURSOR: cursor} if cursor else {}))


def choices(chosen) -> list[dict]:
    """The facets that offer a choice, each with its addresses; one value alone is none, unless it is the year beside others."""
    shown = []
    for name, title in FACETS:
        found = chosen.choices(name, KINDS)
        fewest = 1 if name == "year" and shown else 2
        if len(found) < fewest and name not in chosen.wanted:
            continue
        others = {key: value for key, value in chosen.wanted.items() if key != name}
        values = [(address(others | {name: c.value}), c.chosen, c.title, c.total) for c in found if c.title]
        everything = (address(others), name not in chosen.wanted, "全部", 0)
        shown.append({"name": name, "title": title, "values": [everything, *values]})
    return shown


def totals(columns, tree, unit) -> dict[str, int]:
    """Items of each column, of one unit where one is chosen: the catalogue unit × category (portal.md)."""
    note("list", *columns)
    if unit:
        return facets.of_unit(unit, columns)
    return {key: node.total for key in columns if (node := tree.get(key))}


# --- home page ---


def sections(wanted: list[dict], tree) -> list[dict]:
    """The home page's sections with their newest items; a section of a closed or empty column is left out."""
    open_ones = [section for section in wanted if tree.get(section["column"])]
    rows = newest([section for section in open_ones if section["style"] not in ("entrance", "topics")])
    shown = []
    for section in open_ones:
        node = tree.get(section["column"])
        own = rows.pop(0) if section["style"] not in ("entrance", "topics") else []
        children = [child for child in node.children if child.total > 0]
        more = {"path": node.path, "rows": own, "children": children}
        if section["style"] == "topics":
            more["topics"] = topics(tree, section["column"])[: section["limit"]]
        if own or more.get("topics") or (section["style"] == "entrance" and children):
            shown.append(section | more)
    add_interpretations(shown)
    return widened(shown)


def add_interpretations(shown: list[dict]) -> None:
    rows = [row for section in shown if section["style"] == "policies" for row in section["rows"]]
    found = policies.interpretations([row["publication_id"] for row in rows])
    for row in rows:
        row["interpretations"] = found.get(row["publication_id"], [])


def widened(shown: list[dict]) -> list[dict]:
    """Halves stand two in a row; one that is left alone takes the whole row."""
    for half, run in groupby(shown, key=lambda section: section["style"] in ("list", "pictures", "policies")):
        lists = list(run)
        if half and len(lists) % 2:
            lists[-1]["wide"] = True
    return shown


def newest(wanted: list[dict]) -> list[list[dict]]:
    """The newest items of several columns in one query, with the unit and the picture from the list's own rows."""
    note("list", *(section["column"] for section in wanted))
    parts = [
        Listing.objects.filter(column_object_id=section["column"])
        .order_by("-published_at", "-id")
        .values(*FIELDS, number=Value(number))[: section["limit"]]
        for number, section in enumerate(wanted)
    ]
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    rows: list[list[dict]] = [[] for _ in wanted]
    for row in sorted(found, key=lambda row: (row["published_at"], row["publication_id"]), reverse=True):
        row["card"] = row["card"] or {}
        rows[row["number"]].append(row)
    return rows


def topics(tree, object_id) -> list[dict]:
    """The topics below a column with their pictures: columns that the gov office approved as such (Article 18).

    A column of columns of topics shows those of all. What has no duty to be updated any more is archived.
    """
    node = tree.get(object_id)
    below = node.children if node else []
    found = [
        child for column in (node, *below) if column for child in column.children if child.layout == "topic"
    ]
    if not found:
        return []
    note("list", *(child.object_id for child in found))
    documents = Publication.objects.open().filter(object_id__in=[child.object_id for child in found])
    faces = {d["object"]: d for d in map(parse, documents.values_list("document", flat=True))}
    return [
        {
            "title": child.title,
            "path": child.path,
            "total": child.total,
            "banner": faces[child.object_id]["column_info"].get("banner"),
            "description": faces[child.object_id]["column_info"]["description"],
            "archived": faces[child.object_id]["column_info"].get("update_days") == 0,
        }
        for child in found
        if child.object_id in faces
    ]


# --- subsites ---

# Kinds of unit under the headings of the home page, in this order.
SUBSITES = (
    ("区直部门", ("gov_office", "egov_office", "department")),
    ("乡（镇）、办事处", ("township", "subdistrict")),
    ("新型社区", ("community",)),
    ("其他单位", ("other", "")),
)


def subsites(site="portal") -> list[dict]:
    """All open subsites, grouped by the kind and in the order that their documents say; one query."""
    rows = Publication.objects.open().filter(kind="unit", site=site)
    note_site()
    rows = rows.annotate(of=reading.Word("unit_face", "unit_kind"), place=reading.Word("unit_face", "order"))
    found = sorted(rows.values_list("of", "place", "path", "title"), key=lambda r: (int(r[1] or 0), r[2]))
    groups = [
        {
            "title": title,
            "units": [
                {"path": path, "title": name} for of, _place, path, name in found if (of or "") in kinds
            ],
        }
        for title, kinds in SUBSITES
    ]
    return [group for group in groups if group["units"]]


def leaders(site="portal") -> list[dict]:
    """The leaders whom the gov office's face names, from its approved document."""
    rows = Publication.objects.open().filter(kind="unit", site=site)
    rows = rows.annotate(of=reading.Word("unit_face", "unit_kind")).filter(of="gov_office")
    stored = rows.values_list("document", flat=True).first()
    return parse(stored)["unit_face"]["leaders"] if stored is not None else []


def unit_columns(document, tree, publication) -> list[dict]:
    """A subsite's own columns: what its document names, else where the unit has published; newest items of each."""
    wanted = document["unit_face"].get("columns") or []
    code = document["path"].strip("/").rpartition("/")[2]
    nodes = [tree.get(column["column"]) for column in wanted] or [
        child for top in tree.top() for child in top.children
    ]
    titles = {column["column"]: column["title"] for column in wanted}
    if publication is not None:
        note("unit", publication.unit_id)
    counted = facets.of_unit(code, [node.object_id for node in nodes if node])
    return [
        {
            "title": titles.get(node.object_id, node.title),
            "path": f"{node.path}?{urlencode({'unit': code})}",
            "total": counted[node.object_id],
        }
        for node in nodes
        if node and node.object_id in counted
    ]
