"""Words of the unit faces and of the home page's footer; telephone numbers are placeholders."""

from demo.data.organisation import UnitRow

CONTACTS = (
    ("联系电话", "0851-00000000（演示）"),
    ("办公时间", "工作日 8:30—12:00，13:00—17:30"),
    ("地址", "安顺市西秀区（演示地址）"),
)

FOOTER = {
    "organiser": "西秀区人民政府",
    "operator": "区电子政务办公室",
    "telephone": "0851-00000000（演示）",
    "address": "安顺市西秀区（演示地址）",
    "icp_number": "黔ICP备00000000号（演示）",
    "police_number": "贵公网安备 00000000000000号（演示）",
}

#: Badges and links in the footer; placeholders, for the real ones are given out by the authorities.
FOOTER_LINKS = (
    ("党政机关网站标识", "https://bszs.conac.cn/"),
    ("政府网站找错", "https://zfwzgl.www.gov.cn/exposure/"),
    ("年度报表", "{portal}/xxgk/gknb/"),
)

#: Leaders by post, never by name: nobody real stands in the demo. (name, office, division of work)
LEADERS = {
    "gov_office": (
        ("主要领导", "区人民政府办公室主任", "主持办公室全面工作"),
        ("分管领导", "区人民政府办公室副主任", "分管政务公开和门户网站信息审批"),
    ),
    "township": (
        ("主要领导", "乡（镇）长", "主持本乡（镇）全面工作"),
        ("分管领导", "副乡（镇）长", "分管政务公开和便民服务"),
    ),
    "": (
        ("主要领导", "单位负责人", "主持本单位全面工作"),
        ("分管领导", "单位分管负责人", "分管政务公开"),
    ),
}

#: The district's own, in the column 领导信息.
DISTRICT_LEADERS = (
    ("区长", "区人民政府区长", "主持区人民政府全面工作，分管审计工作"),
    ("常务副区长", "区人民政府副区长", "负责区人民政府常务工作，分管发展改革、财政、统计、应急管理"),
    ("副区长（农业农村）", "区人民政府副区长", "分管农业、水务、林业和扶贫开发"),
    ("副区长（社会事业）", "区人民政府副区长", "分管教育科技、卫生计生、文体广电旅游和民族宗教事务"),
    ("副区长（城乡建设）", "区人民政府副区长", "分管住房城乡建设、交通运输和安全生产监督"),
    ("副区长（政务服务）", "区人民政府副区长", "分管政务公开、市场监督管理和民政"),
)

_DUTIES = {
    "gov_office": "负责推进、指导、协调、监督全区信息公开工作，审核以区政府名义发布的信息。",
    "egov_office": "对门户网站信息实施发布、维护、监督和管理，核对信息发布保密审查表，逐条登记。",
    "department": "承担本部门职责范围内的政务公开和信息报送工作，维护相应栏目和本单位子站。",
    "township": "负责本辖区经济社会管理和公共服务，维护门户网站乡镇栏目和本单位子站。",
    "subdistrict": "负责辖区城市管理、社区建设和便民服务，维护门户网站相应栏目和本单位子站。",
    "community": "负责社区治理和居民服务，维护门户网站相应栏目和本单位子站。",
    "other": "承担本单位生产经营和公共服务工作，维护门户网站相应栏目和本单位子站。",
}


def introduction(unit: UnitRow) -> str:
    """Two sentences for every unit's face."""
    return (
        f"<p>{unit.name}{_DUTIES[unit.kind]}</p>"
        "<p>本页为演示数据。本单位信息由信息员起草，经保密审查、审核、审批并加盖公章，核对后发布。</p>"
    )
