"""撤回: the author (or who took over from him) takes a submission back, at any moment until it is public."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from ledger import register
from publication import submissions
from regulation.refusals import Refusal
from review import cases, outcomes

ACTIVE = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def may_withdraw(case, user):
    """A refusal, or nothing."""
    if case.ended_at is not None:
        return Refusal(
            _("This submission has ended: %(status)s.") % {"status": case.status_label},
            article="14",
            code="ended",
        )
    if case.kept_by_id != user.pk or not user.is_active:
        return Refusal(_("Only the author withdraws a submission."), article="14", code="not_author")
    return None


@transaction.atomic
def withdraw(case, user, remark=""):
    register.lock()  # before the case: the worker that publishes it takes them in this order
    case = cases.lock(case.pk)
    if refusal := may_withdraw(case, user):
        raise refusal
    submissions.end(case.submission, "withdrawn", user, remark=remark)
    if any(step.opinion == "secrecy" for step in case.steps):
        outcomes.desk().void_row(case, remark or "撤回")
    for state in WorkflowState.objects.filter(pk=case.workflow_state_id, status__in=ACTIVE):
        state.cancel(user=user)
    return cases.refresh(case, pause="")
