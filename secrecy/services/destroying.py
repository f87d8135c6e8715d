"""销毁: proposed by the secrecy body, decided by the unit's leader, done before two witnesses (Articles 13, 19).

Nobody but the secrecy body learns what the item was: leader and witnesses see numbers, digests and sizes. What it is
made of lies in several apps; each registers a holder that lists its part and erases it in the same transaction.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.authority import authorities_of
from publication.models import Publication, Submission
from regulation.refusals import Refusal
from review.staffing import offices
from secrecy.models import Destruction, Quarantine, Witness
from secrecy.services.lawful import lawful, require_post

PROPOSES = "secrecy_body"
DECIDES = ("supervising_leader", "principal_leader")
WITNESSES = 2
STUB = "（已销毁）"


@dataclass(frozen=True)
class Matter:
    """What one destruction is about: all that was handed in of the object and never was public."""

    quarantine: Quarantine
    submissions: tuple[Submission, ...]
    was_public: bool

    @property
    def object_id(self):
        return self.quarantine.object_id

    @property
    def page_id(self):
        return self.quarantine.page_id


class Holder(NamedTuple):
    """One app's part. `lines(matter)` yields what it holds, as data for the record; `erase(matter, lines)` erases."""

    lines: Callable
    erase: Callable


holders: list[Holder] = []


def line(what, sha256, size=None, kept="") -> dict:
    """One line of the inventory; never a name. `kept` says why something stays."""
    return {"what": what, "sha256": sha256, "size": size, "kept": kept}


def matter_of(quarantine) -> Matter:
    public = Publication.objects.filter(object_id=quarantine.object_id)
    unseen = Submission.objects.filter(object_id=quarantine.object_id).exclude(
        pk__in=public.values("submission_id")
    )
    return Matter(quarantine, tuple(unseen.order_by("created_at")), public.exists())


def inventory_of(matter) -> Iterator[dict]:
    for holder in holders:
        yield from holder.lines(matter)


@transaction.atomic
def propose(quarantine, person, *, grounds, carriers):
    """拟销毁. `carriers` says what else carries it (paper, copies, backups) and what becomes of that."""
    authority = require_post(
        person, quarantine.unit_id, PROPOSES, _("Only the secrecy body of the unit proposes a destruction.")
    )
    if quarantine.conclusion != Quarantine.Conclusion.CONFIRMED:
        raise Refusal(_("Only what was confirmed as secret is destroyed."), article="13", code="unconfirmed")
    if not grounds.strip() or not carriers.strip():
        raise Refusal(
            _("Say why, and what becomes of paper and copies."), article="13", code="secrecy_incomplete"
        )
    with lawful():
        made = Destruction.objects.create(
            quarantine=quarantine,
            unit_id=quarantine.unit_id,
            grounds=grounds.strip(),
            carriers=carriers.strip(),
            proposed_by=person,
            proposed_delegation_id=authority.delegation_id,
        )
    made.refresh_from_db()
    return made


@transaction.atomic
def decide(destruction, person, *, approve, remark=""):
    """The leader's word: another person than the secrecy body that proposes."""
    destruction = _locked(destruction)
    authority = _authority_to_decide(destruction, person)
    if destruction.approved is not None:
        raise Refusal(_("This destruction has been decided."), article="13", code="decided")
    if not approve and not remark.strip():
        raise Refusal(_("Say why it is not approved."), article="13", code="secrecy_incomplete")
    destruction.approved = approve
    destruction.decided_by = person
    destruction.decided_post = authority.post
    destruction.decided_delegation_id = authority.delegation_id
    destruction.decision_remark = remark.strip()[:500]
    with lawful():
        destruction.save(
            update_fields=[
                "approved",
                "decided_by",
                "decided_post",
                "decided_delegation_id",
                "decision_remark",
            ]
        )
    destruction.refresh_from_db()
    return destruction


def _authority_to_decide(destruction, person):
    held = [
        a for a in authorities_of(person) if a.unit_id == destruction.unit_id and a.post in DECIDES
    ]  # fmt: skip
    if not held or person.pk == destruction.proposed_by_id:
        raise Refusal(
            _("A leader of the unit decides, another person than proposed it."),
            article="13",
            code="not_holder",
        )
    return held[0]


def authority_to_witness(destruction, person, held=None):
    """An own post, other than author, in the unit or in one of the two offices; None where there is none."""
    if person.pk in (destruction.proposed_by_id, destruction.decided_by_id):
        return None
    units = {destruction.unit_id, *offices().values()}
    held = authorities_of(person) if held is None else held
    own = (a for a in held if a.unit_id in units and a.post != "author" and a.delegation_id is None)
    return next(own, None)


@transaction.atomic
def witness(destruction, person):
    """监销. The second witness's signature destroys: database, drafts and files, in this transaction or not at all."""
    destruction = _locked(destruction)
    authority = authority_to_witness(destruction, person)
    if authority is None:
        raise Refusal(
            _("A witness holds a post in the unit or an office and neither wrote, proposed nor approved."),
            article="13",
            code="no_witness",
        )
    signed = list(destruction.witnesses.values_list("person_id", flat=True))
    if person.pk in signed:
        raise Refusal(_("The two witnesses are two different people."), article="13", code="second_person")
    if len(signed) + 1 == WITNESSES and destruction.awaits_witnesses:
        _destroy(destruction, person, authority)
    else:
        _sign(destruction, person, authority)
    destruction.refresh_from_db()
    return destruction


def _sign(destruction, person, authority):
    with lawful():
        Witness.objects.create(
            destruction=destruction, person=person, unit_id=authority.unit_id, post=authority.post
        )


def _destroy(destruction, person, authority):
    """Listed first, then signed: the signature empties the database, and each holder erases the rest."""
    matter = matter_of(destruction.quarantine)
    parts = [(holder, list(holder.lines(matter))) for holder in holders]
    destruction.inventory = [entry for _holder, lines in parts for entry in lines]
    with lawful():
        destruction.save(update_fields=["inventory"])
    _sign(destruction, person, authority)
    for holder, lines in parts:
        holder.erase(matter, lines)


def _locked(destruction):
    return (
        Destruction.objects.select_for_update(of=["self"]).select_related("quarantine").get(pk=destruction.pk)
    )
