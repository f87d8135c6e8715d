"""Who may do what, in every unit, at any moment: one readable table (Articles 11, 14, 17).

The regulation wants 专人负责、专人管理: a unit without a valid 专管人员, or without a leader who can sign, is named.
Four queries, however many units there are.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Appointment, Delegation, Unit
from organisation.posts import POSTS

# What a unit must have, any post of a group: else it is listed red.
NEEDED = (
    (("dedicated",), _("no dedicated person")),
    (("branch_leader",), _("no leader who approves")),
    (("supervising_leader",), _("no leader who decides the secrecy form")),
    (("secrecy_reviewer",), _("no secrecy reviewer")),
    (("reviewer",), _("nobody who reviews")),
)

# What each post does, in the words of the routes.
ACTS = {
    "author": _("writes and submits"),
    "dedicated": _("answers for the unit's items, makes and seals the sheet"),
    "secrecy_reviewer": _("secrecy review"),
    "reviewer": _("reviews, answers the nine questions"),
    "supervising_leader": _("decides the secrecy form; e-government office: reviews emergencies"),
    "branch_leader": _("approves"),
    "principal_leader": _("approves emergencies (district government office)"),
    "secrecy_body": _("concludes what is unclear, decides quarantines"),
    "archivist": _("keeps the paper"),
    "web_manager": _("checks and publishes, reviews reprints"),
    "web_editor": _("first review of interactive items"),
    "portal_leader": _("approves reprints and interactive items"),
    "registrar": _("keeps the register of documents"),
    "archives_officer": _("keeps volumes and filings"),
    "security_officer": _("accounts and passwords"),
}


@dataclass(frozen=True)
class Row:
    unit: Unit
    cells: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    at: object
    posts: tuple
    rows: tuple[Row, ...]

    @property
    def lacking(self):
        return [row for row in self.rows if row.missing]


def matrix(at=None) -> Matrix:
    at = at or timezone.now()
    held = _held(at)
    day = timezone.localdate(at)
    units = Unit.objects.named(at).order_by("order", "code").exclude(closed_on__lte=day)
    here = {post for _unit, post in held}
    posts = tuple(post for post in POSTS if post.code in here)
    return Matrix(at, posts, tuple(_row(unit, posts, held) for unit in units))


def _held(at):
    """(unit, post) → names; whoever stands in is named with whom he stands in for."""
    held = defaultdict(list)
    own = Appointment.objects.valid(at).order_by("pk")
    for unit, post, name, concurrent in own.values_list("unit_id", "post_id", "person__name", "concurrent"):
        held[unit, post].append(f"{name}（兼任）" if concurrent else name)
    lent = Delegation.objects.valid(at).order_by("pk")
    for unit, post, name, grantor in lent.values_list(
        "unit_id", "post_id", "delegate__name", "grantor__name"
    ):
        held[unit, post].append(f"{name}（代{grantor}）")
    return held


def _row(unit, posts, held):
    cells = tuple(tuple(held.get((unit.pk, post.code), ())) for post in posts)
    missing = tuple(
        str(said) for needed, said in NEEDED if not any(held.get((unit.pk, post)) for post in needed)
    )
    return Row(unit, cells, missing)
