"""What a list can be narrowed by: unit, year and kind, with totals that the database keeps (performance: no count(*)).

One query gives all choices of a column; their number depends on units and years, never on publications.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from publication import shown
from publication.models import FacetCounter

FIELDS = ("unit", "year", "kind")
CHOICES = """
    SELECT f.id, f.column_object_id, f.unit_id, f.year, f.kind, f.total, p.title AS unit_title, p.path AS unit_path
    FROM publication_facetcounter f
    LEFT JOIN publication_publication p ON p.kind = 'unit' AND p.ended_at IS NULL AND p.unit_id = f.unit_id
    WHERE f.column_object_id = ANY(%s::uuid[]) AND f.total > 0
"""


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
        return sum(row.total for row in self.rows if self._fits(row))

    @property
    def query(self) -> Q:
        found = Q()
        if unit := self.wanted.get("unit"):
            found &= Q(unit_id__in={row.unit_id for row in self.rows if code_of(row) == unit} or {0})
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
            value = value_of(row, name)
            if not value or not self._fits(row, besides=name):
                continue
            title = (titles or {}).get(value) or (row.unit_title if name == "unit" else value)
            choice = found.setdefault(value, Choice(value, title, 0, value == self.wanted.get(name)))
            choice.total += row.total
        if name == "year":
            return sorted(found.values(), key=lambda choice: choice.value, reverse=True)
        return sorted(found.values(), key=lambda choice: (-choice.total, choice.value))

    def _fits(self, row, besides="") -> bool:
        return all(value_of(row, name) == value for name, value in self.wanted.items() if name != besides)


def code_of(row) -> str:
    """/units/<code>/ is the address of a unit's face, and the code how readers' addresses name the unit."""
    return (row.unit_path or "").strip("/").rpartition("/")[2]


def value_of(row, name) -> str:
    return code_of(row) if name == "unit" else str(getattr(row, name))


def read(column_object_ids, of_unit=None) -> list:
    """All choices of these columns; a page that shows one unit's alone says so, and stays when others publish."""
    if of_unit is None:
        shown.note("list", *column_object_ids)
    else:
        shown.note("unit", of_unit)
    return list(FacetCounter.objects.raw(CHOICES, [[str(key) for key in column_object_ids]]))


def wanted_of(query) -> dict[str, str]:
    """What an address asks for; nonsense is left out, as with cursors."""
    found = {name: query.get(name, "")[:40] for name in FIELDS}
    year = found["year"]
    if not (year.isascii() and year.isdigit() and 1949 <= int(year) <= 2200):
        found["year"] = ""
    if not all(letter.isalnum() or letter in "-_" for letter in found["unit"] + found["kind"]):
        found["unit"] = found["kind"] = ""
    return {name: value for name, value in found.items() if value}
