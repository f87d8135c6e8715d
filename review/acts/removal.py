"""立即下线, 追认, 恢复发布, 非本人签批: take-down first, words after.

A take-down removes public bytes, so it may precede approval: the unit's reviewer or leaders and the e-gov office's
staff may do it at once, with a neutral public reason. The route's approver ratifies within 24 hours or restores.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.authority import authorities_of, find_authority
from publication import gate
from publication.models import Publication, SignOff
from regulation.refusals import Refusal
from review import cases, routes, staffing
from review.models import Case, Disowning

# Posts that may take down, in the publishing unit and in the e-gov office.
UNIT_POSTS = ("reviewer", "branch_leader", "supervising_leader", "principal_leader")
EGOV_POSTS = ("web_manager", "supervising_leader", "portal_leader", "security_officer")
DECIDING = ("approval", "decision")


def may_take_down(publication, user, authorities=None):
    """A refusal, or nothing."""
    held = authorities if authorities is not None else authorities_of(user)
    allowed = {(publication.unit_id, post) for post in UNIT_POSTS}
    allowed |= {(staffing.offices()["egov"], post) for post in EGOV_POSTS}
    if not any((a.unit_id, a.post) in allowed for a in held):
        return Refusal(
            _("Only the unit's reviewer or leaders and the e-government office take an item down."),
            article="21",
            code="not_entitled",
        )
    return None


@transaction.atomic
def take_down(publication, user, *, reason, remark):
    publication = Publication.objects.select_for_update().get(pk=publication.pk)
    if publication.ended_at is not None:
        raise Refusal(_("This item is not public any more."), article="21", code="not_public")
    if refusal := may_take_down(publication, user):
        raise refusal
    return gate.take_down(publication, user, reason, remark)


def may_decide(take_down, user):
    """Ratifying and restoring are the approver's post on the item's route (Article 14)."""
    step = approving_step(take_down.publication)
    if step is None or find_authority(user, step.unit_id, step.posts) is None:
        return Refusal(
            _("Only the approver of the item's route ratifies or restores."),
            article="14",
            code="not_approver",
        )
    return None


def approving_step(publication):
    """The frozen step that approved it; for items of a batch, the batch's own decision."""
    from publication.models import FrozenStep

    steps = FrozenStep.objects.filter(submission_id=publication.submission_id)
    return steps.filter(opinion__in=DECIDING).order_by("-position").first()


@transaction.atomic
def ratify(take_down, user, remark=""):
    if refusal := may_decide(take_down, user):
        raise refusal
    return gate.ratify(take_down, user, remark)


@transaction.atomic
def restore(take_down, user, remark=""):
    if refusal := may_decide(take_down, user):
        raise refusal
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


def route_label(publication):
    submission = publication.submission
    return routes.LABELS.get(submission.route, submission.route)
