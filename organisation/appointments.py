"""Services for appointments and delegations, one for each verb (Articles 11, 13; architecture.md, Review).

Each checks the table of ``rights.py``, writes in one transaction, leaves a line in Wagtail's history, and
refuses with the article. What must hold whoever writes is kept by PostgreSQL (migration 0002).
"""

from django.db.models.functions import Now
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from organisation.models import Appointment, Delegation
from organisation.rights import confirming_verb, demand, may
from organisation.writing import refusing, server_now
from regulation.refusals import Refusal

SECOND_PERSON = "11"
SIGNATURES = "13"


def request_appointment(person, unit, post, *, by, starts_at=None, ends_at=None, concurrent=False):
    """Enters that a person shall hold a post. A plain post counts at once, a signing one when confirmed."""
    demand(by, "operate")
    if by.pk == person.pk:
        raise Refusal(
            _("Nobody requests his own appointment."), article=SECOND_PERSON, code="own_appointment"
        )
    if not person.is_active:
        raise Refusal(_("A closed account cannot hold a post."), article="20", code="closed_account")
    if not post.allowed_in(unit):
        raise Refusal(
            _("This kind of unit does not have that post."), article=SECOND_PERSON, code="wrong_kind"
        )
    _refuse_twice(person, unit, post, starts_at, ends_at)
    with refusing(SECOND_PERSON):
        appointment = Appointment.objects.create(
            person=person,
            unit=unit,
            post=post,
            starts_at=starts_at or server_now(),
            ends_at=ends_at,
            concurrent=concurrent,
            requested_by=by,
        )
        appointment.refresh_from_db()
        log(appointment, "organisation.request", user=by)
    return appointment


def _refuse_twice(person, unit, post, starts_at, ends_at):
    same = Appointment.objects.filter(person=person, unit=unit, post=post)
    start = starts_at or server_now()
    same = same.exclude(ends_at__lte=start)
    if ends_at:
        same = same.filter(starts_at__lt=ends_at)
    if same.exists():
        raise Refusal(
            _("%(person)s holds this post already, or it is requested.") % {"person": person},
            article=SECOND_PERSON,
            code="held_already",
        )


def confirm_appointment(appointment, *, by):
    """The second person's yes; the post counts from this moment (or from its start, if that is later)."""
    with refusing(SECOND_PERSON):
        appointment = (
            Appointment.objects.select_for_update(of=("self",))
            .select_related("post", "person")
            .get(pk=appointment.pk)
        )
        _refuse_confirming(appointment, by)
        appointment.confirmed_by = by
        appointment.confirmed_at = server_now()
        appointment.save(update_fields=["confirmed_by", "confirmed_at"])
        appointment.refresh_from_db()
        log(appointment, "organisation.confirm", user=by)
    return appointment


def _refuse_confirming(appointment, by):
    if not appointment.is_pending:
        raise Refusal(
            _("It has been confirmed already, or has ended."), article=SECOND_PERSON, code="not_pending"
        )
    if by.pk in (appointment.requested_by_id, appointment.person_id):
        raise Refusal(
            _("A second person must confirm, who is not the one it is about."),
            article=SECOND_PERSON,
            code="second_person",
        )
    demand(by, confirming_verb(appointment))


def may_confirm(user, appointment):
    """Whether a button is worth showing; the service judges again."""
    others = user.pk not in (appointment.requested_by_id, appointment.person_id)
    return appointment.is_pending and others and may(user, confirming_verb(appointment))


def end_appointment(appointment, *, by, at=None):
    """Ends it at once, or at a later minute. Taking rights away needs no second person (Article 11)."""
    demand(by, "operate")
    with refusing(SECOND_PERSON):
        appointment = (
            Appointment.objects.select_for_update(of=("self",))
            .select_related("person")
            .get(pk=appointment.pk)
        )
        if appointment.is_over:
            raise Refusal(_("This appointment has ended already."), article=SECOND_PERSON, code="over")
        _set_end(appointment, at)
        log(appointment, "organisation.end", user=by, data={"ends_at": appointment.ends_at.isoformat()})
    return appointment


def _set_end(row, at):
    """``Now()`` is the server's; one that has not begun ends where it would have begun."""
    now = server_now()
    row.ends_at = max(at, row.starts_at) if at else (row.starts_at if row.starts_at > now else Now())
    row.save(update_fields=["ends_at"])
    row.refresh_from_db()


def delegate(grantor, to, *, unit, post, starts_at, ends_at, reason, by):
    """Enters that another leader of the unit signs for a signatory between two dates, and why.

    The grantor himself enters it, or the e-gov office for one who does not log in.
    """
    if by.pk != grantor.pk:
        demand(by, "operate")
    if not reason.strip():
        raise Refusal(_("A delegation states its reason."), article=SIGNATURES, code="no_reason")
    if ends_at <= server_now():
        raise Refusal(_("An end may not lie in the past."), article=SIGNATURES, code="past")
    with refusing(SIGNATURES):
        delegation = Delegation.objects.create(
            grantor=grantor,
            delegate=to,
            unit=unit,
            post=post,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=reason.strip(),
            created_by=by,
        )
        delegation.refresh_from_db()
        log(delegation, "organisation.request", user=by)
    return delegation


def confirm_delegation(delegation, *, by):
    """The second person's yes: the grantor, if another entered it, else somebody of the e-gov office."""
    with refusing(SIGNATURES):
        delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        if not delegation.is_pending:
            raise Refusal(
                _("It has been confirmed already, or has ended."), article=SIGNATURES, code="not_pending"
            )
        if by.pk in (delegation.created_by_id, delegation.delegate_id):
            raise Refusal(
                _("A second person must confirm, who is not the one it is about."),
                article=SIGNATURES,
                code="second_person",
            )
        if by.pk != delegation.grantor_id:
            demand(by, "confirm")
        delegation.confirmed_by = by
        delegation.confirmed_at = server_now()
        delegation.save(update_fields=["confirmed_by", "confirmed_at"])
        delegation.refresh_from_db()
        log(delegation, "organisation.confirm", user=by)
    return delegation


def may_confirm_delegation(user, delegation):
    others = user.pk not in (delegation.created_by_id, delegation.delegate_id)
    return delegation.is_pending and others and (user.pk == delegation.grantor_id or may(user, "confirm"))


def end_delegation(delegation, *, by, at=None):
    """The grantor is back, or the e-gov office ends it."""
    if by.pk != delegation.grantor_id:
        demand(by, "operate")
    with refusing(SIGNATURES):
        delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        if delegation.is_over:
            raise Refusal(_("This delegation has ended already."), article=SIGNATURES, code="over")
        _set_end(delegation, at)
        log(delegation, "organisation.end", user=by, data={"ends_at": delegation.ends_at.isoformat()})
    return delegation
