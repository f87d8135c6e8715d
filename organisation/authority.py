"""What a person may act as, at a moment: the one place where posts and delegations become authority.

The database judges the same when a sign-off is written (``organisation_holds``, migration 0002). There is no
exception for superusers: without an appointment they have no authority at all.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from organisation.models import Appointment, Delegation, Unit, UnitKind, User


@dataclass(frozen=True)
class Authority:
    """A post held in a unit, by appointment or (with ``delegation_id``) in somebody's stead."""

    person_id: int
    unit_id: int
    post: str
    delegation_id: int | None = None
    grantor_id: int | None = None


def _is_person(user):
    return bool(user and user.is_authenticated and user.is_active)


def authorities_of(user, at=None):
    """All authority of a person at a moment, own posts first. Two queries; none for nobody.

    In a request that only reads, the answer for "now" is kept (``ReadingMiddleware``).
    """
    if not _is_person(user):
        return []
    memo = getattr(user, "reading_memo", None)
    if at is not None or memo is None:
        return _find_authorities(user, at or timezone.now())
    if "authorities" not in memo:
        memo["authorities"] = tuple(_find_authorities(user, timezone.now()))
    return list(memo["authorities"])


def _find_authorities(user, at):
    own = Appointment.objects.valid(at).filter(person=user).order_by("unit_id", "post__order", "id")
    lent = Delegation.objects.valid(at).filter(delegate=user).order_by("unit_id", "post__order", "id")
    found = [Authority(user.pk, unit, post) for unit, post in own.values_list("unit_id", "post_id")]
    found += [
        Authority(user.pk, unit, post, delegation, grantor)
        for unit, post, delegation, grantor in lent.values_list("unit_id", "post_id", "pk", "grantor_id")
    ]
    return list(dict.fromkeys(found))


def find_authority(user, unit_id, posts, at=None):
    """The person's authority for one of the posts in that unit; his own post before a delegation."""
    wanted = set(posts)
    matches = (a for a in authorities_of(user, at) if a.unit_id == unit_id and a.post in wanted)
    return next(matches, None)


def holders(unit_id, posts, at=None):
    """The persons who may act in one of the posts of that unit at a moment, also by delegation."""
    at = at or timezone.now()
    own = Appointment.objects.valid(at).filter(unit=unit_id, post__in=posts).values("person")
    lent = Delegation.objects.valid(at).filter(unit=unit_id, post__in=posts).values("delegate")
    return User.objects.filter(Q(pk__in=own) | Q(pk__in=lent), is_active=True)


def units_of(user, at=None):
    """The units in which the person holds any post by appointment at a moment."""
    if not _is_person(user):
        return Unit.objects.none()
    return Unit.objects.filter(
        pk__in=Appointment.objects.valid(at).filter(person=user).values("unit")
    ).named()


def office(kind):
    """The one district government office or e-government office that exists now."""
    return Unit.objects.current().named().get(kind=kind)


def _is_in(user, kind):
    return _is_person(user) and Appointment.objects.valid().filter(person=user, unit__kind=kind).exists()


def is_gov_office(user):
    """Supervises, sees all, edits no unit's text (Article 5)."""
    return _is_in(user, UnitKind.GOV_OFFICE)


def is_egov_office(user):
    """Operates the portal (Article 5)."""
    return _is_in(user, UnitKind.EGOV_OFFICE)
