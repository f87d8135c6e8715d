"""Wagtail's workflow and task states follow a submission's route, step by step (Article 14).

The rows are moved by themselves. Wagtail's `Workflow.start` and `WorkflowState.update` (wagtail/models/workflows.py) ask
their own tables for the next task, where the frozen route says it, and look up every foreign key of a row in which one
has changed. Whoever calls those gets the same checks: they end in `step_started`, `require_signature` and the gate.
"""

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_submitted

from publication import gate
from publication.models import Release
from publication.submissions import signed_positions
from regulation.refusals import Refusal
from review import cases, history, routes
from review.models import Case, RouteWorkflow


def start_workflow(case, page, user):
    """Wagtail's workflow for the frozen route, never the one an administrator may have assigned."""
    link = RouteWorkflow.objects.select_related("workflow").filter(
        route=case.route, variant=case.variant, version=routes.VERSION
    )
    found = link.first()
    if found is None:
        raise Refusal(_("The routes are not set up: run sync_portal."), article="14", code="no_workflow")
    state = WorkflowState(
        content_type=page.get_content_type(),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        workflow=found.workflow,
        requested_by=user,
    )
    WorkflowState.objects.bulk_create([state])
    case.workflow_state_id = state.pk
    case.save(update_fields=["workflow_state_id"])
    first = start_step(case, case.steps[0], task_of(case.steps[0]), state, user)
    point(state, first)
    workflow_submitted.send(sender=WorkflowState, instance=state, user=user)
    history.note_start(first, user)
    return state


def advance(act, steps, remark):
    """The states of the steps that were signed, and of the one that follows. Returns what became public, if anything."""
    workflow_state, current = act.state.workflow_state, act.state
    current.approve(user=act.user, update=False, comment=remark)
    for step in steps[1:]:
        current = start_step(act.case, step, task_of(step), workflow_state, act.user)
        current.approve(user=act.user, update=False, comment=remark)
    following = cases.next_step(act.case)
    if following is not None:
        waiting = start_step(act.case, following, task_of(following), workflow_state, act.user)
        point(workflow_state, waiting)
        return None
    point(workflow_state, current, status=WorkflowState.STATUS_APPROVED)
    return _finish(act)


def _finish(act):
    """Publication, or nothing yet where it waits for its minute or its bundle."""
    result = gate.complete(act.submission)
    act.state.workflow_state.status = WorkflowState.STATUS_APPROVED
    workflow_approved.send(sender=WorkflowState, instance=act.state.workflow_state, user=act.user)
    return None if isinstance(result, Release) else result


def point(workflow_state, task_state, **fields):
    """At the step that waits, or at the last one."""
    rows = WorkflowState.objects.filter(pk=workflow_state.pk)
    rows.update(current_task_state_id=task_state.pk, **fields)


def task_of(step):
    """The Wagtail task of a step; which model it is, the sync decided."""
    from review.sync import task_for_code

    task = task_for_code(step.task)
    if task is None:
        raise Refusal(_("The step %(task)s has no task.") % {"task": step.task}, article="14", code="no_task")
    return task


def start_step(case, step, task, workflow_state, user):
    """Its state names submission, position, office and digest."""
    state = task.get_task_state_class()(
        workflow_state=workflow_state,
        task=task.task_ptr,
        revision_id=case.submission.revision_id,
        status=TaskState.STATUS_IN_PROGRESS,
        submission_id=case.pk,
        position=step.position,
        unit_id=step.unit_id,
        digest=case.submission.digest,
    )
    state.save()
    state.case = case
    task_submitted.send(sender=type(state), instance=state, user=user)
    return state


# --- where Wagtail itself starts or approves -----------------------------------------------------------------


def step_started(task, workflow_state, user):
    case = Case.objects.open().filter(page_id=int(workflow_state.object_id)).first()
    if case is None:
        raise Refusal(
            _("An item enters review only through the submission page, with its secrecy row."),
            article="13",
            code="no_submission",
        )
    if case.workflow_state_id != workflow_state.pk:
        raise Refusal(
            _("This workflow does not belong to the submission."), article="14", code="wrong_workflow"
        )
    return start_step(case, _startable_step(case, task), task, workflow_state, user)


def _startable_step(case, task):
    step = next((s for s in case.steps if s.task == task.code), None)
    if step is None:
        raise Refusal(_("The frozen route has no such step."), article="14", code="wrong_task")
    signed = set(signed_positions(case.pk))
    if any(s.position not in signed for s in case.steps if s.position < step.position):
        raise Refusal(_("An earlier step is not signed yet."), article="14", code="out_of_turn")
    return step


def require_signature(state):
    """A task state may only become approved when its step is signed on this digest."""
    if state.position not in set(signed_positions(state.submission_id)):
        raise Refusal(_("This step has not been signed."), article="14", code="unsigned")
