"""Rows 1, 4, 10 and 12 by those whose turn it is: the item waits for them, so no wall keeps them from it."""

import json

from publication.models import Publication, SignOff
from review.acts.performing import current_task_state
from tests.regulation.attempts import attempt
from tests.regulation.attempts_publishing import TO_PUBLISH

TURN = {"reviewer": "review", "leader": "approval", "egov": "check"}


def signed(case):
    return set(SignOff.objects.filter(submission_id=case.pk).values_list("position", "person_id"))


@attempt(1, by=tuple(TURN))
def publish_instead_of_signing(scene):
    case = scene.sign(TURN[scene.who])
    before, page = signed(case), scene.page("waiting")
    scene.edit(page, **TO_PUBLISH)
    scene.edit(page, **{"action-submit": "1"})
    query = f"?id={page.pk}"
    scene.post("wagtail_bulk_action", "wagtailcore", "page", "publish", query=query)
    scene.api(page, "publish")
    assert signed(case) == before


@attempt(12, by=tuple(TURN))
def sign_with_what_no_form_offers(scene):
    """Other steps' actions, other people, half a form: at most his own opinion comes of it, and no publication."""
    case = scene.sign(TURN[scene.who])
    before, state = signed(case), current_task_state(case)
    for extra in ({"update": False}, {"user": 1, "status": "approved"}, {"merge": True, "position": 6}):
        data = {"action-workflow-action": "true", "workflow-action-extra-data": json.dumps(extra)}
        scene.edit(scene.page("waiting"), **data, **{"workflow-action-name": "approve"})
        for action in ("publish", "finish", "check", "seal"):
            scene.post("wagtailadmin_pages:workflow_action", case.page_id, action, state.pk, data=extra)
    assert signed(case) == before
    scene.post("wagtailadmin_pages:workflow_action", case.page_id, "approve", state.pk, data={"user": 1})
    assert {person for _position, person in signed(case) - before} <= {scene.actor.pk}
    assert not Publication.objects.filter(submission_id=case.pk).exists()
