"""Where an item stands, in the words of the glossary (statutory wording, Chinese in code)."""

DRAFT = "draft"

# Status while a step waits, by the opinion that is waited for.
WAITING = {
    "secrecy": "待保密审查",
    "leader_opinion": "待主管领导意见",
    "review": "待审核",
    "approval": "待审批",
    "seal": "待盖章",
    "check": "待核对发布",
    "proposal": "待审核",
    "decision": "待审批",
}

LABELS = {
    DRAFT: "草稿",
    **{f"wait_{opinion}": label for opinion, label in WAITING.items()},
    "scheduled": "待定时发布",
    "bundled": "待同步发布",
    "published": "已发布",
    "superseded": "已被更正",
    "taken_down": "已下线",
    "expired": "已下线",
    "returned": "已退回",
    "withdrawn": "已撤回",
    "changed": "已撤回",
    "escalated": "已退回",
    "held": "暂缓发布",
    "referred": "待保密审查",
    "quarantined": "已封存",
    "refused": "不同意（已登记）",
    "on_request": "依申请提供（已登记）",
    "other_form": "其他（已登记）",
}

# Tone of the status pill on screens.
TONES = {
    "published": "good",
    "scheduled": "good",
    "bundled": "good",
    "returned": "warn",
    "held": "warn",
    "taken_down": "bad",
    "refused": "bad",
    "quarantined": "bad",
    "superseded": "quiet",
    "withdrawn": "quiet",
    "changed": "quiet",
    "expired": "quiet",
    "escalated": "quiet",
    "draft": "quiet",
}


def waiting(opinion):
    return f"wait_{opinion}"


def label(code):
    return LABELS.get(code, code)


def tone(code):
    return TONES.get(code, "waiting")
