"""The demo's units and people: an invented staffing of the real kinds of unit.

People are named by post, never like real persons. Every unit has the posts the regulation needs; small ones
show what it allows: one person as 分管领导 and 主管领导, one person in two units (兼任).
"""

from typing import NamedTuple


class UnitRow(NamedTuple):
    """A unit: code (also the first half of its people's user names), kind, full name, short name."""

    code: str
    kind: str
    name: str
    short: str


class PersonRow(NamedTuple):
    """A person of every unit of a kind: second half of the user name, word for the name, posts held."""

    suffix: str
    called: str
    posts: tuple[str, ...]


class DelegationRow(NamedTuple):
    """授权委托: who signs for whom in a post of a unit, why, and for how many days from the founding on."""

    unit: str
    post: str
    grantor: str
    delegate: str
    reason: str
    days: int


GOV, EGOV = "zhengfuban", "dianzhengban"

UNITS = (
    UnitRow(GOV, "gov_office", "区人民政府办公室", "区政府办"),
    UnitRow(EGOV, "egov_office", "区电子政务办公室", "区电政办"),
    UnitRow("fagai", "department", "区发展和改革局", "区发改局"),
    UnitRow("jiaoke", "department", "区教育和科技局", "区教科局"),
    UnitRow("gongxin", "department", "区工业和信息化局", "区工信局"),
    UnitRow("minzong", "department", "区民族宗教事务局", "区民宗局"),
    UnitRow("minzheng", "department", "区民政局", "区民政局"),
    UnitRow("sifa", "department", "区司法局", "区司法局"),
    UnitRow("caizheng", "department", "区财政局", "区财政局"),
    UnitRow("renshe", "department", "区人力资源和社会保障局", "区人社局"),
    UnitRow("zhujian", "department", "区住房和城乡建设局", "区住建局"),
    UnitRow("jiaotong", "department", "区交通运输局", "区交通局"),
    UnitRow("nongye", "department", "区农业局", "区农业局"),
    UnitRow("shuiwu", "department", "区水务局", "区水务局"),
    UnitRow("linye", "department", "区林业局", "区林业局"),
    UnitRow("wenlv", "department", "区文体广电旅游局", "区文广旅局"),
    UnitRow("weiji", "department", "区卫生和计划生育局", "区卫计局"),
    UnitRow("shenji", "department", "区审计局", "区审计局"),
    UnitRow("shichang", "department", "区市场监督管理局", "区市监局"),
    UnitRow("anjian", "department", "区安全生产监督管理局", "区安监局"),
    UnitRow("tongji", "department", "区统计局", "区统计局"),
    UnitRow("fupin", "department", "区扶贫开发办公室", "区扶贫办"),
    UnitRow("baomi", "department", "区国家保密局", "区保密局"),
    UnitRow("jiuzhou", "township", "旧州镇", "旧州镇"),
    UnitRow("shuangbao", "township", "双堡镇", "双堡镇"),
    UnitRow("qiyanqiao", "township", "七眼桥镇", "七眼桥镇"),
    UnitRow("caiguan", "township", "蔡官镇", "蔡官镇"),
    UnitRow("jiaozishan", "township", "轿子山镇", "轿子山镇"),
    UnitRow("daxiqiao", "township", "大西桥镇", "大西桥镇"),
    UnitRow("ninggu", "township", "宁谷镇", "宁谷镇"),
    UnitRow("longgong", "township", "龙宫镇", "龙宫镇"),
    UnitRow("xinchang", "township", "新场布依族苗族乡", "新场乡"),
    UnitRow("jichang", "township", "鸡场布依族苗族乡", "鸡场乡"),
    UnitRow("yanla", "township", "岩腊苗族布依族乡", "岩腊乡"),
    UnitRow("yangwu", "township", "杨武布依族苗族乡", "杨武乡"),
    UnitRow("dongtun", "township", "东屯乡", "东屯乡"),
    UnitRow("huangla", "township", "黄腊布依族苗族乡", "黄腊乡"),
    UnitRow("liuguan", "township", "刘官乡", "刘官乡"),
    UnitRow("dongguan", "subdistrict", "东关办事处", "东关办事处"),
    UnitRow("huaxi", "subdistrict", "华西办事处", "华西办事处"),
    UnitRow("tashan", "community", "塔山社区", "塔山社区"),
    UnitRow("ruofei", "community", "若飞社区", "若飞社区"),
    UnitRow("kaifaqu", "other", "西秀区经济开发区", "西秀经开区"),
    UnitRow("xumuchang", "other", "山京畜牧场", "山京畜牧场"),
)

_AUTHOR = PersonRow("author", "信息员", ("author",))
_SECRECY = PersonRow("secrecy", "保密审查员", ("secrecy_reviewer",))
_REVIEWER = PersonRow("reviewer", "审核人", ("reviewer",))
_LEADER = PersonRow("leader", "分管领导", ("branch_leader",))
_SUPERVISOR = PersonRow("supervisor", "主管领导", ("supervising_leader",))
_BOTH = PersonRow("leader", "分管领导", ("branch_leader", "supervising_leader"))
_ARCHIVE = PersonRow("archive", "档案保管人", ("archivist", "dedicated", "secrecy_body"))

_TWO_LEADERS = (_AUTHOR, _SECRECY, _REVIEWER, _LEADER, _SUPERVISOR, _ARCHIVE)
_ONE_LEADER = (_AUTHOR, _SECRECY, _REVIEWER, _BOTH, _ARCHIVE)

#: Who works in a unit of each kind; departments have two leaders, smaller units one for both posts.
STAFF = {
    "gov_office": (*_TWO_LEADERS, PersonRow("principal", "主要领导", ("principal_leader",))),
    "egov_office": (
        *_TWO_LEADERS,
        PersonRow("web1", "网站管理人员甲", ("web_manager",)),
        PersonRow("web2", "网站管理人员乙", ("web_manager",)),
        PersonRow("editor", "采编人员", ("web_editor",)),
        PersonRow("portal", "门户网站分管领导", ("portal_leader",)),
        PersonRow("registrar", "造册登记专人", ("registrar",)),
        PersonRow("files", "档案专人", ("archives_officer",)),
        PersonRow("security", "安全管理员", ("security_officer",)),
    ),
    "department": _TWO_LEADERS,
    "township": _ONE_LEADER,
    "subdistrict": _ONE_LEADER,
    "community": _ONE_LEADER,
    "other": _ONE_LEADER,
}

#: Posts that a person of another unit holds besides: (unit, post) → user name. 若飞社区 has no reviewer of its own.
CONCURRENT = {("ruofei", "reviewer"): "tashan.reviewer"}

#: Leaders who are away: the printed sheet and the register name them beside those who sign in their stead.
DELEGATIONS = (
    DelegationRow("nongye", "supervising_leader", "nongye.supervisor", "nongye.leader", "外出学习", 30),
)

#: Posts whose holder has left; the successor waits to be confirmed, so that the unit is listed red (Article 11).
VACANT = {("liuguan", "dedicated"): PersonRow("former", "原专管人员", ("dedicated",))}
#: A unit whose change of 信息员 waits to be received.
CHANGING = "yangwu"


def staff_of(unit: UnitRow) -> tuple[PersonRow, ...]:
    """The unit's own people; a post that somebody holds 兼任, or that is vacant, has no person here."""
    borrowed = {post for code, post in CONCURRENT if code == unit.code}
    vacant = {post for code, post in VACANT if code == unit.code}
    own = (person for person in STAFF[unit.kind] if not borrowed.intersection(person.posts))
    return tuple(person._replace(posts=tuple(p for p in person.posts if p not in vacant)) for person in own)


def username(unit: UnitRow, person: PersonRow) -> str:
    return f"{unit.code}.{person.suffix}"
