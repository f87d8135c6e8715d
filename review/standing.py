"""Where an item stands, told to its author: status, whom it waits for, since when, and what came back."""

from dataclasses import dataclass

from organisation.models import User
from publication.documents import parse
from publication.models import Publication, SignOff, SubmissionEnd
from review import reasons
from review.acts.undoing import may_undo
from review.acts.withdrawal import may_withdraw
from review.bundles import companions_of
from review.inbox import Names
from review.models import Case


@dataclass(frozen=True)
class Standing:
    case: object
    steps: tuple
    waiting_for: str
    came_back: dict | None
    may_withdraw: bool
    may_undo: bool
    publication: object
    companions: tuple = ()


def standing_of(page, user):
    """None for a page that was never submitted (or is no reviewed page at all)."""
    if not page.pk or not hasattr(page, "object_id"):
        return None
    cases = Case.objects.filter(page_id=page.pk)
    found = cases.open().first() or cases.order_by("-created_at").first()
    if found is None:
        return None
    names = Names([found])
    return Standing(
        case=found,
        steps=tuple(steps_with_state(found)),
        waiting_for=names.waiting_at(found),
        came_back=came_back(found),
        may_withdraw=may_withdraw(found, user) is None,
        may_undo=may_undo(found, user) is None,
        publication=Publication.objects.filter(object_id=page.object_id, ended_at__isnull=True).first(),
        companions=tuple(companions_of(parse(found.submission.document), user)) if found.is_open else (),
    )


def steps_with_state(case):
    """Each frozen step with "done", "now" or "later"."""
    agreed = SignOff.objects.filter(submission_id=case.pk, decision="agree")
    signed = set(agreed.values_list("position", flat=True))
    for step in case.steps:
        current = case.is_open and step.position == case.position
        reached = "done" if step.position in signed else "later"
        yield {"step": step, "state": "now" if current else reached}


def came_back(case):
    """Why a returned item came back: the coded reason and the reviewer's words."""
    if case.status not in ("returned", "refused"):
        return None
    end = SubmissionEnd.objects.filter(submission_id=case.pk).first()
    if end is None:
        return None
    by = User.objects.filter(pk=end.by).values_list("name", flat=True).first()
    return {
        "reason": reasons.label("return", end.reason_code),
        "remark": end.remark,
        "by": by or "",
        "at": end.at,
    }
