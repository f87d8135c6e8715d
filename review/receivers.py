"""Publications begin and end in `publication`; Wagtail's page and the case follow, in the same transaction.

Wagtail's own live flag only serves the editors' screens: nothing public depends on it. The page follows the
revision that was submitted, never the latest (docs: publish paths, row 6).
"""

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Revision, Task, Workflow

from publication.models import Publication
from publication.signals import closed, ended, published
from regulation.refusals import Refusal
from review import cases, history
from review.models import Case, RouteWorkflow


@receiver(published, dispatch_uid="review_published")
def follow_publication(sender, publication, submission=None, **kwargs):
    submission = submission or publication.submission
    if publication.legacy and not submission.page_id:
        return  # 存量 without a page here: nobody edits it, nobody reviewed it by itself (Article 25)
    for case in Case.objects.filter(
        Q(pk=submission.pk) | Q(object_id=submission.object_id, status="published")
    ):
        cases.bring_in_line(case, publication=publication if case.pk == submission.pk else None)
    _page_live(submission)


@receiver(closed, dispatch_uid="review_closed")
def follow_closing(sender, publication, **kwargs):
    for case in Case.objects.filter(publication_id=publication.pk):
        cases.bring_in_line(case)
    if Publication.objects.filter(object_id=publication.object_id, ended_at__isnull=True).exists():
        return
    page = _page(publication.submission.page_id)
    if page is not None and page.live:
        page.unpublish(set_expired=publication.end_reason == "expired", log_action=True)


@receiver(ended, dispatch_uid="review_ended")
def follow_end(sender, submission, **kwargs):
    case = Case.objects.filter(pk=submission.pk, ended_at__isnull=True).first()
    if case is not None:
        cases.bring_in_line(case)


def _page(page_id):
    page = Page.objects.filter(pk=page_id).first()
    return page.specific if page is not None else None


def _page_live(submission):
    """A page that was not live has the signed words since it was handed in, and nobody could edit it: it is shown.

    Of a page that is live Wagtail's row still has the words before the correction.
    """
    now = timezone.now()
    unchanged = Page.objects.filter(
        pk=submission.page_id, live=False, latest_revision_id=submission.revision_id
    )
    shown = unchanged.update(
        live=True,
        live_revision_id=submission.revision_id,
        has_unpublished_changes=False,
        expired=False,
        first_published_at=Coalesce("first_published_at", Value(now)),
        last_published_at=now,
        go_live_at=None,
        expire_at=None,
    )
    if shown:
        history.note_publication(submission)
    else:
        _publish_revision(submission)


def _publish_revision(submission):
    revision = Revision.objects.filter(pk=submission.revision_id).first()
    if revision is None or not Page.objects.filter(pk=submission.page_id).exists():
        return
    action = PublishPageRevisionAction(revision, log_action="wagtail.publish")
    action.object.follows_gate = True
    action.object.go_live_at = action.object.expire_at = None
    action.execute(skip_permission_checks=True)


@receiver(pre_save, sender=Workflow, dispatch_uid="review_workflow_stays")
def route_stays_active(sender, instance, **kwargs):
    """Disabling a workflow cancels what waits in it (wagtail/models/workflows.py, deactivate)."""
    if instance.pk and not instance.active and RouteWorkflow.objects.filter(workflow_id=instance.pk).exists():
        raise Refusal(
            _("A route of the regulation cannot be disabled."), article="14", code="workflow_disable"
        )


@receiver(pre_delete, sender=Task, dispatch_uid="review_task_stays")
def task_stays(sender, instance, **kwargs):
    if not hasattr(instance.specific, "code"):
        return
    raise Refusal(_("A step of a route cannot be deleted."), article="14", code="task_delete")
