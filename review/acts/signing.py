"""同意 and 退回补表: the acts after which the submission lives on."""

from django.utils.translation import gettext as _
from wagtail.models import Task

from publication import signing as signatures
from regulation.refusals import Refusal
from review import cases, checking, outcomes, stepping
from review.acts import cleaning


def agree(act, action, data):
    """One act, one or two opinions (MERGES), each recorded; the next step or the gate follows."""
    steps = steps_of(act, data)
    forms = cleaning.agree_forms(act.case, steps, data)
    cleaning.require_valid(forms, cleaning.ARTICLE_OF_OPINION.get(act.step.opinion, "14"))
    for form in forms:
        cleaning.require_consequences(form, act.step)
    cleaned = cleaning.cleaned_of(forms)
    _ask_the_desk(act, steps, cleaned)
    detail = cleaning.detail_of(forms) | checking.detail(act.case)
    sign(act, [step.position for step in steps], "agree", cleaned.get("remark", ""), detail)
    _tell_the_desk(act, steps, cleaned)
    if detail.get("exceptions"):
        act.case.remarkable = True
        act.case.save(update_fields=["remarkable"])
    if not stepping.advance(act, steps, cleaned.get("remark", "")):
        cases.refresh(act.case, pause="")


def steps_of(act, data):
    """Both merged steps where the person holds both posts and the screen offered both; else one."""
    positions = act.verdict.positions
    if not wants_merge(data):
        positions = positions[:1]
    return [step for step in act.case.steps if step.position in positions]


def wants_merge(data):
    return str(data.get("merge", "")).lower() in ("1", "true", "on", "yes")


def sign(act, positions, decision, remark, detail):
    authorities = list(act.verdict.authorities)[: len(positions)]
    if act.paper:
        detail = detail | {"paper": act.paper.pk}
    return signatures.sign(
        act.submission,
        positions,
        act.user,
        authorities,
        decision=decision,
        remark=remark,
        detail=detail,
        medium=act.medium,
        steps=act.case.steps,
    )


def _ask_the_desk(act, steps, cleaned):
    for step in steps:
        if step.opinion in ("secrecy", "leader_opinion"):
            outcomes.desk().judge_agreement(act.case, step.opinion, cleaned)
        if step.opinion == "seal":
            if act.paper:
                outcomes.desk().seal_on_paper(act.case, act.user, act.paper)
            outcomes.desk().require_seal(act.case)


def _tell_the_desk(act, steps, cleaned):
    for step, authority in zip(steps, act.verdict.authorities, strict=False):
        if step.opinion in ("secrecy", "leader_opinion"):
            outcomes.desk().record_opinion(act.case, step.opinion, True, act.user, authority, cleaned)


def reopen(act, action, data):
    """退回补表: content and signatures stand, only the seal is asked for again."""
    form = action.form(data, case=act.case)
    cleaning.require_valid([form], "13")
    seal = next((s for s in act.case.steps if s.opinion == "seal" and s.position < act.step.position), None)
    if seal is None:
        raise Refusal(_("This route has no seal to go back to."), article="13", code="no_seal_step")
    remark = form.cleaned_data["remark"]
    detail = form.detail() | {"target": seal.position}
    sign(act, [act.step.position], "reopen", remark, detail)
    outcomes.desk().reopen_seal(act.case, remark)
    _start_again(act, seal, remark)
    cases.refresh(act.case)


def _start_again(act, step, remark):
    """Cancel Wagtail's state of the check and start the seal anew; `get_next_task` comes back here after it."""
    task = stepping.task_of(step)
    state = act.state
    state.status = state.STATUS_CANCELLED
    state.comment = remark
    state.finished_by = act.user
    state.save()
    workflow_state = act.workflow_state()
    workflow_state.update(user=act.user, next_task=Task.objects.get(pk=task.pk))
