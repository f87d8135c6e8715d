"""Wagtail mails titles of workflows to people by itself, restricted and sealed items included, inside the act.

A signal keeps one receiver for each `dispatch_uid`: ours stand in those places before Wagtail's come (our apps are
set up first), and say nothing. What is mailed, `notices.mail` alone decides.
"""

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

PLACES = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def silent(sender, **kwargs):
    """Nothing leaves the house from here."""


def take_places():
    for signal, sender, uid in PLACES:
        signal.connect(silent, sender=sender, dispatch_uid=uid)
