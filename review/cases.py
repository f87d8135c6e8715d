"""Keeping cases and Wagtail's task states in step with the facts of the publication tables.

`refresh` can always be run again: it derives everything from the submission, its steps, its sign-offs, its
end and its publication. Acts call it last, inside their transaction.
"""

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from publication.models import Publication, Release, SignOff, SubmissionEnd
from publication.submissions import current_step, signed_positions
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
    _fill_step(case, submission, now)
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
    submission = case.forget_submission().submission
    before = _place(case)
    now = timezone.now()
    if pause is not None:
        case.pause = pause
    end = SubmissionEnd.objects.filter(submission=submission).first()
    publication = Publication.objects.filter(submission=submission).order_by("-pk").first()
    if end:
        _finish(case, end.kind, end.at)
        case.quarantined = case.quarantined or end.kind == "quarantined"
    elif publication:
        _finish(case, status_of(publication), publication.published_at)
        case.publication_id = publication.pk
    elif release := Release.objects.filter(submission=submission, done_at__isnull=True).first():
        _clear_step(case, _waits_as(release, now), now)
    else:
        _fill_step(case, submission, now)
    case.save()
    if _place(case) != before:
        moved.send(Case, case=case, before=before)
    return case


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


def _fill_step(case, submission, now):
    """Whom it waits for. A referred item waits for the unit's secrecy body until its conclusion comes."""
    step = current_step(submission)
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


# --- Wagtail's task states -------------------------------------------------------------------------------


def step_started(task, workflow_state, user):
    """Wagtail starts a task: its state names submission, position, office and digest."""
    case = Case.objects.open().filter(page_id=int(workflow_state.object_id)).first()
    if case is None:
        raise Refusal(
            _("An item enters review only through the submission page, with its secrecy row."),
            article="13",
            code="no_submission",
        )
    if case.workflow_state_id is None:
        case.workflow_state_id = workflow_state.pk
        case.save(update_fields=["workflow_state_id"])
    if case.workflow_state_id != workflow_state.pk:
        raise Refusal(
            _("This workflow does not belong to the submission."), article="14", code="wrong_workflow"
        )
    step = _startable_step(case, task)
    state = task.get_task_state_class()(
        workflow_state=workflow_state,
        task=task.task_ptr,
        revision_id=case.submission.revision_id,
        status=TaskState.STATUS_IN_PROGRESS,
        submission_id=case.pk,
        position=step.position,
        unit_id=step.unit_id,
        digest=case.submission.digest,
    )
    state.save()
    task_submitted.send(sender=type(state), instance=state, user=user)
    return state


def _startable_step(case, task):
    step = next((s for s in case.steps if s.task == task.code), None)
    if step is None:
        raise Refusal(_("The frozen route has no such step."), article="14", code="wrong_task")
    signed = set(signed_positions(case.submission))
    if any(s.position not in signed for s in case.steps if s.position < step.position):
        raise Refusal(_("An earlier step is not signed yet."), article="14", code="out_of_turn")
    return step


def require_signature(state):
    """A task state may only become approved when its step is signed on this digest."""
    case = Case.objects.filter(pk=state.submission_id).first()
    if case is None or state.position not in set(signed_positions(case.submission)):
        raise Refusal(_("This step has not been signed."), article="14", code="unsigned")


def is_discreet(submission_id):
    """Restricted and sealed-away items leave no title in logs that other people read."""
    case = Case.objects.filter(pk=submission_id).only("restricted", "quarantined").first()
    return bool(case and (case.restricted or case.quarantined))


def last_attempts(submission_id):
    """Latest sign-off of each position, for display."""
    latest = SignOff.objects.filter(submission_id=submission_id).values("position").annotate(last=Max("id"))
    return SignOff.objects.filter(pk__in=[row["last"] for row in latest]).order_by("position")
