"""立即下线, 追认, 恢复发布, 非本人签批: take-down first, words after.

A take-down removes public bytes, so it may precede approval: the unit's reviewer or leaders and the e-gov office's
staff may do it at once, with a neutral public reason. The route's approver ratifies within 24 hours or restores.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publication import gate, standing
from publication.models import Publication, SignOff
from regulation.refusals import Refusal
from review import cases
from review.models import Case, Disowning


def may_take_down(publication, user):
    """A refusal, or nothing; `publication.standing` is the judge."""
    return _refusal(standing.may_take_down, publication, user)


def may_decide(take_down, user):
    """Ratifying and restoring are the approver's post on the item's route (Article 14)."""
    return _refusal(standing.may_decide, take_down, user)


def _refusal(rule, subject, user):
    try:
        rule(subject, user)
    except Refusal as refusal:
        return refusal
    return None


@transaction.atomic
def take_down(publication, user, *, reason, remark):
    publication = Publication.objects.get(pk=publication.pk)
    if publication.ended_at is not None:
        raise Refusal(_("This item is not public any more."), article="21", code="not_public")
    return gate.take_down(publication, user, reason, remark)


def ratify(take_down, user, remark=""):
    return gate.ratify(take_down, user, remark)


def restore(take_down, user, remark=""):
    return gate.restore(take_down, user, remark)


@transaction.atomic
def disown(signoff, user, *, remark):
    """非本人签批: a paper signature entered in my name is not mine. What rests on it goes off the net."""
    signoff = SignOff.objects.get(pk=signoff.pk)
    if signoff.person_id != user.pk:
        raise Refusal(_("Only the person named on a signature disowns it."), article="14", code="not_mine")
    if signoff.medium != "paper":
        raise Refusal(
            _("You gave this signature online, with your own account."), article="20", code="signed_online"
        )
    case = cases.lock(signoff.submission_id)
    Disowning.objects.create(
        signoff_id=signoff.pk, submission_id=case.pk, by=user, remark=remark, at=timezone.now()
    )
    _withdraw_what_rests_on(case, user, remark)
    return cases.refresh(Case.objects.get(pk=case.pk))


def _withdraw_what_rests_on(case, user, remark):
    from wagtail.models import WorkflowState

    from publication import submissions

    public = Publication.objects.filter(submission_id=case.pk, ended_at__isnull=True).first()
    if public is not None:
        gate.take_down(public, user, "under_check", remark)
        return
    if case.ended_at is None:
        submissions.end(case.submission, "returned", user, reason_code="disowned", remark=remark)
        for state in WorkflowState.objects.filter(pk=case.workflow_state_id).active():
            state.cancel(user=user)
