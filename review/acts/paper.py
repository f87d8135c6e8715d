"""纸质签批补录: one person enters what a leader signed on paper, another compares it with the scan (Articles 12, 14).

Checking is what makes it a signature: it then goes the same way as one given online, under the leader's own post, and
is refused for the same reasons. The leader finds it on his desk and may disown it (`removal.disown`).
"""

import copy

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger import register
from organisation.authority import authorities_of, office
from publication import files
from publication.refused import as_refusal
from publication.submissions import signed_positions
from regulation.refusals import Refusal
from review import actions, cases, staffing
from review.acts.cleaning import agree_forms, cleaned_of, require_valid
from review.acts.performing import on_case
from review.models import PaperOpinion
from review.rules import Signing, merged_steps

# Deciding about the form belongs to the office that publishes, online.
NEVER_ON_PAPER = ("check",)
ACTIONS = ("approve", "on_request", "other_form", "reject", "refuse")

# Who may enter or check: in the unit whose step it is, or in the e-gov office.
DESK = frozenset(
    (
        "author",
        "dedicated",
        "reviewer",
        "secrecy_reviewer",
        "archivist",
        "web_manager",
        "web_editor",
        "registrar",
    )
)

# Further rules by higher apps: callables (case, user) → Refusal or None.
rules = []


def may_handle(case, user, step=None):
    """A refusal, or nothing: may this person enter or check papers of the case (of one step)?"""
    units = {case.unit_id, office("egov_office").pk} | ({step.unit_id} if step else set())
    if not any(a.post in DESK and a.unit_id in units for a in authorities_of(user)):
        return Refusal(
            _("Papers are entered by the desk of the unit or of the e-government office."),
            article="12",
            code="not_desk",
        )
    return next((refusal for rule in rules if (refusal := rule(case, user)) is not None), None)


def open_steps(case):
    """Steps that may still be signed on paper, with everybody who could."""
    signed = set(signed_positions(case.pk))
    waiting = {p for o in PaperOpinion.objects.waiting().filter(submission_id=case.pk) for p in o.positions}
    steps = [s for s in case.steps if s.opinion not in NEVER_ON_PAPER and s.position not in signed | waiting]
    holders = staffing.holders_of({(s.unit_id, post) for s in steps for post in s.posts})
    for step in steps:
        people = [h for post in step.posts for h in holders[step.unit_id, post]]
        if step.opinion != "seal":
            people = [h for h in people if h.person_id != case.author_id]
        yield step, people


def at_step(case, step):
    """The case as it will stand when that step is due: forms and actions are those of the step."""
    shadow = copy.copy(case)
    shadow.position, shadow.opinion, shadow.task = step.position, step.opinion, step.task
    shadow.posts, shadow.step_unit_id, shadow.pause = list(step.posts), step.unit_id, ""
    return shadow


def steps_signed(case, step, person):
    """One paper may carry two opinions where one act may (MERGES) and the person holds both posts."""
    signing = Signing(case, case.steps, step, person)
    if signing.authority_for(step) is None:
        raise Refusal(_("This person does not hold the post of this step."), article="14", code="not_holder")
    return merged_steps(signing)


def offered(case, step):
    return [a for a in actions.actions_for(at_step(case, step)) if a.name in ACTIONS]


def forms_for(case, step, person, action, data=None):
    shadow = at_step(case, step)
    if action == "approve":
        return agree_forms(shadow, steps_signed(case, step, person), data)
    found = actions.find(shadow, action)
    if found is None or action not in ACTIONS:
        raise Refusal(_("This step does not offer that action."), article="14", code="not_offered")
    return [found.form(data, case=shadow)]


@transaction.atomic
def enter(case, user, *, step, person, action, data, scan, reason, signed_on):
    """`scan` is (content type, file) as `publication.scans.accepted` gives it, or an earlier record of the same case."""
    case = cases.lock(case.pk)
    _refuse(may_handle(case, user, step))
    if person.pk == user.pk:
        raise Refusal(_("Nobody enters his own signature."), article="14", code="own_signature")
    if case.ended_at is not None or step not in [s for s, _people in open_steps(case)]:
        raise Refusal(
            _("This step is signed, or waits for its check already."), article="14", code="already_signed"
        )
    forms = forms_for(case, step, person, action, data)
    require_valid(forms, "14")
    positions = (
        [s.position for s in steps_signed(case, step, person)] if action == "approve" else [step.position]
    )
    with as_refusal():
        return PaperOpinion.objects.create(
            submission_id=case.pk,
            positions=positions,
            digest=case.submission.digest,
            person=person,
            action=action,
            data=cleaned_of(forms),
            reason=reason,
            signed_on=signed_on,
            entered_by=user,
            **_file(scan),
        )


def _file(scan):
    if isinstance(scan, PaperOpinion):
        return {name: getattr(scan, name) for name in ("sha256", "file_name", "content_type")}
    content_type, file = scan
    stored = files.store(file, file.name)
    return {"sha256": stored.sha256, "file_name": file.name[:255], "content_type": content_type}


def may_verify(paper, case, user):
    """A refusal, or nothing: a second person, at the desk, who did not write the item."""
    if user.pk in (paper.entered_by_id, paper.person_id):
        return Refusal(
            _("A second person compares the entry with the paper."), article="14", code="second_person"
        )
    if user.pk == case.author_id:
        return Refusal(
            _("Whoever wrote the item does not check its papers."), article="14", code="author_checks"
        )
    step = next((s for s in case.steps if s.position == paper.positions[0]), None)
    return may_handle(case, user, step)


@transaction.atomic
def verify(paper, user):
    """Compared and found right: from now on it is the leader's signature."""
    register.lock()  # before the case's, as every act that may publish
    case = cases.lock(paper.submission_id)
    paper = PaperOpinion.objects.select_for_update().get(pk=paper.pk)
    _refuse(may_verify(paper, case, user))
    _require_waiting(paper)
    if case.ended_at is not None or case.position != paper.positions[0]:
        raise Refusal(_("An earlier step is not signed yet."), article="14", code="out_of_turn")
    paper.verified_by, paper.verified_at = user, timezone.now()
    with as_refusal():
        paper.save(update_fields=["verified_by", "verified_at"])
    paper.refresh_from_db()
    data = paper.data | {"merge": len(paper.positions) > 1, "paper": paper}
    return on_case(case, paper.person, paper.action, data)


@transaction.atomic
def send_back(paper, user, reason):
    """Paper and entry differ: it counts for nothing and stays on record."""
    case = cases.lock(paper.submission_id)
    paper = PaperOpinion.objects.select_for_update().get(pk=paper.pk)
    _refuse(may_handle(case, user))
    _require_waiting(paper)
    if not reason.strip():
        raise Refusal(_("Say what does not agree with the paper."), article="14", code="no_reason")
    paper.rejected_by, paper.rejected_at, paper.rejected_reason = user, timezone.now(), reason.strip()[:1000]
    with as_refusal():
        paper.save(update_fields=["rejected_by", "rejected_at", "rejected_reason"])
    return paper


def _require_waiting(paper):
    if not paper.is_waiting:
        raise Refusal(_("This paper has been dealt with already."), article="14", code="dealt_with")


def _refuse(refusal):
    if refusal is not None:
        raise refusal
