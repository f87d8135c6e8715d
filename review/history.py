"""A step's line in Wagtail's history of the page, in the form that its formatters read (wagtail/wagtail_hooks.py).

Restricted and sealed-away items leave none. For the history screen only: the register and the sign-offs are the
evidence. Written in one statement, as `wagtail.log_actions.log` wants the whole page and looks up all the line names.
"""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageLogEntry

from review import routes


def note_start(state, user):
    """Handed in; `state` is of the first step."""
    _write(state, user, "start", {"next": _named(state.case.steps[0])})


def note_end(state, user, action):
    """`action` is "approve" or "reject"."""
    steps = state.case.steps
    this = next((step for step in steps if step.position == state.position), None)
    following = next((step for step in steps if step.position > state.position), None)
    said = {"task": {"id": state.task_id, **_named(this)}, "next": _named(following)}
    _write(state, user, action, said)


def _named(step):
    return {"title": routes.TASKS.get(step.task, step.task)} if step else {}


def note_publication(submission):
    """Everybody may read it now."""
    _keep(submission, submission.title, action="wagtail.publish", revision_id=submission.revision_id)


def _write(state, user, action, said):
    case = state.case
    if case.restricted or case.quarantined:
        return  # other people read this log too
    workflow = {
        "id": state.workflow_state.workflow_id,
        "title": case.route_label,
        "status": state.status,
        "task_state_id": state.pk,
    }
    data = {"workflow": workflow | said, "comment": state.get_comment()}
    _keep(
        case,
        case.title,
        action=f"wagtail.workflow.{action}",
        revision_id=state.revision_id,
        user=user,
        data=data,
    )


def _keep(item, title, **said):
    """`item` names its page, as submissions and cases do."""
    kind = ContentType.objects.get_by_natural_key(*item.page_type.lower().split("."))
    entry = PageLogEntry(
        page_id=item.page_id,
        content_type=kind,
        label=title,
        timestamp=timezone.now(),
        uuid=get_active_log_context().uuid,
        **said,
    )
    PageLogEntry.objects.bulk_create([entry])
