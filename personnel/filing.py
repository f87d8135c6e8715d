"""Services for changes of persons, one for each verb: file, receive, give back (Article 11).

Receiving is what takes effect: the leaver's posts end and the successor's begin at the minute wished for, or now if
that has passed; work is handed over in that minute. A post that signs still waits for its second person.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from organisation import accounts, appointments
from organisation.models import Appointment, Post
from organisation.rights import demand
from organisation.writing import refusing, server_now
from personnel.handing_over import hand_over
from personnel.models import ChangeFiling, Decision
from personnel.rights import ARTICLE, OPERATE, demand_another, demand_filing
from regulation.refusals import Refusal


@dataclass(frozen=True)
class Received:
    """What receipt brought about: appointments that wait for a second person, a new account's first password."""

    filing: ChangeFiling
    pending: tuple[Appointment, ...] = ()
    password: str = ""


def file(
    unit,
    *,
    by,
    reason,
    leaver=None,
    leaver_posts=(),
    successor=None,
    successor_name="",
    successor_phone="",
    successor_posts=(),
    wanted_at=None,
    note="",
):
    """Enters the change as the unit reports it. Without named posts: all that the leaver holds, and the same again."""
    demand_filing(by, unit)
    giving_up = _given_up(unit, leaver, leaver_posts)
    taking = [post.pk for post in successor_posts] or giving_up
    _refuse_unfit(unit, by, leaver, successor, successor_name, taking)
    with refusing(ARTICLE):
        filing = ChangeFiling.objects.create(
            unit=unit,
            leaver=leaver,
            leaver_posts=giving_up,
            successor=successor,
            successor_name="" if successor else " ".join(successor_name.split()),
            successor_phone="" if successor else successor_phone.strip(),
            successor_posts=taking,
            wanted_at=wanted_at or server_now(),
            reason=reason,
            note=note.strip(),
            filed_by=by,
        )
        filing.refresh_from_db()
        log(filing, "personnel.file", user=by)
    return filing


def held_posts(unit, person):
    """Codes of the posts a person holds in a unit, or will hold; what has ended does not count."""
    rows = Appointment.objects.filter(unit=unit, person=person).exclude(ends_at__lte=server_now())
    return _codes(rows)


def _codes(rows):
    return list(rows.order_by("post__order").values_list("post_id", flat=True).distinct())


def _given_up(unit, leaver, posts):
    if leaver is None:
        return []
    # Whoever was locked out in a hurry, without a filing, has left work behind all the same.
    held = held_posts(unit, leaver) or _codes(Appointment.objects.filter(unit=unit, person=leaver))
    if not held:
        raise Refusal(
            _("%(person)s holds no post in this unit.") % {"person": leaver}, article=ARTICLE, code="no_post"
        )
    foreign = [post.name for post in posts if post.pk not in held]
    if foreign:
        raise Refusal(
            _("%(person)s does not hold: %(posts)s.") % {"person": leaver, "posts": "、".join(foreign)},
            article=ARTICLE,
            code="not_held",
        )
    return [post.pk for post in posts] or held


def _refuse_unfit(unit, by, leaver, successor, name, taking):
    if successor is None and not name.strip():
        raise Refusal(_("Say who takes over."), article=ARTICLE, code="no_successor")
    if successor is not None and successor == leaver:
        raise Refusal(_("Leaver and successor are two persons."), article=ARTICLE, code="same_person")
    if successor == by:
        raise Refusal(_("Nobody files his own appointment."), article=ARTICLE, code="own_appointment")
    if successor is not None and not successor.is_active:
        raise Refusal(_("A closed account cannot hold a post."), article="20", code="closed_account")
    if not taking:
        raise Refusal(_("Say which posts the new person takes."), article=ARTICLE, code="no_posts")
    unfit = [post.name for post in Post.objects.filter(pk__in=taking) if not post.allowed_in(unit)]
    if unfit:
        raise Refusal(_("This kind of unit does not have that post."), article=ARTICLE, code="wrong_kind")
    if leaver and ChangeFiling.objects.open().filter(unit=unit, leaver=leaver).exists():
        raise Refusal(
            _("A change of %(person)s is filed already and waits for receipt.") % {"person": leaver},
            article=ARTICLE,
            code="filed_already",
        )


def receive(filing, *, by, username="", note=""):
    """受理: the e-gov office's yes. A new person gets an account; `username` names it."""
    demand(by, OPERATE)
    with refusing(ARTICLE):
        filing = _locked(filing, by)
        successor, password = filing.successor, ""
        if successor is None:
            successor, password = _new_account(filing, username, by)
        filing.successor = successor
        _decide(filing, Decision.RECEIVED, by, note)
        _end_posts(filing, by)
        pending = _begin_posts(filing, by)
        log(filing, "personnel.receive", user=by, data={"effective_at": filing.effective_at.isoformat()})
        if filing.effective_at <= server_now():
            hand_over(filing)
    filing.refresh_from_db()
    return Received(filing, tuple(pending), password)


def give_back(filing, *, by, note):
    """退回: something is missing or wrong; the unit files anew."""
    demand(by, OPERATE)
    if not note.strip():
        raise Refusal(_("Say what is missing or wrong."), article=ARTICLE, code="no_reason")
    with refusing(ARTICLE):
        filing = _locked(filing, by)
        _decide(filing, Decision.RETURNED, by, note)
        log(filing, "personnel.give_back", user=by)
    return filing


def _locked(filing, by):
    filing = (
        ChangeFiling.objects.select_for_update(of=("self",))
        .select_related("unit", "leaver", "successor")
        .get(pk=filing.pk)
    )
    if not filing.is_open:
        raise Refusal(_("This change is decided already."), article=ARTICLE, code="decided")
    demand_another(filing, by)
    return filing


def _decide(filing, decision, by, note):
    filing.decision, filing.decided_by, filing.decision_note = decision, by, note.strip()
    filing.save(update_fields=["successor", "decision", "decided_by", "decision_note"])
    filing.refresh_from_db()


def _new_account(filing, username, by):
    if not username.strip():
        raise Refusal(
            _("%(person)s has no account yet: give a user name for it.") % {"person": filing.successor_name},
            article="20",
            code="no_username",
        )
    return accounts.open_account(username.strip(), filing.successor_name, by=by, phone=filing.successor_phone)


def _end_posts(filing, by):
    """At the minute of effect, whether it is now or next week; what ends earlier by itself stays as it is."""
    if filing.leaver is None:
        return
    running = Appointment.objects.filter(unit=filing.unit, person=filing.leaver, post__in=filing.leaver_posts)
    for appointment in running.exclude(ends_at__lte=filing.effective_at).order_by("pk"):
        appointments.end_appointment(appointment, by=by, at=filing.effective_at)


def _begin_posts(filing, by):
    """Yields the appointments that wait for a second person; posts that he holds already are left alone."""
    held = set(held_posts(filing.unit, filing.successor))
    posts = Post.objects.filter(pk__in=filing.successor_posts).exclude(pk__in=held)
    made = [
        appointments.request_appointment(
            filing.successor, filing.unit, post, by=by, starts_at=filing.effective_at
        )
        for post in posts
    ]
    return [appointment for appointment in made if appointment.is_pending]
