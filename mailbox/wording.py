"""The words of the form and of the record; read by the public process too."""

BOXES = (("leader", "区长信箱"), ("advice", "咨询建言"))
KINDS = (("question", "咨询"), ("advice", "建议"), ("complaint", "投诉"), ("help", "求助"))
CONSENT = (("yes", "同意隐去个人信息后选登"), ("no", "不同意"))
STEPS = (
    ("accepted", "受理"),
    ("passed", "转办"),
    ("replied", "答复"),
    ("closed", "不予受理"),
    ("selected", "选登"),
)
NAMES = dict(STEPS)
RECEIVED = "已提交，待受理"
