"""Who may change the organisation: one table, deny by default.

The regulation names two offices: the e-government office *operates* the portal and is told of every change of
persons (Articles 5, 11), the district government office *supervises* (Articles 5, 24). From that follows:

========================  ======================================================================
see                       members of the two offices see all; a signatory the delegations he is part of
operate                   units, names, accounts, requests for and ends of appointments: e-gov
desk                      forgotten passwords: e-gov office's site managers and security officer (Article 20)
confirm                   ordinary signing posts: another person of the e-gov office
confirm_leader            leaders' posts and every 兼任: the district government office
========================  ======================================================================

Requester and confirmer are two persons and neither is the appointee; the database refuses it otherwise.
Superusers are no exception. While an office is being founded, fewer than three persons hold the posts a line
names, so that two others than the appointee need not exist: until then a superuser may take the part of one
of them, and a second superuser that of the other. With the third holder that ends by itself.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisation.models import Appointment, UnitKind
from regulation.refusals import Refusal

FOUNDED = 3  # two others than the appointee


@dataclass(frozen=True)
class Right:
    office: str
    posts: tuple[str, ...]
    article: str


RIGHTS = {
    "operate": Right(UnitKind.EGOV_OFFICE, ("web_manager", "security_officer", "dedicated"), "11"),
    "desk": Right(UnitKind.EGOV_OFFICE, ("web_manager", "security_officer"), "20"),
    "confirm": Right(
        UnitKind.EGOV_OFFICE, ("supervising_leader", "portal_leader", "web_manager", "security_officer"), "11"
    ),
    "confirm_leader": Right(
        UnitKind.GOV_OFFICE,
        ("reviewer", "dedicated", "branch_leader", "supervising_leader", "principal_leader"),
        "5",
    ),
}


OFFICES = frozenset(right.office for right in RIGHTS.values())
SEE, SIGN, EGOV = "see", "sign", "egov"


def _founding():
    """Lines of the table that fewer than three persons can use: there a superuser may stand in."""
    people = {verb: set() for verb in RIGHTS}
    held = Appointment.objects.valid().filter(unit__kind__in=OFFICES, person__is_active=True)
    for kind, post, person in held.values_list("unit__kind", "post_id", "person_id"):
        for verb, right in RIGHTS.items():
            if kind == right.office and post in right.posts:
                people[verb].add(person)
    return {verb for verb, holders in people.items() if len(holders) < FOUNDED}


def rights_of(user):
    """The lines of the table this person may use now, with ``see``, ``sign`` and ``egov`` (member); one query (two for a
    superuser).
    """
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    held = list(
        Appointment.objects.valid().filter(person=user).values_list("unit__kind", "post_id", "post__signing")
    )
    verbs = {
        verb
        for verb, right in RIGHTS.items()
        if any(kind == right.office and post in right.posts for kind, post, __ in held)
    }
    if any(kind in OFFICES for kind, __, __ in held):
        verbs.add(SEE)
    if any(kind == UnitKind.EGOV_OFFICE for kind, __, __ in held):
        verbs.add(EGOV)
    if any(signing for __, __, signing in held):
        verbs.add(SIGN)
    if user.is_superuser:
        verbs |= {SEE} | _founding()
    return frozenset(verbs)


def may(user, verb):
    """Whether the person may use this line of the table now."""
    return verb in rights_of(user)


def demand(user, verb):
    """Refuses with the article when the person may not."""
    if may(user, verb):
        return
    right = RIGHTS[verb]
    sentences = {
        "operate": _("Units, accounts and appointments are entered by the e-government office."),
        "desk": _("Passwords are reset by the e-government office's site managers or security officer."),
        "confirm": _("This appointment is confirmed by a second person of the e-government office."),
        "confirm_leader": _(
            "Leaders' and concurrent appointments are confirmed by the district government office."
        ),
    }
    raise Refusal(sentences[verb], article=right.article, code=f"may_not_{verb}")


def confirming_verb(appointment):
    """Which line of the table confirms this appointment."""
    return "confirm_leader" if appointment.post.leader or appointment.concurrent else "confirm"
