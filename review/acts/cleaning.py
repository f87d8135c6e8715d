"""Cleaning what an act brings: the same forms as on screen, once more, on data nobody is trusted with."""

from django.utils.translation import gettext as _

from regulation.questions import judge_secrecy
from regulation.refusals import Refusal
from review import actions, outcomes

ARTICLE_OF_OPINION = {"secrecy": "13", "leader_opinion": "13", "review": "15", "check": "13", "seal": "13"}

LEADS_TO = {
    "quarantine": "发现涉密，立即封存",
    "refer": "提请保密工作机构审查",
    "escalate": "转突发敏感",
    "return": "退回修改",
    "hold": "暂缓发布",
}


def agree_forms(case, steps, data=None):
    """The forms of one agreeing act, in order: per step ours, then the secrecy desk's own."""
    found = []
    for step in steps:
        form = actions.AGREE_FORMS[step.opinion](data, case=case)
        if step is not steps[-1]:
            form.fields.pop("remark")  # one act, one remark: asked with the last opinion
        found.append(form)
        extra = desk_form(case, step.opinion, data)
        if extra is not None:
            found.append(extra)
    return found


def desk_form(case, opinion, data=None):
    if opinion not in ("secrecy", "leader_opinion"):
        return None
    return outcomes.desk().opinion_form(case, opinion, data)


def require_valid(forms, article):
    """First error as a sentence; the screens show all of them at their fields."""
    for form in forms:
        if form.is_valid():
            continue
        name, errors = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else ""
        raise Refusal(
            f"{label}：{errors[0]}" if label else str(errors[0]), article=article, code="incomplete"
        )


def cleaned_of(forms):
    merged = {}
    for form in forms:
        merged.update(form.cleaned_data)
    return merged


def detail_of(forms):
    """What stays with the sign-off: answers and exceptions, never the raw data."""
    detail = {}
    for form in forms:
        if hasattr(form, "detail"):
            detail.update(form.detail())
    return detail


def require_consequences(form, step):
    """Answers that forbid agreeing say what to do instead (Article 15)."""
    if hasattr(form, "judgement"):
        _require_checklist(form.judgement)
    elif "question_one" in getattr(form, "cleaned_data", {}):
        consequence = judge_secrecy(form.cleaned_data["question_one"])
        if consequence is not None:
            raise _contradiction(consequence, "13")


def _require_checklist(judgement):
    if not judgement.complete:
        numbers = "、".join(str(number) for number in judgement.missing)
        raise Refusal(
            _("Questions not answered: %(numbers)s.") % {"numbers": numbers}, article="15", code="incomplete"
        )
    if not judgement.may_pass:
        raise _contradiction(judgement.leading, "15")


def _contradiction(consequence, article):
    if str(consequence) == "source_needed":
        return Refusal(
            _("Name the source of the figures, or answer that none are concerned."),
            article="15(8)",
            code="source_needed",
        )
    return Refusal(
        _("These answers do not allow agreeing; use “%(action)s”.")
        % {"action": LEADS_TO.get(str(consequence), str(consequence))},
        article=article,
        code=f"leads_to_{consequence}",
    )
