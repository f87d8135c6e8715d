"""Ways around the screens: forged requests, foreign task states, superusers, Wagtail's own buttons (Article 14)."""

import json

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import Task, Workflow

from publication.models import Publication, SignOff
from regulation.refusals import Refusal
from review import acts
from review.acts.performing import current_task_state
from review.models import Case, RoleTask
from review.routes import TASKS
from tests import factories
from tests.organisation_world import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town, column):
    return factories.submit(factories.item(town, "water", column), town.who("water", "author"))


@pytest.mark.article("14")
def test_the_task_state_of_another_page_is_refused(town, column, case):
    """wagtail/admin/views/generic/workflow.py checks page A and acts on the task state of B."""
    other = factories.submit(factories.item(town, "water", column), town.who("water", "author"))
    reviewer = town.who("water", "secrecy_reviewer")
    task = current_task_state(other).task.specific
    assert task.get_actions(case_page(case), reviewer)
    with pytest.raises(Refusal) as refused:
        task.on_action(current_task_state(other), reviewer, "approve", question_one="否")
    assert refused.value.code == "other_page"
    assert not SignOff.objects.exclude(opinion__in=["proposal", "decision"]).exists()


def case_page(case):
    from home.models import InformationPage

    return InformationPage.objects.get(pk=case.page_id)


@pytest.mark.article("15")
@pytest.mark.parametrize(
    "data",
    [
        {},
        {"update": False},
        {"question_one": ["否"]},
        {"question_one": {"value": "否"}},
        {"question_one": True},
        {"comment": "x", "user": 1, "status": "approved"},
    ],
)
def test_unvalidated_json_is_cleaned_again(town, case, data):
    state = current_task_state(case)
    with pytest.raises(Refusal):
        state.task.specific.on_action(state, town.who("water", "secrecy_reviewer"), "approve", **data)
    assert Case.objects.get(pk=case.pk).opinion == "secrecy"


@pytest.mark.article("14")
@pytest.mark.parametrize("name", ["publish", "check", "", "approve_all", "reopen", "come_down"])
def test_actions_the_step_does_not_offer_are_refused(town, case, name):
    state = current_task_state(case)
    with pytest.raises(Refusal):
        state.task.specific.on_action(state, town.who("water", "secrecy_reviewer"), name, remark="x")


@pytest.mark.article("14")
def test_wagtails_own_approve_needs_the_signature_first(case):
    state = current_task_state(case)
    with pytest.raises(Refusal) as refused:
        state.approve(user=None)
    assert refused.value.code == "unsigned"


@pytest.mark.article("14")
def test_a_workflow_does_not_start_by_itself(town, column):
    page = factories.item(town, "water", column)
    with pytest.raises(Refusal):
        page.get_workflow().start(page, town.who("water", "author"))


@pytest.mark.article("14")
def test_steps_and_routes_cannot_be_disabled(case):
    assert {task.specific.code for task in Task.objects.all()} == set(TASKS)
    for task in Task.objects.all():
        with pytest.raises(Refusal):
            task.specific.deactivate()
    for workflow in Workflow.objects.filter(route__isnull=False):
        with pytest.raises(Refusal):
            workflow.deactivate()
    with pytest.raises(Refusal), transaction.atomic():
        RoleTask.objects.first().delete()
    assert Case.objects.get(pk=case.pk).opinion == "secrecy"


@pytest.mark.article("14")
def test_nothing_is_edited_or_published_while_under_review(town, case):
    page = case_page(case)
    author = town.who("water", "author")
    assert page.get_lock().for_user(author) and page.get_lock().for_user(person("超管", is_superuser=True))
    with pytest.raises(Refusal):
        page.save_revision(user=author)
    with pytest.raises(Refusal):
        page.get_latest_revision().publish()
    page.live = True
    page.save()
    assert not case_page(case).live


@pytest.mark.article("14")
@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_has_publish_permission(town, column, superuser):
    page = factories.item(town, "water", column)
    user = person("某人", is_superuser=superuser)
    perms = page.permissions_for_user(user)
    for name in (
        "publish",
        "publish_subpage",
        "unpublish",
        "unschedule",
        "set_view_restrictions",
        "reorder_children",
    ):
        assert not getattr(perms, f"can_{name}")()
    assert not perms.can_submit_for_moderation()


@pytest.mark.article("9")
def test_a_superuser_without_a_post_submits_nothing(town, column):
    page = factories.item(town, "water", column)
    with pytest.raises(Refusal) as refused:
        factories.submit(page, person("超管", is_superuser=True))
    assert refused.value.code == "not_in_unit"


@pytest.mark.article("6")
@pytest.mark.parametrize(
    "harms", [{}, {"national_security": "否"}, dict(factories.HARMLESS, public_safety="是")]
)
def test_the_four_harms_are_asked_and_answered(town, column, harms):
    page = factories.item(town, "water", column)
    with pytest.raises(Refusal) as refused:
        factories.submit(page, town.who("water", "author"), harms=harms)
    assert refused.value.article == "6"
    assert not Case.objects.filter(page_id=page.pk).exists()


@pytest.mark.article("13")
@pytest.mark.parametrize("row", [None, {"source": "?"}, {"form": ""}, {"department": ""}])
def test_no_submission_without_its_row(town, column, row):
    page = factories.item(town, "water", column)
    with pytest.raises(Refusal) as refused:
        factories.submit(page, town.who("water", "author"), row=row)
    assert refused.value.article == "13"


@pytest.mark.article("14")
def test_the_edit_views_workflow_json_signs_nothing(client, town, case):
    """Row 12 of the publish paths: the edit view hands its JSON to `on_action`."""
    client.force_login(
        town.who("water", "secrecy_reviewer"), backend="organisation.authentication.AppointedBackend"
    )
    client.post(
        reverse("wagtailadmin_pages:edit", args=[case.page_id]),
        {
            "title": "改过的标题",
            "body-count": "0",
            "attachments-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": json.dumps({"update": False, "question_one": "否"}),
        },
    )
    assert Case.objects.get(pk=case.pk).opinion == "secrecy"
    assert case_page(case).get_latest_revision_as_object().title != "改过的标题"
    assert not Publication.objects.filter(object_id=case.object_id).exists()


@pytest.mark.article("14")
def test_another_departments_leader_neither_sees_nor_acts(town, case):
    stranger = town.who("jiuzhou", "branch_leader")
    from review.visibility import may_see

    assert not may_see(case, stranger)
    for verb in (
        lambda: acts.return_(case, stranger, reason="other", remark="x"),
        lambda: acts.withdraw(case, stranger),
    ):
        with pytest.raises(Refusal):
            verb()
