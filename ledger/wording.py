"""The statutory words for routes and opinions, as the register prints them; the app that owns the routes fills them."""

ROUTES: dict[str, str] = {}
OPINIONS: dict[str, str] = {}

DECISIONS = {
    "agree": "同意",
    "return": "退回修改",
    "refuse": "不同意",
    "escalate": "转突发敏感",
    "refer": "提请保密工作机构审查",
    "quarantine": "封存",
    "on_request": "依申请提供",
    "other_form": "其他",
    "reopen": "退回补表",
    "hold": "暂缓发布",
}
MEDIA = {"online": "网上签批", "paper": "纸质签批"}
SOURCES = {"own": "本机关、单位制发", "reprint": "转载"}
END_REASONS = {"superseded": "已被更正", "taken_down": "下线", "expired": "到期下线", "withdrawn": "撤下"}
