"""Wagtail's workflow rows for the routes: one task per role, one workflow per route and version.

`sync.py` writes them; the mixins in `review/tasks.py` give them their behaviour.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, Workflow

from review.tasks import SigningStateMixin, SigningTaskMixin


class RoleTaskState(SigningStateMixin, TaskState):
    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")


class RoleTask(SigningTaskMixin, Task):
    task_state_class = RoleTaskState

    class Meta:
        verbose_name = _("signing task")
        verbose_name_plural = _("signing tasks")


class RouteWorkflow(models.Model):
    """Which Wagtail workflow stands for which row of the route table."""

    route = models.CharField(_("route"), max_length=20)
    variant = models.CharField(_("variant"), max_length=10, blank=True)
    version = models.PositiveIntegerField(_("version"))
    workflow = models.OneToOneField(Workflow, on_delete=models.PROTECT, related_name="route")

    class Meta:
        verbose_name = _("route workflow")
        verbose_name_plural = _("route workflows")
        constraints = [
            models.UniqueConstraint(
                fields=["route", "variant", "version"], name="review_one_workflow_per_route"
            )
        ]

    def __str__(self):
        return f"{self.route} {self.variant} v{self.version}"
