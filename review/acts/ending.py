"""The acts after which this submission is over: returned, escalated, refused, another form, sealed away."""

from django.utils import timezone

from publication import submissions
from review import cases, outcomes
from review.acts import cleaning, restarting
from review.acts.signing import sign
from review.models import Escalation


def _signed_end(act, decision, end, remark, detail=None, reason_code=""):
    """The decision is signed like any other, then the submission ends: nothing of it can be published."""
    sign(act, [act.step.position], decision, remark, detail or {})
    submissions.end(act.submission, end, act.user, reason_code=reason_code, remark=remark)


def _clean(act, action, data, article):
    form = action.form(data, case=act.case)
    cleaning.require_valid([form], article)
    return form


def return_(act, action, data):
    """退回修改 with a coded reason; the author changes the draft and submits anew from step one."""
    form = _clean(act, action, data, "14")
    cleaned = form.cleaned_data
    _signed_end(act, "return", "returned", cleaned["remark"], form.detail(), cleaned["reason"])
    _tell(act, "void_row", cleaned["remark"])
    act.state.reject(user=act.user, comment=cleaned["remark"])
    cases.refresh(act.case, pause="")


def refuse(act, action, data):
    """不同意: registered, the item does not go online; trying again is a new row citing the old."""
    form = _clean(act, action, data, "13")
    _outcome(act, "refuse", form.cleaned_data)


def on_request(act, action, data):
    form = _clean(act, action, data, "13")
    _outcome(act, "on_request", form.cleaned_data)


def other_form(act, action, data):
    form = _clean(act, action, data, "13")
    _outcome(act, "other_form", form.cleaned_data)


def quarantine(act, action, data):
    """发现涉密: from this moment only the secrecy body sees the item, and no notice carries its title."""
    form = _clean(act, action, data, "13")
    act.case.quarantined = True
    act.case.save(update_fields=["quarantined"])
    _outcome(act, "quarantine", form.cleaned_data)


def _outcome(act, kind, cleaned):
    outcome = outcomes.OUTCOMES[kind]
    _signed_end(act, outcome.decision, outcome.end, cleaned.get("remark", ""))
    if kind == "refuse":
        outcomes.desk().record_opinion(act.case, act.step.opinion, False, act.user, act.authority, cleaned)
    outcomes.desk().outcome(act.case, kind, act.user, act.authority, cleaned)
    act.workflow_state().cancel(user=act.user)
    cases.refresh(act.case, pause="")


def _tell(act, moment, *args):
    if any(step.opinion == "secrecy" for step in act.case.steps):
        getattr(outcomes.desk(), moment)(act.case, *args)


# --- between routes ------------------------------------------------------------------------------------------


def escalate(act, action, data):
    """转突发敏感: cancelled and restarted on route (6) in this one transaction, same bytes, access limited."""
    form = _clean(act, action, data, "14(6)")
    _change_route(act, Escalation.UP, "escalate", "escalated", form.cleaned_data["remark"])


def come_down(act, action, data):
    """Down from (6) only by the e-gov 主管领导's recorded decision."""
    form = _clean(act, action, data, "14(6)")
    _change_route(act, Escalation.DOWN, "return", "changed", form.cleaned_data["remark"])


def _change_route(act, direction, decision, end, remark):
    old = act.case
    decided = Escalation.objects.create(
        object_id=old.object_id,
        from_submission_id=old.pk,
        direction=direction,
        by=act.user,
        post=act.authority.post,
        remark=remark,
        at=timezone.now(),
    )
    _signed_end(act, decision, end, remark, {"route": direction})
    act.workflow_state().cancel(user=act.user)
    cases.refresh(old, pause="")
    page = restarting.page_of(old)
    if direction == Escalation.DOWN:
        page.sensitive = False
    new = restarting.restart(old, page, page.route)
    decided.to_submission_id = new.pk
    decided.save(update_fields=["to_submission_id"])
