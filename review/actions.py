"""Which acts a step offers, under which glossary words, with which forms: one table.

`acts` performs them; the review page shows them as buttons; Wagtail's own modal and edit view reach the same
forms through `SigningTaskMixin.get_form_for_action`.
"""

from dataclasses import dataclass

from review import forms, outcomes
from review.rules import may_sign

SECRECY_STEPS = ("secrecy",)
LEADER_STEPS = ("leader_opinion",)
REVIEW_STEPS = ("review",)
DECIDING_STEPS = ("approval", "decision")
ALL = ("secrecy", "leader_opinion", "review", "approval", "seal", "check", "proposal", "decision")


@dataclass(frozen=True)
class Action:
    name: str  # "approve" and "reject" are the names Wagtail knows
    opinions: tuple[str, ...]
    label: str  # glossary
    form: type
    tone: str = "plain"  # "primary", "danger", "plain"


AGREE_LABELS = {
    "secrecy": "同意",
    "leader_opinion": "同意",
    "review": "审核通过",
    "approval": "同意发布",
    "seal": "盖章完成",
    "check": "核对无误，发布",
    "proposal": "提出",
    "decision": "批准",
}

AGREE_FORMS = {
    "secrecy": forms.QuestionOneForm,
    "leader_opinion": forms.LeaderForm,
    "review": forms.ReviewForm,
    "approval": forms.LeaderForm,
    "seal": forms.ActForm,
    "check": forms.CheckForm,
    "proposal": forms.ProposalForm,
    "decision": forms.ActForm,
}

# Escalating means "to route (6)"; on route (6) and on Article 18 matters there is nowhere to go.
NO_ESCALATION = ("emergency", "columns", "import")

OTHERS = (
    Action("reject", ("secrecy", "leader_opinion", "review", "approval", "check", "proposal", "decision"),
           "退回修改", forms.ReturnForm, "danger"),
    Action("reopen", ("check", "review"), "退回补表", forms.ReopenForm),
    Action("escalate", ("secrecy", "leader_opinion", "review", "approval", "check"),
           "转突发敏感", forms.RemarkRequiredForm),
    Action("come_down", ("review",), "不按突发敏感办理", forms.RemarkRequiredForm),
    Action("hold", ("review",), "暂缓发布", forms.RemarkRequiredForm),
    Action("refer", ("secrecy", "review", "leader_opinion"), "提请保密工作机构审查", forms.RemarkRequiredForm),
    Action("refuse", ("secrecy", "leader_opinion"), "不同意", forms.RemarkRequiredForm, "danger"),
    Action("quarantine", ALL, "发现涉密，立即封存", forms.RemarkRequiredForm, "danger"),
)  # fmt: skip

# At the leader's opinion, where the secrecy reviewer proposed another form than 网站公开.
FORM_DECISIONS = {
    "on_request": Action("on_request", LEADER_STEPS, "同意依申请提供", forms.LeaderForm, "primary"),
    "other_form": Action("other_form", LEADER_STEPS, "同意其他形式", forms.LeaderForm, "primary"),
}
PROPOSALS = {"on_request": "on_request", "other": "other_form", "other_form": "other_form"}


def agree_action(opinion):
    return Action("approve", (opinion,), AGREE_LABELS[opinion], AGREE_FORMS[opinion], "primary")


def actions_for(case):
    """Every action the current step offers, the agreeing one first."""
    if not case.opinion or case.pause == "referred":
        return []
    return [_first_action(case), *(a for a in OTHERS if _offered(a, case))]


def _first_action(case):
    if case.opinion == "leader_opinion" and outcomes.is_registered():
        proposed = PROPOSALS.get(outcomes.desk().proposed_form(case))
        if proposed:
            return FORM_DECISIONS[proposed]
    return agree_action(case.opinion)


def _offered(action, case):
    if case.opinion not in action.opinions:
        return False
    if action.name == "escalate":
        return case.route not in NO_ESCALATION
    if action.name == "reopen":
        return case.form_is_checked
    if action.name == "come_down":
        return case.task == "review_egov_leader"
    if case.route in ("columns", "import"):
        return action.name in ("reject", "quarantine")
    return True


def find(case, name):
    return next((action for action in actions_for(case) if action.name == name), None)


# --- what Wagtail's task interface asks for ----------------------------------------------------------------


def available(task, page, user):
    """`Task.get_actions`: nothing unless this person may sign this page's current step."""
    from review.models import Case

    case = Case.objects.current_for_page(page.pk)
    if case is None or case.task != task.code:
        return []
    if not may_sign(case, case.step, user).allowed:
        return []
    return [(action.name, action.label, True) for action in actions_for(case)]


def form_for(task_code, name):
    """`Task.get_form_for_action`: by task code alone, as Wagtail asks without naming the page."""
    from review.routes import ROUTES

    opinion = next((s.opinion for r in ROUTES for s in r.steps if s.task == task_code), "")
    if name == "approve":
        return AGREE_FORMS.get(opinion, forms.ActForm)
    known = {action.name: action for action in (*OTHERS, *FORM_DECISIONS.values())}
    return known[name].form if name in known else forms.ActForm
