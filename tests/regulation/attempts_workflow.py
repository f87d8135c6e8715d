"""Rows 8 to 13: Wagtail's workflow engine made to finish without signatures, and its scheduler."""

import json
from datetime import timedelta

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, Task, TaskState, Workflow, WorkflowState, WorkflowTask

from publication.models import SignOff
from review.acts.performing import current_task_state
from review.models import Case
from tests import factories
from tests.regulation.attempts import BACKEND, CODE, attempt, quietly
from tests.regulation.world import WRITER


def waiting_case(scene):
    return Case.objects.open().get(page_id=scene.pages["waiting"])


def signatures(scene):
    return SignOff.objects.filter(submission_id=waiting_case(scene).pk).count()


@attempt(8)
def disable_a_task(scene):
    for task in Task.objects.all():
        scene.post("wagtailadmin_workflows:disable_task", task.pk)
    assert not Task.objects.filter(active=False).exists()


@attempt(8, by=CODE)
def tasks_switched_off_in_the_table(scene):
    for task in Task.objects.all():
        with quietly():
            task.specific.deactivate()
    Task.objects.update(active=False)
    run_on(scene)


def run_on(scene):
    """Wagtail goes to its next task, or finishes: with `finish()` itself at the end."""
    state = WorkflowState.objects.get(pk=waiting_case(scene).workflow_state_id)
    with quietly():
        state.update(user=scene.actor)
    with quietly():
        WorkflowState.objects.get(pk=state.pk).finish(user=scene.actor)


@attempt(9)
def edit_a_workflow(scene):
    for workflow in Workflow.objects.all():
        scene.post("wagtailadmin_workflows:edit", workflow.pk, data={"name": "x", "workflow_tasks-TOTAL_FORMS": 0,
                   "workflow_tasks-INITIAL_FORMS": 0, "pages-TOTAL_FORMS": 0, "pages-INITIAL_FORMS": 0})  # fmt: skip
        scene.post("wagtailadmin_workflows:disable", workflow.pk)
    scene.post("wagtailadmin_workflows:add", data={"name": "空流程", "active": "on"})
    assert not Workflow.objects.filter(name__in=["x", "空流程"]).exists()


@attempt(9, by=CODE)
def a_workflow_without_tasks(scene):
    WorkflowTask.objects.all().delete()
    run_on(scene)
    with quietly():
        scene.page("draft").get_workflow().start(scene.page("draft"), scene.actor)
    with quietly():
        factories.submit(scene.page("alone"), scene.town.who(WRITER, "author"))
    case = Case.objects.filter(page_id=scene.pages["alone"]).first()
    assert case is None or case.publication_id is None


def approve(scene, page_id, state, action="approve", **data):
    scene.post("wagtailadmin_pages:workflow_action", page_id, action, state.pk, data=data)
    scene.post("wagtailadmin_pages:collect_workflow_action_data", page_id, action, state.pk, data=data)


@attempt(10)
def approve_without_the_post(scene):
    """None of these holds the 保密审查员's post, and the superuser is no exception."""
    case = waiting_case(scene)
    for action in ("approve", "publish", "check"):
        approve(scene, case.page_id, current_task_state(case), action, question_one="否", comment="同意")
    assert signatures(scene) == 0


@attempt(10)
def cancel_then_publish(scene):
    page = scene.page("waiting")
    scene.edit(page, **{"action-cancel-workflow": "true"})
    scene.get("wagtailadmin_pages:confirm_workflow_cancellation", page.pk)
    scene.edit(page, **{"action-publish": "true"})
    scene.post("wagtailadmin_workflows:remove", page.pk)


@attempt(10, by=CODE)
def cancelled_in_the_table_then_published(scene):
    """And with the case ended in the read model too: nothing there decides."""
    with quietly():
        WorkflowState.objects.get(pk=waiting_case(scene).workflow_state_id).cancel(user=scene.actor)
    Case.objects.update(ended_at=timezone.now(), status="published")
    with quietly():
        scene.page("waiting").get_latest_revision().publish()


@attempt(10, by=CODE)
def task_states_approved_in_the_table(scene):
    case = waiting_case(scene)
    with quietly():
        current_task_state(case).approve(user=scene.actor)
    TaskState.objects.update(status=TaskState.STATUS_APPROVED, finished_at=timezone.now())
    Case.objects.filter(pk=case.pk).update(position=6, opinion="check", task="check", posts=["web_manager"])
    run_on(scene)
    with quietly():
        factories.sign_next(scene.town, Case.objects.get(pk=case.pk), scene.town.who("egov", "web_manager"))


def second_case(scene):
    page = factories.item(scene.town, WRITER, scene.page("column"))
    return factories.submit(page, scene.town.who(WRITER, "author"))


@attempt(11)
def the_task_state_of_another_page(scene):
    """Page A is one that the person may act on, the task state belongs to B."""
    other = second_case(scene)
    approve(scene, other.page_id, current_task_state(waiting_case(scene)), question_one="否")
    approve(scene, scene.pages["draft"], current_task_state(waiting_case(scene)), question_one="否")
    assert signatures(scene) == 0


@attempt(11, by=CODE)
def the_holder_acts_on_one_and_signs_another(scene):
    """Even he who may sign both signs only what he was shown."""
    other = second_case(scene)
    browser = scene.browser()
    browser.force_login(scene.town.who(WRITER, "secrecy_reviewer"), backend=BACKEND)
    state = current_task_state(waiting_case(scene))
    url = reverse("wagtailadmin_pages:workflow_action", args=[other.page_id, "approve", state.pk])
    with quietly():
        browser.post(url, {"question_one": "否"})
    assert signatures(scene) == 0


@attempt(12)
def json_of_the_edit_view(scene):
    page = scene.page("waiting")
    form = scene.form(page)
    for extra in (
        {"update": False},
        {"user": 1, "question_one": "否"},
        {"status": "approved", "merge": True},
    ):
        for name in ("approve", "publish", "reject"):
            more = {"action-workflow-action": "true", "workflow-action-name": name}
            scene.edit(page, form, **more, **{"workflow-action-extra-data": json.dumps(extra)})
    assert signatures(scene) == 0


@attempt(13, by=CODE)
def publish_scheduled(scene):
    """No user, no check: any revision whose minute has come."""
    past = timezone.now() - timedelta(minutes=1)
    names = ("draft", "waiting", "public", "refused")
    ids = [scene.page(name).latest_revision_id for name in names]
    Revision.objects.filter(pk__in=ids).update(approved_go_live_at=past)
    Page.objects.filter(pk__in=[scene.pages[name] for name in names]).update(go_live_at=past)
    with quietly():
        call_command("publish_scheduled", verbosity=0)
    for number in ids:
        Revision.objects.exclude(pk=number).update(approved_go_live_at=None)
        Revision.objects.filter(pk=number).update(approved_go_live_at=past)
        with quietly():
            call_command("publish_scheduled", verbosity=0)


@attempt(13, by=CODE)
def expire_by_schedule(scene):
    """The other half of the command unpublishes: what is public stays until it is taken down or its signed time ends."""
    Page.objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    with quietly():
        call_command("publish_scheduled", verbosity=0)
