"""One service per verb. Screens, Wagtail's own views, the demo and the tests all come through here.

    submit(page, author, row=…, harms=…)      提交审核
    agree(case, person, **answers)            同意 / 审核通过 / 同意发布 / 核对无误，发布
    return_(case, person, reason=…, remark=…) 退回修改
    reopen(…) 退回补表   escalate(…) 转突发敏感   come_down(…)   hold(…) 暂缓发布
    refer(…) 提请保密工作机构审查   conclude(…)   refuse(…) 不同意   quarantine(…) 立即封存
    on_request(…) 依申请提供   other_form(…) 其他
    withdraw(case, author)                    撤回
    undo_withdrawal(case, author)             撤销撤回
    disown(signoff, person)                   非本人签批
    take_down, ratify, restore                立即下线, 追认, 恢复发布

Each runs in one transaction under the row lock of its case and judges everything again: the task belongs to
this page, the digest is unchanged, the post is held at this minute, different people, complete answers.
"""

from review.acts.pausing import conclude
from review.acts.performing import perform
from review.acts.removal import disown, ratify, restore, take_down
from review.acts.submission import preview, submit
from review.acts.undoing import undo_withdrawal
from review.acts.verbs import (
    agree,
    come_down,
    escalate,
    hold,
    on_request,
    other_form,
    quarantine,
    refer,
    refuse,
    reopen,
    return_,
)
from review.acts.withdrawal import withdraw

__all__ = [
    "agree",
    "come_down",
    "conclude",
    "disown",
    "escalate",
    "hold",
    "on_request",
    "other_form",
    "perform",
    "preview",
    "quarantine",
    "ratify",
    "refer",
    "refuse",
    "reopen",
    "restore",
    "return_",
    "submit",
    "take_down",
    "undo_withdrawal",
    "withdraw",
]
