"""Wagtail's task for the first step of every route: 保密审查, with the statutory form."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from review.tasks import SigningStateMixin, SigningTaskMixin


class SecrecyTaskState(SigningStateMixin, TaskState):
    class Meta:
        verbose_name = _("secrecy review step")
        verbose_name_plural = _("secrecy review steps")


class SecrecyReviewTask(SigningTaskMixin, Task):
    """What it does on each act is `review.acts`; what it asks is `secrecy.desk`."""

    task_state_class = SecrecyTaskState

    class Meta:
        verbose_name = _("secrecy review task")
        verbose_name_plural = _("secrecy review tasks")

    @classmethod
    def get_description(cls):
        return _("The secrecy form of Article 13: reviewed in the source unit before anything else")
