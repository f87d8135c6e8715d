"""The routes of Article 14 as one table: condition, ordered steps, the clause each step rests on.

This table is the truth. `sync.py` copies it to `publication.RouteDefinition` (what the database
triggers compare frozen steps with) and to Wagtail's `Workflow` and `Task` rows (what Wagtail's own
screens show). Rules read this table, never rows that an administrator could edit.

The order of steps and the decisions behind it: docs/regulation.md, articles 13 and 14. Wording of
labels is statutory and therefore Chinese in code (Article 24: only the gov office changes wording).
"""

from dataclasses import dataclass

VERSION = 2  # 1 lacked the check of the sealed form where an office sends its own emergency

SOURCE, GOV, EGOV = "source", "gov", "egov"
OWN = "own"


@dataclass(frozen=True)
class Step:
    """One signature: which opinion, by holders of which posts, in whose office, and why."""

    opinion: str
    task: str
    posts: tuple[str, ...]
    whose: str
    clause: str


@dataclass(frozen=True)
class Route:
    """An ordered list of steps. `variant` is "own" where the source unit is itself the deciding office."""

    code: str
    variant: str
    label: str
    clause: str
    steps: tuple[Step, ...]

    @property
    def key(self):
        return (self.code, self.variant)

    def step(self, position):
        return self.steps[position - 1]


OPINIONS = {
    "secrecy": "保密审查",
    "leader_opinion": "主管领导意见",
    "review": "审核",
    "approval": "审批",
    "seal": "盖章",
    "check": "核对发布",
    "proposal": "提出意见",
    "decision": "批准",
}

TASKS = {
    "secrecy": "保密审查",
    "leader_opinion": "主管领导意见",
    "review": "本单位审核",
    "review_gov": "区政府办公室审核",
    "review_web": "网站管理人员审核",
    "review_editor": "信息采编人员初审",
    "review_egov_leader": "区电子政务办公室主管领导审核",
    "approval": "本单位分管领导审批",
    "approval_gov": "区政府办公室分管领导审批",
    "approval_portal": "门户网站分管领导审批",
    "approval_principal": "区政府办公室主要领导审批",
    "seal": "盖章",
    "check": "区电子政务办公室核对发布",
    "proposal": "区电子政务办公室提出意见",
    "decision": "区政府办公室批准",
}

SECRECY = Step("secrecy", "secrecy", ("secrecy_reviewer",), SOURCE, "13")
LEADER = Step("leader_opinion", "leader_opinion", ("supervising_leader",), SOURCE, "13")
SEAL = Step("seal", "seal", ("dedicated",), SOURCE, "13")
CHECK = Step("check", "check", ("web_manager",), EGOV, "13")

GOV_REVIEW = Step("review", "review_gov", ("reviewer",), GOV, "14(1)")
GOV_APPROVAL = Step("approval", "approval_gov", ("branch_leader",), GOV, "14(1)")
WEB_REVIEW = Step("review", "review_web", ("web_manager",), EGOV, "14(4)")
EDITOR_REVIEW = Step("review", "review_editor", ("web_editor",), EGOV, "14(5)")
EGOV_LEADER_REVIEW = Step("review", "review_egov_leader", ("supervising_leader",), EGOV, "14(6)")
PRINCIPAL_APPROVAL = Step("approval", "approval_principal", ("principal_leader",), GOV, "14(6)")


def _portal_approval(clause):
    return Step("approval", "approval_portal", ("portal_leader",), EGOV, clause)


def _own_unit(code, label, clause):
    """Routes (2) and (3): the unit's own office reviews, its own 分管领导 approves."""
    review = Step("review", "review", ("reviewer",), SOURCE, clause)
    approval = Step("approval", "approval", ("branch_leader",), SOURCE, clause)
    return Route(code, "", label, clause, (SECRECY, review, LEADER, approval, SEAL, CHECK))


def _article_18(code, label):
    proposal = Step("proposal", "proposal", ("supervising_leader",), EGOV, "18")
    decision = Step("decision", "decision", ("branch_leader",), GOV, "18")
    return Route(code, "", label, "18", (proposal, decision))


_GOVERNMENT, _REPRINT, _INTERACTIVE, _EMERGENCY = "以区政府名义", "转载信息", "互动信息", "突发敏感信息"

ROUTES: tuple[Route, ...] = (
    Route("government", "", _GOVERNMENT, "14(1)", (SECRECY, LEADER, GOV_REVIEW, GOV_APPROVAL, SEAL, CHECK)),
    Route("government", OWN, _GOVERNMENT, "14(1)", (SECRECY, GOV_REVIEW, LEADER, GOV_APPROVAL, SEAL, CHECK)),
    _own_unit("department", "部门信息", "14(2)"),
    _own_unit("township", "乡（镇）、办事处、新型社区信息", "14(3)"),
    Route("reprint", "", _REPRINT, "14(4)", (SECRECY, LEADER, SEAL, WEB_REVIEW, _portal_approval("14(4)"))),
    Route(
        "reprint",
        OWN,
        _REPRINT,
        "14(4)",
        (SECRECY, WEB_REVIEW, LEADER, _portal_approval("14(4)"), SEAL, CHECK),
    ),
    Route(
        "interactive",
        "",
        _INTERACTIVE,
        "14(5)",
        (SECRECY, LEADER, SEAL, EDITOR_REVIEW, _portal_approval("14(5)")),
    ),
    Route(
        "interactive",
        OWN,
        _INTERACTIVE,
        "14(5)",
        (SECRECY, EDITOR_REVIEW, LEADER, _portal_approval("14(5)"), SEAL, CHECK),
    ),
    Route(
        "emergency", "", _EMERGENCY, "14(6)", (SECRECY, LEADER, SEAL, EGOV_LEADER_REVIEW, PRINCIPAL_APPROVAL)
    ),
    Route(
        "emergency",
        OWN,
        _EMERGENCY,
        "14(6)",
        (SECRECY, LEADER, EGOV_LEADER_REVIEW, SEAL, CHECK, PRINCIPAL_APPROVAL),
    ),
    _article_18("columns", "栏目调整"),
    _article_18("import", "存量导入"),
)

BY_KEY = {route.key: route for route in ROUTES}
LABELS = {route.code: route.label for route in ROUTES}

# Consecutive opinions that one person may give in one act (architecture: "one person, one act per item").
MERGES = frozenset({("secrecy", "review"), ("leader_opinion", "approval"), ("leader_opinion", "review")})


@dataclass(frozen=True)
class ItemFacts:
    """What the choice of route depends on; nothing else may."""

    unit_kind: str
    sensitive: bool = False
    in_government_name: bool = False
    is_reprint: bool = False
    interactive: bool = False
    structure: str = ""  # "columns" or "import": Article 18 matters


def _is_office(facts, *kinds):
    return facts.unit_kind in kinds


# Strictest first: (6) over (1) over (4) over (5) over (2) and (3). First match wins.
# Each row: code, its condition, the kind of source unit for which the "own" variant applies.
CHOICE = (
    ("emergency", lambda facts: facts.sensitive, "egov_office"),
    ("government", lambda facts: facts.in_government_name, "gov_office"),
    ("reprint", lambda facts: facts.is_reprint, "egov_office"),
    ("interactive", lambda facts: facts.interactive, "egov_office"),
    ("department", lambda facts: _is_office(facts, "department", "gov_office", "egov_office"), None),
    ("township", lambda facts: bool(facts.unit_kind), None),
)

REASONS = {
    "emergency": "突发事件或敏感信息，按第十四条（六）办理",
    "government": "以区政府名义发布，按第十四条（一）办理",
    "reprint": "转载自其他媒体、组织，按第十四条（四）办理",
    "interactive": "互动类栏目信息，按第十四条（五）办理",
    "department": "区直部门提供的信息，按第十四条（二）办理",
    "township": "乡（镇）、办事处、新型社区等单位提供的信息，按第十四条（三）办理",
    "columns": "栏目、功能的调整，按第十八条办理",
    "import": "旧站存量信息导入，按第十八条办理",
}


def route_for(facts: ItemFacts) -> Route:
    """The one lawful route for these facts; several fit, the stricter wins; none fits, refused."""
    if facts.structure:
        return BY_KEY[(facts.structure, "")]
    for code, condition, own_kind in CHOICE:
        if condition(facts):
            variant = OWN if facts.unit_kind == own_kind else ""
            return BY_KEY[(code, variant)]
    raise ValueError("An item without a responsible unit has no route.")


def get(code, variant=""):
    return BY_KEY[(code, variant)]
