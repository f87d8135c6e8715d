"""What a list can be narrowed by: unit, year and kind, with totals that the database keeps (performance: no count(*)).

One query gives all choices of a column; their number depends on units and years, never on publications.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from publication import shown

FIELDS = ("unit", "year", "kind")
# One row for each choice, with what it leaves of the list under the other choices: units + years + kinds, not their product.
CHOICES = """
    WITH counted AS MATERIALIZED (
        SELECT f.unit_id, face.unit, face.title, f.year::text AS year, f.kind, f.total,
               %(unit)s IN ('', face.unit) AS of_unit, %(year)s IN ('', f.year::text) AS of_year,
               %(kind)s IN ('', f.kind) AS of_kind
        FROM publication_facetcounter f LEFT JOIN (
            SELECT unit_id, split_part(path, '/', 3) AS unit, title FROM publication_publication
            WHERE kind = 'unit' AND ended_at IS NULL) AS face USING (unit_id)
        WHERE f.column_object_id = %(column)s AND f.total > 0
    )
    SELECT 'unit', unit, title, unit_id, sum(total)::bigint FROM counted
        WHERE of_year AND of_kind AND unit IS NOT NULL GROUP BY unit, title, unit_id
    UNION ALL
    SELECT 'year', year, year, NULL, sum(total)::bigint FROM counted WHERE of_unit AND of_kind GROUP BY year
    UNION ALL
    SELECT 'kind', kind, kind, NULL, sum(total)::bigint FROM counted WHERE of_unit AND of_year GROUP BY kind
"""
OF_UNIT = """
    SELECT column_object_id::text, sum(total)::bigint FROM publication_facetcounter
    WHERE column_object_id = ANY(%s::uuid[]) AND total > 0 AND unit_id IN (
        SELECT unit_id FROM publication_publication WHERE kind = 'unit' AND ended_at IS NULL AND path = %s)
    GROUP BY column_object_id
"""


class Row(NamedTuple):
    """A value of one of the fields; a unit's is the code in the address of its open face, /units/<code>/."""

    name: str
    value: str
    title: str
    unit_id: int | None
    total: int


class Choice(NamedTuple):
    value: str
    title: str
    total: int
    chosen: bool


@dataclass
class Facets:
    """The choices of one column, what the reader chose among them, and what follows for the query."""

    rows: list[Row]
    wanted: dict[str, str]

    @property
    def total(self) -> int:
        kind = self.wanted.get("kind")
        return sum(row.total for row in self.rows if row.name == "kind" and kind in (None, row.value))

    @property
    def query(self) -> Q:
        found = Q()
        if unit := self.wanted.get("unit"):
            chosen = {row.unit_id for row in self.rows if (row.name, row.value) == ("unit", unit)}
            found &= Q(unit_id__in=chosen or {0})
        if year := self.wanted.get("year"):
            start = datetime(int(year), 1, 1, tzinfo=timezone.get_default_timezone())
            found &= Q(published_at__gte=start, published_at__lt=start.replace(year=int(year) + 1))
        if kind := self.wanted.get("kind"):
            found &= Q(kind=kind)
        return found

    def choices(self, name, titles=None) -> list[Choice]:
        """The values of one facet, with what each would leave of the list under the other choices."""
        titles, wanted = titles or {}, self.wanted.get(name)
        found = [
            Choice(row.value, titles.get(row.value, row.title), row.total, row.value == wanted)
            for row in self.rows
            if row.name == name
        ]
        if name == "year":
            return sorted(found, key=lambda choice: choice.value, reverse=True)
        return sorted(found, key=lambda choice: (-choice.total, choice.value))


def read(column_object_id, wanted) -> Facets:
    """All choices of this column, and what the reader chose among them."""
    shown.note("list", column_object_id)
    with connection.cursor() as cursor:
        asked = {name: wanted.get(name, "") for name in FIELDS}
        cursor.execute(CHOICES, asked | {"column": str(column_object_id)})
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
