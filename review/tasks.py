"""What a signing step does inside Wagtail's workflow engine; `RoleTask` and `SecrecyReviewTask` share it.

Wagtail (models/workflows.py) trusts its callers: the approve view checks one page and acts on another's
task state, the edit view hands unvalidated JSON to `on_action`, and disabling a task approves it for
everything waiting in it. Therefore nothing is decided outside `on_action`, which gives every act to
`review.acts`, and that judges again under row lock.
"""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from regulation.refusals import Refusal

PAGE_ASKED = "_page_asked_for"
OUTCOME = ("status", "finished_at", "finished_by", "comment")


class SigningTaskMixin(models.Model):
    """A Wagtail task that stands for one row of the route table, found by its code."""

    code = models.CharField(_("code"), max_length=30, unique=True, editable=False)

    admin_form_readonly_on_edit_fields = ["name"]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk and not self.active:
            self.deactivate()
        super().save(*args, **kwargs)

    def start(self, workflow_state, user=None):
        from review.stepping import step_started

        return step_started(self, workflow_state, user)

    def on_action(self, task_state, user, action_name, /, **kwargs):
        """Every act on this step, whoever asks. `kwargs` are never trusted, not even their names."""
        from review.acts import perform

        return perform(task_state, user, action_name, kwargs, page_asked_for=getattr(self, PAGE_ASKED, None))

    def get_actions(self, obj, user):
        """Actions of the *current* step of this page; each opens a form, none is a bare button."""
        from review.actions import available

        setattr(self, PAGE_ASKED, obj.pk)
        return available(self, obj, user)

    def get_form_for_action(self, action):
        from review.actions import form_for

        return form_for(self.code, action)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """A base `TaskState` queryset, as Wagtail combines those of all tasks with `|`."""
        from review.inbox import submissions_waiting_for

        state_class = self.get_task_state_class()
        mine = state_class.objects.filter(submission_id__in=submissions_waiting_for(user)).values(
            "taskstate_ptr"
        )
        return TaskState.objects.filter(task=self.task_ptr, status=TaskState.STATUS_IN_PROGRESS, pk__in=mine)

    def user_can_access_editor(self, obj, user):
        """Reviewers read on the review page; the editor stays with the unit's own people."""
        return False

    def locked_for_user(self, obj, user):
        return True

    def user_can_lock(self, obj, user):
        return False

    def user_can_unlock(self, obj, user):
        return False

    def deactivate(self, user=None):
        raise Refusal(
            _("A step of a route cannot be disabled: items waiting in it would pass unsigned."),
            article="14",
            code="task_disable",
        )

    @classmethod
    def get_description(cls):
        return _("Signed by whoever holds the post in the office concerned")


class SigningStateMixin(models.Model):
    """Carries what exactly is signed: submission, position, unit and digest."""

    submission_id = models.UUIDField(_("submission"), db_index=True)
    position = models.PositiveSmallIntegerField(_("position"))
    unit_id = models.BigIntegerField(_("unit"))
    digest = models.CharField(_("digest"), max_length=64)

    exclude_fields_in_copy = []

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """What a step is about is written once; afterwards only how it ended."""
        if not self._state.adding:
            kwargs.setdefault("update_fields", OUTCOME)
        super().save(*args, **kwargs)

    @cached_property
    def case(self):
        from review.models import Case

        return Case.objects.filter(pk=self.submission_id).first()

    def approve(self, user=None, update=True, comment=""):
        """Only a step that is signed in the publication tables can be approved in Wagtail's."""
        from review.stepping import require_signature

        require_signature(self)
        return super().approve(user=user, update=update, comment=comment)

    def log_state_change_action(self, user, action):
        """Wagtail builds the page from its revision to name it; the case knows its title."""
        from review.history import note_end

        if self.case is not None:
            note_end(self, user, action)
