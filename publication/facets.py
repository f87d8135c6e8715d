"""What a list can be narrowed by: unit, year and kind, with totals that the database keeps (performance: no count(*)).

One query gives all choices of a column; their number depends on units and years, never on publications.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from publication import shown

FIELDS = ("unit", "year", "kind")
COUNTERS = """
    SELECT unit_id, year::text, kind, {total} AS total FROM publication_facetcounter
    WHERE column_object_id = %s AND total > 0 {grouped}
"""
CHOICES = """
    SELECT f.unit_id, split_part(p.path, '/', 3), f.year, f.kind, f.total, p.title
    FROM ({counters}) AS f
    LEFT JOIN publication_publication p ON p.kind = 'unit' AND p.ended_at IS NULL AND p.unit_id = f.unit_id
"""
# Where nothing is chosen yet, one row for each choice is enough: units + years + kinds instead of their product.
GROUPED = CHOICES.format(
    counters=COUNTERS.format(
        total="sum(total)::bigint", grouped="GROUP BY GROUPING SETS ((unit_id), (year), (kind))"
    )
)
SINGLE = CHOICES.format(counters=COUNTERS.format(total="total", grouped=""))
OF_UNIT = """
    SELECT column_object_id::text, sum(total)::bigint FROM publication_facetcounter
    WHERE column_object_id = ANY(%s::uuid[]) AND total > 0 AND unit_id IN (
        SELECT unit_id FROM publication_publication WHERE kind = 'unit' AND ended_at IS NULL AND path = %s)
    GROUP BY column_object_id
"""


class Row(NamedTuple):
    """`unit` is the code in the address of the unit's open face, /units/<code>/; without one it is no choice.

    A row of GROUPED says one of the three and leaves the others open.
    """

    unit_id: int | None
    unit: str | None
    year: str | None
    kind: str | None
    total: int
    title: str | None


@dataclass
class Choice:
    value: str
    title: str
    total: int = 0
    chosen: bool = False


@dataclass
class Facets:
    """The rows of one column, what the reader chose among them, and what follows for the query."""

    rows: list
    wanted: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows if row.kind and self._fits(row))

    @property
    def query(self) -> Q:
        found = Q()
        if unit := self.wanted.get("unit"):
            found &= Q(unit_id__in={row.unit_id for row in self.rows if row.unit == unit} or {0})
        if year := self.wanted.get("year"):
            start = datetime(int(year), 1, 1, tzinfo=timezone.get_default_timezone())
            found &= Q(published_at__gte=start, published_at__lt=start.replace(year=int(year) + 1))
        if kind := self.wanted.get("kind"):
            found &= Q(kind=kind)
        return found

    def choices(self, name, titles=None) -> list[Choice]:
        """The values of one facet, with what each would leave of the list under the other choices."""
        found: dict[str, Choice] = {}
        for row in self.rows:
            value = getattr(row, name)
            if not value or not self._fits(row, besides=name):
                continue
            if value not in found:
                title = (titles or {}).get(value) or (row.title if name == "unit" else value)
                found[value] = Choice(value, title, 0, value == self.wanted.get(name))
            found[value].total += row.total
        if name == "year":
            return sorted(found.values(), key=lambda choice: choice.value, reverse=True)
        return sorted(found.values(), key=lambda choice: (-choice.total, choice.value))

    def _fits(self, row, besides="") -> bool:
        if not self.wanted:
            return True
        return all(getattr(row, name) == value for name, value in self.wanted.items() if name != besides)


def read(column_object_id, wanted) -> Facets:
    """All choices of this column, and what the reader chose among them."""
    shown.note("list", column_object_id)
    with connection.cursor() as cursor:
        cursor.execute(SINGLE if wanted else GROUPED, [str(column_object_id)])
        return Facets([Row(*row) for row in cursor.fetchall()], wanted)


def of_unit(code: str, column_object_ids) -> dict[str, int]:
    """How much of one unit's each of these columns lists; those with nothing are left out."""
    with connection.cursor() as cursor:
        cursor.execute(OF_UNIT, [[str(key) for key in column_object_ids], f"/units/{code}/"])
        return dict(cursor.fetchall())


def wanted_of(query) -> dict[str, str]:
    """What an address asks for; nonsense is left out, as with cursors."""
    found = {name: query.get(name, "")[:40] for name in FIELDS}
    year = found["year"]
    if not (year.isascii() and year.isdigit() and 1949 <= int(year) <= 2200):
        found["year"] = ""
    if not all(letter.isalnum() or letter in "-_" for letter in found["unit"] + found["kind"]):
        found["unit"] = found["kind"] = ""
    return {name: value for name, value in found.items() if value}
