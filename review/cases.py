"""Keeping cases in step with the facts of the publication tables.

`refresh` can always be run again: it derives everything from the submission, its steps, its sign-offs, its
end and its publication. Acts call it last, inside their transaction.
"""

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from publication.models import Publication, Release, SignOff, SubmissionEnd
from publication.submissions import signed_positions
from regulation.refusals import Refusal
from review import statuses
from review.deadlines import deadline
from review.models import Case
from review.signals import moved

PAUSES = {"held": "held", "referred": "referred"}


def open_case(submission, *, page, author):
    """The submission is made; from now on it is somebody's task."""
    now = timezone.now()
    case = Case(
        submission_id=submission.pk,
        object_id=submission.object_id,
        page_id=submission.page_id,
        page_type=submission.page_type,
        title=submission.title[:500],
        unit_id=submission.unit_id,
        author=author,
        route=submission.route,
        variant=submission.variant,
        restricted=submission.restricted,
        replaces_id=submission.replaces_id,
        status=statuses.DRAFT,
        step_since=now,
        created_at=now,
    )
    _fill_step(case, now)
    case.save(force_insert=True)
    moved.send(Case, case=case, before=None)
    return case


def case_of_workflow(workflow_state):
    cases = Case.objects.open().filter(page_id=int(workflow_state.object_id))
    return cases.filter(workflow_state_id=workflow_state.pk).first()


def lock(submission_id):
    """The row lock every act begins with."""
    case = Case.objects.select_for_update().filter(pk=submission_id).first()
    if case is None:
        raise Refusal(_("There is no such submission."), article="14", code="no_submission")
    return case


def refresh(case, *, pause=None):
    """Bring the case in line with the facts; `pause` "", "held" or "referred" sets or lifts a pause.

    Begins with the row as it stands: what another part of the same act has brought in line moves once only.
    """
    case.refresh_from_db()
    return bring_in_line(case, pause=pause)


def bring_in_line(case, *, pause=None, publication=None):
    """The same for a case whose row has just been read, and `publication` where it is known already."""
    before = _place(case)
    now = timezone.now()
    if pause is not None:
        case.pause = pause
    end = None if publication else SubmissionEnd.objects.filter(submission_id=case.pk).first()
    publication = publication or _latest_publication(case)
    if end:
        _finish(case, end.kind, end.at)
        case.quarantined = case.quarantined or end.kind == "quarantined"
    elif publication:
        _finish(case, status_of(publication), publication.published_at)
        case.publication_id = publication.pk
    elif release := Release.objects.filter(submission_id=case.pk, done_at__isnull=True).first():
        _clear_step(case, _waits_as(release, now), now)
    else:
        _fill_step(case, now)
    case.save()
    if _place(case) != before:
        moved.send(Case, case=case, before=before)
    return case


def _latest_publication(case):
    return Publication.objects.light().filter(submission_id=case.pk).order_by("-pk").first()


def _waits_as(release, now):
    """Approved, and waiting for its minute, or for the rest of its bundle."""
    return "scheduled" if release.due_at and release.due_at > now else "bundled"


def _place(case):
    return case.status, case.position, case.step_since


def status_of(publication):
    if publication.ended_at is None:
        return "published"
    return {"superseded": "superseded", "expired": "expired"}.get(publication.end_reason, "taken_down")


def _finish(case, status, at):
    _clear_step(case, status, at)
    case.ended_at = case.ended_at or at


def _clear_step(case, status, since):
    if case.status != status:
        case.step_since = since
    case.status = status
    case.position, case.opinion, case.task, case.posts = 0, "", "", []
    case.step_unit_id, case.deadline, case.pause = None, None, ""


def next_step(case):
    """The first one that is not signed; nothing if all are."""
    signed = set(signed_positions(case.pk))
    return next((step for step in case.steps if step.position not in signed), None)


def _fill_step(case, now):
    """Whom it waits for. A referred item waits for the unit's secrecy body until its conclusion comes."""
    step = next_step(case)
    if step is None:
        return
    moved = (step.position, case.pause) != (case.position, case.pause_before)
    if moved or case.status == statuses.DRAFT:
        case.step_since = now
        case.deadline = deadline(case.route, step.opinion, now)
    case.position, case.opinion, case.task = step.position, step.opinion, step.task
    case.step_unit_id, case.posts = step.unit_id, list(step.posts)
    case.status = PAUSES.get(case.pause) or statuses.waiting(step.opinion)
    if case.pause == "referred":
        case.step_unit_id, case.posts = case.unit_id, ["secrecy_body"]


def last_attempts(submission_id):
    """Latest sign-off of each position, for display."""
    latest = SignOff.objects.filter(submission_id=submission_id).values("position").annotate(last=Max("id"))
    return SignOff.objects.filter(pk__in=[row["last"] for row in latest]).order_by("position")
