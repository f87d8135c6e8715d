"""Who can sign a route's steps, by name, and whether enough different people exist: said before submission.

Article 14 wants whoever wrote, reviewed and approved to be three people; a small unit learns here, not at the
third step, that it needs an appointment held in several units (兼任) or a delegation.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, Value
from django.utils.translation import gettext as _

from organisation.models import Appointment, Delegation, Post, Unit
from organisation.models.units import unit_names
from review import routes

KIND_OF_OFFICE = {routes.GOV: "gov_office", routes.EGOV: "egov_office"}


@dataclass(frozen=True)
class Signatory:
    person_id: int
    name: str
    post: str
    stands_in_for: str = ""

    def __str__(self):
        return f"{self.name}（代{self.stands_in_for}）" if self.stands_in_for else self.name


@dataclass(frozen=True)
class StaffedStep:
    """One step of a route with the office that signs it and everybody who could."""

    position: int
    opinion: str
    label: str
    clause: str
    unit_id: int
    unit: str
    posts: str
    signatories: tuple[Signatory, ...]

    @property
    def names(self):
        return "、".join(dict.fromkeys(str(s) for s in self.signatories))


def holders_of(pairs, at=None):
    """`{(unit id, post): [Signatory]}` for many pairs in one query, own posts first."""
    found = defaultdict(list)
    pairs = set(pairs)
    if not pairs:
        return found
    wanted = Q()
    for unit_id, post in pairs:
        wanted |= Q(unit_id=unit_id, post_id=post)
    own = Appointment.objects.valid(at).filter(wanted, person__is_active=True).order_by()
    lent = Delegation.objects.valid(at).filter(wanted, delegate__is_active=True).order_by()
    rows = own.values_list(
        "unit_id", "post_id", "person_id", "person__name", Value(""), Value(0), "id"
    ).union(
        lent.values_list(
            "unit_id", "post_id", "delegate_id", "delegate__name", "grantor__name", Value(1), "id"
        ),
        all=True,
    )
    for unit_id, post, person_id, name, stands_in_for, _lent, _id in sorted(rows, key=lambda row: row[5:]):
        found[unit_id, post].append(Signatory(person_id, name, post, stands_in_for))
    return found


def offices():
    """Ids of the two offices, as steps name them; PostgreSQL allows one open unit of each kind."""
    found = Unit.objects.current().filter(kind__in=KIND_OF_OFFICE.values()).values_list("kind", "pk")
    pks = dict(found)
    return {whose: pks[kind] for whose, kind in KIND_OF_OFFICE.items()}


def unit_of(step, source_unit_id, office_ids):
    return source_unit_id if step.whose == routes.SOURCE else office_ids[step.whose]


def staff(route, source_unit_id, at=None):
    """The route with names, for the submission page."""
    office_ids = offices()
    units = [unit_of(step, source_unit_id, office_ids) for step in route.steps]
    pairs = [(unit, post) for step, unit in zip(route.steps, units, strict=True) for post in step.posts]
    holders = holders_of(pairs, at)
    names, posts = unit_names(units), dict(Post.objects.values_list("code", "name"))
    return [
        StaffedStep(
            position=number,
            opinion=step.opinion,
            label=routes.OPINIONS[step.opinion],
            clause=step.clause,
            unit_id=unit,
            unit=names.get(unit, ""),
            posts="、".join(posts.get(post, post) for post in step.posts),
            signatories=tuple(s for post in step.posts for s in holders[unit, post]),
        )
        for number, (step, unit) in enumerate(zip(route.steps, units, strict=True), start=1)
    ]


def warnings(staffed, author_id):
    """Sentences about what will be missing; none of them forbids submitting."""
    found = []
    for step in staffed:
        able = [s for s in step.signatories if step.opinion == "seal" or s.person_id != author_id]
        if not able:
            found.append(
                _("Nobody can sign “%(step)s”: %(unit)s has no %(posts)s other than the author.")
                % {"step": step.label, "unit": step.unit, "posts": step.posts}
            )
    if not found and not is_staffed(staffed, author_id):
        found.append(
            _(
                "The steps cannot all be signed by different persons; a concurrent appointment or a delegation is needed."
            )
        )
    return found


def is_staffed(staffed, author_id):
    """Whether an assignment exists: distinct persons per act, merged steps by one person, author nowhere."""
    steps = [s for s in staffed if s.opinion != "seal"]
    return _assign(steps, 0, frozenset({author_id}), None)


def _assign(steps, index, used, previous):
    """`previous` is (step, person) if that step may still share its act with the next one."""
    if index == len(steps):
        return True
    step = steps[index]
    for person in dict.fromkeys(s.person_id for s in step.signatories):
        if person not in used and _assign(steps, index + 1, used | {person}, (step, person)):
            return True
        if _shares(previous, step, person) and _assign(steps, index + 1, used, None):
            return True
    return False


def _shares(previous, step, person):
    if previous is None or previous[1] != person or previous[0].position + 1 != step.position:
        return False
    return (previous[0].opinion, step.opinion) in routes.MERGES
