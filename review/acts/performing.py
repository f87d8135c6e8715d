"""`Task.on_action` ends here: find the verb, judge the person, clean the data, do it, bring the case in step."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from ledger import register
from publication.models import FrozenStep
from regulation.refusals import Refusal
from review import actions, cases
from review.acts import ending, pausing, signing
from review.acts.context import Act
from review.models import PaperOpinion

PERFORMERS = {
    "approve": signing.agree,
    "reopen": signing.reopen,
    "reject": ending.return_,
    "escalate": ending.escalate,
    "come_down": ending.come_down,
    "refuse": ending.refuse,
    "on_request": ending.on_request,
    "other_form": ending.other_form,
    "quarantine": ending.quarantine,
    "hold": pausing.hold,
    "refer": pausing.refer,
}


# Acts that write the register or the public tables. The gate takes the register's lock before any other; so must
# they, or an act on a case and the worker that publishes another could wait for each other in a circle.
REGISTERED = ("refuse", "on_request", "other_form", "quarantine")


def _take_locks_in_order(task_state, action_name):
    position = getattr(task_state.specific, "position", 0)
    last = FrozenStep.objects.filter(
        submission_id=getattr(task_state.specific, "submission_id", None)
    ).count()
    if action_name in REGISTERED or (action_name == "approve" and position >= last - 1):
        register.lock()


@transaction.atomic
def perform(task_state, user, action_name, data, page_asked_for=None):
    """Returns nothing: Wagtail takes a return value for a redirect."""
    _take_locks_in_order(task_state, action_name)
    data = dict(data) if isinstance(data, dict) else {}
    act = Act.begin(task_state, user, page_asked_for, _paper(data, task_state, user))
    act.verdict.require()
    action = actions.find(act.case, action_name)
    if action is None:
        raise Refusal(_("This step does not offer that action."), article="14", code="not_offered")
    PERFORMERS[action_name](act, action, data)


def _paper(data, task_state, user):
    """Only a checked record out of `acts.paper` speaks for a person; what a browser sends is never one."""
    paper = data.pop("paper", None)
    if not isinstance(paper, PaperOpinion):
        return None
    if (paper.submission_id, paper.person_id) != (task_state.specific.submission_id, user.pk):
        raise Refusal(_("This paper belongs to another signature."), article="14", code="other_paper")
    return paper


def on_case(case, user, action_name, data):
    """The same from a case: through Wagtail's task, so that both records tell one story."""
    state = current_task_state(case)
    state.task.specific.on_action(state, user, action_name, **data)
    return cases.Case.objects.get(pk=case.pk)


def current_task_state(case):
    workflow_state = WorkflowState.objects.select_related("current_task_state__task").filter(
        pk=case.workflow_state_id, status=WorkflowState.STATUS_IN_PROGRESS
    )
    found = workflow_state.first()
    if found is None or found.current_task_state is None:
        raise Refusal(_("This submission is not waiting for a signature."), article="14", code="ended")
    return found.current_task_state.specific
