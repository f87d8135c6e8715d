"""What the public pages read: open publications, the lists of columns, the tree of navigation.

Each function costs one query, whatever the number of publications (no OFFSET, no count(*), no sorting of a
subtree). Entries are plain data; nothing here can reach a draft, and the public role could not read one.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import F, Func, OuterRef, Q, Subquery, TextField, Value
from django.utils import timezone

from publication import shown
from publication.documents import parse
from publication.models import ColumnCounter, Listing, Publication

PAGE_SIZE = 20
EVERYTHING = Q()


class Word(Func):
    """A text of the stored document by its path of keys."""

    output_field = TextField()

    def __init__(self, *keys, source="document"):
        super().__init__(F(source))
        self.keys_path = ",".join(keys)

    def as_sql(self, compiler, connection, **context):
        inner, params = compiler.compile(self.source_expressions[0])
        return f"(convert_from({inner}, 'UTF8')::jsonb #>> %s)", (*params, "{" + self.keys_path + "}")


@dataclass
class Entry:
    """An open publication as links and lists show it."""

    object_id: str
    title: str
    path: str
    kind: str = ""
    published_at: datetime | None = None
    publication_id: int = 0
    card: dict = field(default_factory=dict)


@dataclass
class Listed:
    """One page of a list. `newer` and `older` are the cursors of the neighbouring pages, or empty."""

    rows: list[Entry]
    total: int = 0
    newer: str = ""
    older: str = ""


@dataclass
class Node:
    """A column in the navigation."""

    object_id: str
    title: str
    path: str
    order: int = 0
    parent: str = ""
    total: int = 0
    layout: str = ""
    children: list["Node"] = field(default_factory=list)


# --- links ---


def resolve(object_ids, site="portal") -> dict[str, Entry]:
    """Open publications of these objects; what is not public is not in the answer, so links become text."""
    wanted = {str(key) for key in object_ids if key}
    if not wanted:
        return {}
    shown.note("object", *wanted)
    rows = Publication.objects.open().filter(object_id__in=wanted)
    rows = rows.values_list("object_id", "title", "path", "kind", "first_published_at", "pk")
    return {
        str(key): Entry(str(key), title, path, kind, at, publication_id=pk)
        for key, title, path, kind, at, pk in rows
    }


def document_of_kind(kind: str, site="portal") -> dict | None:
    """The open document of a kind that stands once (the home page with its footer)."""
    shown.note_site()
    row = Publication.objects.open().filter(kind=kind, site=site).values_list("document", flat=True).first()
    return parse(row) if row is not None else None


# --- lists ---


def listing(column_object_id, *, cursor="", limit=PAGE_SIZE, total=None, chosen=EVERYTHING) -> Listed:
    """A page of a column or subsite, newest first; the cursor says where to go on and in which direction.

    A cursor that is nonsense is the first page: a reader who mistypes an address sees the list. `chosen` narrows by
    unit, kind and time, each of which has its index (publication/facets.py).
    """
    shown.note("list", column_object_id)
    rows = Listing.objects.filter(chosen, column_object_id=column_object_id)
    at, key, backwards = read_cursor(cursor)
    if at is not None:
        rows = rows.filter(newer_than(at, key) if backwards else older_than(at, key))
    order = ("published_at", "pk") if backwards else ("-published_at", "-pk")
    rows = list(rows.order_by(*order)[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    if backwards:
        rows.reverse()
    return _page(rows, more, backwards, at is not None, count(column_object_id) if total is None else total)


def newer_than(at, key, by="published_at") -> Q:
    """After this row in the order of lists. The first part is the range of the index, the second drops its edge."""
    return Q(**{f"{by}__gte": at}) & (Q(**{f"{by}__gt": at}) | Q(pk__gt=key))


def older_than(at, key, by="published_at") -> Q:
    return Q(**{f"{by}__lte": at}) & (Q(**{f"{by}__lt": at}) | Q(pk__lt=key))


def last_cursor(column_object_id, limit=PAGE_SIZE, total=None, chosen=EVERYTHING) -> str:
    """Cursor of the last page, found from the far end, so that it costs what the first one does."""
    total = count(column_object_id) if total is None else total
    size = total % limit or limit
    if total <= limit:
        return ""
    rows = Listing.objects.filter(chosen, column_object_id=column_object_id).order_by("published_at", "pk")
    row = rows.values_list("published_at", "pk")[size : size + 1].first()
    return write_cursor(*row, backwards=False) if row else ""


def _page(rows, more, backwards, moved, total) -> Listed:
    entries = [_entry(row) for row in rows]
    has_newer = more if backwards else moved
    has_older = True if backwards else more
    return Listed(
        entries,
        total=total,
        newer=write_cursor(rows[0].published_at, rows[0].pk, True) if rows and has_newer else "",
        older=write_cursor(rows[-1].published_at, rows[-1].pk, False) if rows and has_older else "",
    )


def _entry(row) -> Entry:
    return Entry(
        object_id=str(row.object_id),
        title=row.title,
        path=row.path,
        kind=row.kind,
        published_at=row.published_at,
        publication_id=row.publication_id,
        card=row.card or {},
    )


def write_cursor(at, key, backwards) -> str:
    micros = int(at.timestamp()) * 1_000_000 + at.microsecond
    return f"{'n' if backwards else 'o'}{micros}-{key}"


def read_cursor(cursor):
    direction, rest = cursor[:1], cursor[1:]
    micros, _dash, key = rest.partition("-")
    if direction not in ("n", "o") or not (
        micros.isascii() and micros.isdigit() and key.isascii() and key.isdigit()
    ):
        return None, 0, False
    if len(micros) > 17 or len(key) > 18:
        return None, 0, False
    seconds, rest = divmod(int(micros), 1_000_000)
    at = datetime.fromtimestamp(seconds, tz=timezone.get_default_timezone()).replace(microsecond=rest)
    return at, int(key), direction == "n"


def count(column_object_id) -> int:
    """Kept by the publishing transaction; nobody counts."""
    shown.note("list", column_object_id)
    total = ColumnCounter.objects.filter(pk=column_object_id).values_list("total", flat=True).first()
    return total or 0


def neighbours(publication) -> dict[str, Entry | None]:
    """The items before and after this one in its own column (else in its unit's subsite)."""
    home = publication.column or publication.section
    shown.note("beside", publication.object_id)
    if home is None:
        return {"newer": None, "older": None}
    at = publication.first_published_at
    rows = Listing.objects.filter(column_object_id=home).exclude(object_id=publication.object_id)
    pk = Listing.objects.filter(column_object_id=home, publication=publication).values("pk")[:1]
    newer = rows.filter(newer_than(at, pk)).order_by("published_at", "pk")
    older = rows.filter(older_than(at, pk)).order_by("-published_at", "-pk")
    sides = [
        side.annotate(side=Value(name)).values_list(
            "side", "object_id", "title", "path", "kind", "published_at"
        )[:1]
        for name, side in (("newer", newer), ("older", older))
    ]
    found = {name: Entry(str(key), *said) for name, key, *said in sides[0].union(sides[1], all=True)}
    return {"newer": found.get("newer"), "older": found.get("older")}


# --- navigation ---


class Tree:
    """All open columns, read once for a page: navigation, side lists and breadcrumbs come from it."""

    def __init__(self, site="portal"):
        self.site = site

    @cached_property
    def nodes(self) -> dict[str, Node]:
        shown.note_site()
        rows = Publication.objects.open().filter(kind="column", site=self.site)
        rows = rows.annotate(
            position=Word("column_info", "order"),
            layout=Word("column_info", "layout"),
            total=Subquery(ColumnCounter.objects.filter(pk=OuterRef("object_id")).values("total")),
        )
        values = rows.values_list("object_id", "title", "path", "position", "parent", "total", "layout")
        nodes = {
            str(key): Node(
                str(key), title, path, int(order or 0), str(parent or ""), total or 0, layout or ""
            )
            for key, title, path, order, parent, total, layout in values
        }
        for node in sorted(nodes.values(), key=lambda node: (node.order, node.path)):
            if node.parent in nodes:
                nodes[node.parent].children.append(node)
        return nodes

    def top(self) -> list[Node]:
        roots = (node for node in self.nodes.values() if node.parent not in self.nodes)
        return sorted(roots, key=lambda node: (node.order, node.path))

    def get(self, object_id) -> Node | None:
        return self.nodes.get(str(object_id or ""))

    def trail(self, object_id) -> list[Node]:
        """From the top column down to this one; empty for a column that is not public."""
        found, node = [], self.get(object_id)
        while node is not None and node not in found:
            found.insert(0, node)
            node = self.get(node.parent)
        return found


def units(site="portal") -> list[Entry]:
    """The open subsites, in the order of the units."""
    shown.note_site()
    rows = (
        Publication.objects.open().filter(kind="unit", site=site).annotate(place=Word("unit_face", "order"))
    )
    found = sorted(
        rows.values_list("object_id", "title", "path", "place"), key=lambda row: (int(row[3] or 0), row[2])
    )
    return [Entry(str(key), title, path, "unit") for key, title, path, _place in found]
