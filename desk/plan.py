"""栏目内容保障方案 (Article 10): which unit keeps which column fresh, how often, and whom to call; for any moment.

Nobody types it. It is what the district decided about its columns (Article 18), read from the signed bytes that were
public at that moment, with the persons who were appointed then; so every version of it can be printed at any time.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from desk import duties
from organisation.models import Unit, UnitKind, User
from publication.documents import parse
from publication.models import Listing, Publication
from review.staffing import holders_of

CONTACT = "dedicated"  # Article 11: the person who answers for what the unit sends in


@dataclass(frozen=True)
class Line:
    """One column that takes items."""

    section: str
    column: str
    path: str
    unit: str
    unit_id: int | None
    contributors: str
    days: int | None
    is_decided: bool  # the number of days stands in the decision, else it is that of the column's type
    since: datetime
    contacts: list[str] = field(default_factory=list)
    duty: duties.Duty | None = None

    @property
    def tone(self):
        return self.duty.tone if self.duty else ""


def plan(at=None) -> list[Line]:
    """In the order of the tree. How a column stands (`duty`) is known for now only."""
    moment = at or timezone.now()
    rows = Publication.objects.filter(kind="column", published_at__lte=moment)
    rows = rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=moment))
    if at is None:
        listed = Listing.objects.filter(column_object_id=OuterRef("object_id")).order_by("-published_at")
        rows = rows.annotate(last=Subquery(listed.values("published_at")[:1]))
    public = [(row, parse(row.document)) for row in rows]
    above = {str(row.object_id): (row, said) for row, said in public}
    parents = {said["parent"] for _row, said in public if said["parent"]}
    leaves = [(row, said) for row, said in public if str(row.object_id) not in parents]
    leaves.sort(key=lambda pair: _place(pair[1], above))
    ids = dict(Unit.objects.values_list("code", "pk"))
    called = _contacts({ids.get(_unit(said).get("code")) for _row, said in leaves} - {None}, at)
    return [_line(row, said, above, ids, called) for row, said in leaves]


def _line(row, said, above, ids, called):
    info, unit = said["column_info"], _unit(said)
    unit_id = ids.get(unit.get("code"))
    days = duties.limit(info.get("update_days"), info["column_type"]) if unit else None
    parent = above.get(said["parent"])
    return Line(
        section=parent[1]["title"] if parent else "",
        column=said["title"],
        path=row.path,
        unit=unit.get("name", ""),
        unit_id=unit_id,
        contributors=_contributors(info),
        days=days,
        is_decided=info.get("update_days") is not None,
        since=row.published_at,
        contacts=called.get(unit_id, []),
        duty=_duty(row, said, unit_id) if days and hasattr(row, "last") else None,
    )


def _duty(row, said, unit_id):
    info = said["column_info"]
    own, kind = info.get("update_days"), info["column_type"]
    facts = (said["title"], unit_id, own, kind, row.last, row.first_published_at)
    return duties.duty_of(facts, timezone.localdate())


def _unit(said) -> dict:
    return said["column_info"].get("unit") or {}


def _contributors(info) -> str:
    given = info.get("contributors") or {}
    if set(UnitKind.values) <= set(given.get("kinds", ())):
        return _("All units")
    kinds = [str(UnitKind(kind).label) for kind in given.get("kinds", ()) if kind in UnitKind.values]
    return "、".join([*kinds, *given.get("units", ())])


def _place(said, above):
    """Order of the column below that of what it stands under."""
    chain, seen = [], said
    while seen is not None:
        chain.append((seen["column_info"].get("order") or 0, seen["path"]))
        parent = above.get(seen["parent"])
        seen = parent[1] if parent else None
    return chain[::-1]


def _contacts(unit_ids, at) -> dict[int, list[str]]:
    """Names with telephones, by unit."""
    holders = holders_of({(unit_id, CONTACT) for unit_id in unit_ids}, at)
    people = {person.person_id for found in holders.values() for person in found}
    phones = dict(User.objects.filter(pk__in=people).values_list("pk", "phone"))
    return {
        unit_id: [f"{person} {phones.get(person.person_id, '')}".strip() for person in found]
        for (unit_id, _post), found in holders.items()
    }
