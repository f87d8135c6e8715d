"""What a person may act as, at a moment: the one place where posts and delegations become authority.

The database judges the same when a sign-off is written (``organisation_holds``, migration 0002). There is no
exception for superusers: without an appointment they have no authority at all.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from organisation.models import Appointment, Delegation, Unit, UnitKind, User

# By the very function that judges a sign-off; asked in every request, hence not composed anew each time.
HELD = """
SELECT h.unit_id, h.post_id, h.delegation, h.grantor
FROM (SELECT unit_id, post_id, NULL::bigint AS delegation, NULL::bigint AS grantor, id
      FROM organisation_appointment
      WHERE person_id = %(person)s AND organisation_holds(person_id, unit_id, post_id, %(at)s)
      UNION ALL
      SELECT unit_id, post_id, id, grantor_id, id
      FROM organisation_delegation
      WHERE delegate_id = %(person)s AND organisation_holds(delegate_id, unit_id, post_id, %(at)s, id)) h
JOIN organisation_post p ON p.code = h.post_id
ORDER BY h.delegation IS NOT NULL, h.unit_id, p.order, h.id
"""


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
    """All authority of a person at a moment, own posts first. One query; none for nobody.

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
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"person": user.pk, "at": at})
        return list(dict.fromkeys(Authority(user.pk, *row) for row in cursor.fetchall()))


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
