"""What every act on a step begins with: locks taken, facts read again, contradictions refused."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from uuid import uuid4

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from regulation.refusals import Refusal
from review import cases
from review.rules import may_sign


@dataclass
class Act:
    """One person's act on the current step of one case, everything of it read under lock."""

    case: object
    state: object
    user: object
    paper: object = None  # the checked `PaperOpinion` that speaks for the user

    def __post_init__(self):
        self.uuid = uuid4()

    @classmethod
    def begin(cls, task_state, user, page_asked_for=None, paper=None):
        specific = task_state.specific
        if not hasattr(specific, "submission_id"):
            raise Refusal(_("This is not a step of a route."), article="14", code="wrong_task")
        case = cases.lock(specific.submission_id)
        states = type(specific).objects.select_for_update(of=("self", "taskstate_ptr"))
        state = states.select_related("workflow_state").get(pk=task_state.pk)
        state.case, state.task = case, task_state.task
        act = cls(case, state, user, paper)
        act.require_same_page(page_asked_for)
        act.require_live_state()
        act.require_same_content()
        return act

    @cached_property
    def submission(self):
        return self.case.submission

    @cached_property
    def step(self):
        return next((s for s in self.case.steps if s.position == self.state.position), None)

    @cached_property
    def verdict(self):
        return may_sign(self.case, self.step, self.user)

    @property
    def medium(self):
        return "paper" if self.paper else "online"

    @property
    def authority(self):
        return self.verdict.authorities[0]

    def workflow_state(self):
        """Read afresh: Wagtail caches the current task state on it."""
        return WorkflowState.objects.get(pk=self.state.workflow_state_id)

    def require_same_page(self, page_asked_for):
        """wagtail/admin/views/generic/workflow.py checks one page and acts on another's task state."""
        page_id = self.case.page_id
        named = {str(self.state.workflow_state.object_id), str(page_asked_for or page_id)}
        if named != {str(page_id)} or self.case.workflow_state_id != self.state.workflow_state_id:
            raise Refusal(_("This step belongs to another item."), article="14", code="other_page")

    def require_live_state(self):
        if self.state.status != TaskState.STATUS_IN_PROGRESS:
            raise Refusal(
                _("Somebody has already dealt with this step."), article="14", code="already_signed"
            )
        if self.step is None or self.state.task.specific.code != self.step.task:
            raise Refusal(_("The frozen route has no such step."), article="14", code="wrong_task")

    def require_same_content(self):
        digest = hashlib.sha256(bytes(self.submission.document)).hexdigest()
        if not digest == self.submission.digest == self.state.digest:
            raise Refusal(
                _("The content is not the one that was submitted."), article="14", code="digest_changed"
            )
