"""Lists on public pages, from listing rows alone (performance: nothing is counted or sorted)."""

from itertools import groupby

from django.db.models import Value

from publication import reading
from publication.models import Listing, Publication

FIELDS = ("object_id", "title", "path", "published_at", "publication_id")
CURSOR = "at"


def page(document, request, tree) -> dict:
    """One page of a column's or a subsite's list with its pager; the cursor is the only parameter."""
    cursor = request.GET.get(CURSOR, "") if request is not None else ""
    node = tree.get(document["object"])
    listed = reading.listing(document["object"], cursor=cursor, total=node.total if node else None)
    pager = {
        "total": listed.total,
        "first": "?" if listed.newer else "",
        "newer": address(listed.newer),
        "older": address(listed.older),
        "last": "",
    }
    if listed.older:
        pager["last"] = address(reading.last_cursor(document["object"], total=listed.total))
    return {"rows": listed.rows, "pager": pager}


def address(cursor) -> str:
    return f"?{CURSOR}={cursor}" if cursor else ""


def sections(wanted: list[dict], tree) -> list[dict]:
    """The home page's sections with their newest items; a section of a closed or empty column is left out."""
    open_ones = [section for section in wanted if tree.get(section["column"])]
    rows = newest(open_ones)
    shown = []
    for number, section in enumerate(open_ones):
        node = tree.get(section["column"])
        children = [child for child in node.children if child.total > 0]
        if rows[number] or (section["style"] == "entrance" and children):
            shown.append(section | {"path": node.path, "rows": rows[number], "children": children})
    return widened(shown)


def widened(shown: list[dict]) -> list[dict]:
    """Lists stand two in a row; one that is left alone takes the whole row."""
    for style, run in groupby(shown, key=lambda section: section["style"]):
        lists = list(run)
        if style == "list" and len(lists) % 2:
            lists[-1]["wide"] = True
    return shown


def newest(wanted: list[dict]) -> list[list[dict]]:
    """The newest items of several columns in one query; pictures of the card sections in a second."""
    parts = [
        Listing.objects.filter(column_object_id=section["column"])
        .order_by("-published_at", "-id")
        .values(*FIELDS, number=Value(number))[: section["limit"]]
        for number, section in enumerate(wanted)
        if section["style"] != "entrance"
    ]
    if not parts:
        return [[] for _ in wanted]
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    rows: list[list[dict]] = [[] for _ in wanted]
    for row in sorted(found, key=lambda row: (row["published_at"], row["publication_id"]), reverse=True):
        rows[row["number"]].append(row)
    add_pictures(
        [
            row
            for section, part in zip(wanted, rows, strict=True)
            if section["style"] == "cards"
            for row in part
        ]
    )
    return rows


def add_pictures(rows: list[dict]) -> None:
    from json import loads

    if not rows:
        return
    publications = Publication.objects.open().filter(pk__in=[row["publication_id"] for row in rows])
    found = dict(publications.annotate(picture=reading.FirstImage("document")).values_list("pk", "picture"))
    for row in rows:
        picture = found.get(row["publication_id"])
        row["image"] = loads(picture) if picture else None


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
