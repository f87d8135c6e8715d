"""What the gate asks before it writes: who may take down and decide, what is due, what goes together."""

import logging

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.authority import Authority, authorities_of, find_authority, office
from publication.models import FrozenStep, Release, SignOff, Submission
from publication.refused import SENTENCES
from regulation.refusals import Refusal

logger = logging.getLogger(__name__)

# Posts that may take an item down at once: in the unit it came from, and in the e-gov office.
UNIT_POSTS = ("reviewer", "branch_leader", "supervising_leader", "principal_leader")
EGOV_POSTS = ("web_manager", "web_editor", "supervising_leader", "portal_leader", "security_officer")
APPROVING = ("approval", "decision")


def may_take_down(publication, person) -> Authority:
    """Under which post this person takes the item down. Whoever signed it may disown his name.

    Raises Refusal.
    """
    places = {publication.unit_id: UNIT_POSTS}
    egov = office("egov_office").pk
    places[egov] = places.get(egov, ()) + EGOV_POSTS
    for held in authorities_of(person):
        if held.post in places.get(held.unit_id, ()):
            return held
    signed = SignOff.objects.filter(submission_id=publication.submission_id, person_id=person.pk).first()
    if signed is None:
        raise Refusal(
            _("Only the unit's reviewer or leaders and the e-government office take an item down."),
            article="21",
            code="not_entitled",
        )
    return Authority(person.pk, signed.unit_id, signed.post, signed.delegation_id)


def approving_step(publication) -> FrozenStep | None:
    """The step that approved it; for an item of a batch, the batch's."""
    submission = publication.submission
    steps = FrozenStep.objects.filter(submission_id=submission.batch_id or submission.pk)
    return steps.filter(opinion__in=APPROVING).order_by("-position").first()


def may_decide(take_down, person) -> Authority:
    """追认 and 恢复发布 are the approver's, on the item's own route. Raises Refusal."""
    step = approving_step(take_down.publication)
    held = find_authority(person, step.unit_id, step.posts) if step else None
    if held is None:
        raise Refusal(
            _("Only the approver of the item's route ratifies or restores."),
            article="14",
            code="not_approver",
        )
    return held


def is_due(submission) -> bool:
    """Its minute has come and its whole bundle is approved, by the server's clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (s.publish_at IS NULL OR s.publish_at <= clock_timestamp())"
            " AND (s.bundle_id IS NULL OR publication_bundle_ready(s.bundle_id))"
            " AND NOT publication_over(s.id) FROM publication_submission s WHERE s.id = %s",
            [submission.pk],
        )
        return cursor.fetchone()[0]


def require_signed(batch) -> None:
    """What PostgreSQL will ask of each member, asked once before anything is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT publication_complete(%s) AND NOT publication_over(%s)", [batch.pk, batch.pk])
        if cursor.fetchone()[0]:
            return
    article, sentence = SENTENCES["unsigned"]
    raise Refusal(sentence, article=article, code="unsigned")


def require_members(members) -> None:
    if not members:
        raise Refusal(_("Nothing that the batch lists has been handed in."), article="25", code="batch")


def goes_with(submission) -> list[Submission]:
    """This submission, or every waiting one of its bundle: one transaction for all (Article 14(1))."""
    if submission.bundle_id is None:
        return [submission]
    waiting = Submission.objects.filter(
        bundle_id=submission.bundle_id, release__done_at__isnull=True, release__isnull=False, end__isnull=True
    )
    return list(waiting.order_by("created_at"))


def due_releases(now=None) -> list[int]:
    now = now or timezone.now()
    rows = Release.objects.filter(done_at__isnull=True, submission__end__isnull=True)
    return list(
        rows.filter(Q(due_at__isnull=True) | Q(due_at__lte=now)).order_by("pk").values_list("pk", flat=True)
    )


def quietly(name, act) -> int:
    """The worker goes on with the next one; what was refused is in the log and tried again."""
    try:
        return act()
    except Exception:
        logger.exception("%s failed", name)
        return 0
