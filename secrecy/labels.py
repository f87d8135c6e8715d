"""The wording of the statutory table 信息发布保密审查表, verbatim (attachment of the regulation, 2017-10-25).

Statutory words are Chinese in code and never translated: a form that reads differently is another form. Screens and
PDF take every one of them from here, so that they cannot come to differ.
"""

TITLE = "信息发布保密审查表"
UNIT = "填报单位（盖章）："
DATE = ("年", "月", "日")

# Column by column, in the order of the table.
NUMBER = "序号"
DEPARTMENT = "部门"
NAME = "信息名称"
SOURCE = "信息来源"
FORM = "发布形式"
REVIEWER_OPINION = "工作机构或者人员审查意见"
LEADER_OPINION = "主管领导意见"
COLUMNS = (NUMBER, DEPARTMENT, NAME, SOURCE, FORM, REVIEWER_OPINION, LEADER_OPINION)

SOURCE_OWN = "本机关、单位制发"
SOURCE_REPRINT = "转载（注明转载来源）"
FORM_WEB = "网站公开"
FORM_ON_REQUEST = "依申请提供"
FORM_OTHER = "其他"
AGREE = "同意"
DISAGREE = "不同意"

AUTHOR_SIGNATURE = "承办人（签字）"
SIGNATURE = "（签字）"

NOTES = (
    "本表由机关（单位）信息发布主管部门组织填写和保管，此表于2017年10月19日起启用。",
    "机关（单位）发布信息均应进行登记；",
    "请在相应的“□”打“√”；",
    "不明确事项应由机关（单位）保密工作机构组织保密审查。",
)

# What an author reads before he fills anything in: Article 13, first sentence.
WARNING = "涉密信息不得上网发布。"

EMPTY_BOX = "□"
TICK = "√"
