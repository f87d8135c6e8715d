"""The column tree of the portal with its responsible units and contributors (Articles 9, 10, 17).

One row a column: slug, title, type of the label standard, responsible unit, kinds of unit that contribute, single
units that contribute besides, description. Second-level columns stand under their first-level one.
"""

from typing import NamedTuple

from demo.data.organisation import EGOV, GOV

ALL = ("gov_office", "egov_office", "department", "township", "subdistrict", "community", "other")
DEPARTMENTS = ("gov_office", "department")
BELOW = ("township", "subdistrict", "community", "other")


class ColumnRow(NamedTuple):
    slug: str
    title: str
    type: str
    unit: str
    description: str
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    below: tuple["ColumnRow", ...] = ()
    layout: str = "list"
    picture: str = ""


C = ColumnRow

COLUMNS = (
    C("zjxx", "走进西秀", "概况信息", GOV, "西秀区的历史、风物与区划。", below=(
        C("qqgk", "区情概况", "概况信息", GOV, "西秀区基本情况。"),
        C("lswh", "历史文化", "概况信息", "wenlv", "屯堡文化、民族风情与文物古迹。", BELOW),
        C("zrfm", "自然风貌", "概况信息", "wenlv", "山水、溶洞与田园。", BELOW),
        C("xzqh", "行政区划", "概况信息", "minzheng", "乡镇、办事处与社区。"),
    )),
    C("ywdt", "要闻动态", "工作动态", EGOV, "西秀区及各部门、各乡镇的新近工作。", below=(
        C("xxyw", "西秀要闻", "工作动态", GOV, "全区重要工作动态。", ALL),
        C("bmdt", "部门动态", "工作动态", EGOV, "区直各部门工作动态。", DEPARTMENTS),
        C("xzdt", "乡镇动态", "工作动态", EGOV, "各乡（镇）、办事处、新型社区工作动态。", BELOW),
        C("tpxw", "图片新闻", "工作动态", EGOV, "以图片反映的工作与生活。", ALL, layout="pictures"),
        C("spxw", "视频新闻", "工作动态", "wenlv", "以视频反映的工作与生活。", ALL, layout="pictures"),
        C("sjyw", "上级要闻", "工作动态", EGOV, "转载上级机关和媒体的信息。", ALL),
    )),
    C("tzgg", "通知公告", "工作动态", GOV, "面向社会的通知、公告与提示。", below=(
        C("gsgg", "公示公告", "工作动态", GOV, "公示、公告与通知。", ALL),
        C("zkly", "招考录用", "工作动态", "renshe", "招聘、考试与录用信息。", DEPARTMENTS),
        C("yjts", "预警提示", "工作动态", "anjian", "天气、交通、停水等预警与提示。", ALL),
    )),
    C("xxgk", "政府信息公开", "信息公开目录", GOV, "依法主动公开的政府信息。", below=(
        C("gkzn", "公开指南", "信息公开指南", GOV, "如何获取政府信息。"),
        C("gkzd", "公开制度", "信息公开目录", GOV, "政府信息公开的制度。", units=(EGOV, "baomi")),
        C("jgzn", "机构职能", "机构职能", GOV, "各单位的职责与内设机构。", ALL),
        C("ldxx", "领导信息", "负责人信息", GOV, "领导职务与分工。"),
        C("ghjh", "规划计划", "信息公开目录", "fagai", "发展规划与年度计划。", DEPARTMENTS),
        C("tjxx", "统计信息", "数据发布", "tongji", "统计信息。"),
        C("czyjs", "财政预决算", "信息公开目录", "caizheng", "预算、决算与说明。", ALL),
        C("xzxk", "行政许可", "信息公开目录", "sifa", "行政许可事项与结果。", DEPARTMENTS),
        C("cfqz", "处罚强制", "信息公开目录", "sifa", "行政处罚与行政强制。", DEPARTMENTS),
        C("xzsf", "行政收费", "信息公开目录", "fagai", "行政事业性收费目录。", DEPARTMENTS),
        C("zfcg", "政府采购", "信息公开目录", "caizheng", "政府采购信息。", ALL),
        C("zdxm", "重大项目", "信息公开目录", "fagai", "重大建设项目。", DEPARTMENTS),
        C("mszc", "民生政策", "信息公开目录", "minzheng", "就业、社保、救助等政策。", DEPARTMENTS),
        C("yjgl", "应急管理", "信息公开目录", "anjian", "应急预案与应对情况。", DEPARTMENTS),
        C("rsxx", "人事信息", "信息公开目录", "renshe", "任免与公开招聘。", DEPARTMENTS),
        C("gknb", "公开年报", "信息公开年报", GOV, "政府信息公开工作年度报告。", ALL),
        C("ysqgk", "依申请公开", "依申请公开", GOV, "申请获取政府信息的办法。"),
    )),
    C("zcwj", "政策文件", "政策文件", GOV, "区政府及各部门的文件。", below=(
        C("qzfwj", "区政府文件", "政策文件", GOV, "区人民政府文件。", DEPARTMENTS),
        C("qzfbwj", "区政府办文件", "政策文件", GOV, "区人民政府办公室文件。", DEPARTMENTS),
        C("bmwj", "部门文件", "政策文件", GOV, "区直各部门文件。", DEPARTMENTS),
        C("gfxwj", "规范性文件", "政策文件", "sifa", "规范性文件及其清理结果。", DEPARTMENTS),
    )),
    C("zcjd", "政策解读", "政策解读", GOV, "对政策文件的解读。", below=(
        C("wzjd", "文字解读", "政策解读", GOV, "文字解读。", DEPARTMENTS, (EGOV,)),
        C("tj", "图解", "政策解读", GOV, "图解政策。", DEPARTMENTS, (EGOV,)),
        C("spjd", "视频解读", "政策解读", GOV, "视频解读。", DEPARTMENTS),
        C("hygq", "回应关切", "回应关切", GOV, "对社会关切的回应。", ALL),
    )),
    C("zwfw", "政务服务", "办事服务", "fagai", "办事指南与服务结果。", below=(
        C("grfw", "个人服务", "办事服务", "renshe", "面向个人的服务。", ALL),
        C("frfw", "法人服务", "办事服务", "shichang", "面向法人的服务。", DEPARTMENTS),
        C("bszn", "办事指南", "办事服务", "fagai", "办事条件、材料与流程。", ALL),
        C("bgxz", "表格下载", "办事服务", "fagai", "常用表格。", ALL),
        C("jggs", "结果公示", "办事服务", "fagai", "办理结果。", DEPARTMENTS),
    )),
    C("hdjl", "互动交流", "咨询投诉", EGOV, "听取意见，答复来信。", below=(
        C("qzxx", "区长信箱", "咨询投诉", EGOV, "来信及答复选登。", ALL),
        C("zxjy", "咨询建言", "咨询投诉", EGOV, "咨询、建议及答复。", ALL),
        C("zjdc", "征集调查", "征集调查", EGOV, "意见征集与结果反馈。", ALL),
        C("zxft", "在线访谈", "在线访谈", EGOV, "与网民在线交流。", ALL),
        C("cjwt", "常见问题", "咨询投诉", EGOV, "常见问题及解答。", ALL),
    )),
    C("sjxx", "数据西秀", "数据发布", "tongji", "统计数据。", below=(
        C("tjgb", "统计公报", "数据发布", "tongji", "年度统计公报。"),
        C("ydsj", "月度数据", "数据发布", "tongji", "月度统计数据。"),
    )),
    C("ztzl", "专题专栏", "工作动态", EGOV, "阶段性工作专题。", below=(
        C("dqzt", "当前专题", "工作动态", EGOV, "正在进行的专题。", ALL, below=(
            C("nclu", "四好农村路", "工作动态", "jiaotong", "通组公路的建设、养护和沿线变化。", ALL,
              layout="topic", picture="terraces 山间公路与梯田的示意图"),
            C("ggyd", "全民健身在身边", "工作动态", "wenlv", "身边的健身场地和活动。", ALL,
              layout="topic", picture="town 社区与步道的示意图"),
        )),
        C("ygdzt", "已归档专题", "工作动态", EGOV, "已经结束的专题。", ALL, below=(
            C("qmyd", "全民阅读活动周", "工作动态", "wenlv", "讲座、图书漂流和社区阅览室。", ALL,
              layout="topic", picture="river 河湾晨读的示意图"),
        )),
    )),
)  # fmt: skip

#: Days within which a column wants its next item, where that is not what its type demands (0: no duty).
UPDATE_DAYS = {"gsgg": 31, "zkly": 31, "yjts": 31, "nclu": 7, "ggyd": 7, "ygdzt": 0, "qmyd": 0, "tjgb": 366}

#: The home page: title of the section, column, items shown, appearance.
SECTIONS = (
    ("头条", "ywdt/xxyw", 3, "headline"),
    ("图片新闻", "ywdt/tpxw", 5, "pictures"),
    ("西秀要闻", "ywdt/xxyw", 7, "list"),
    ("通知公告", "tzgg", 7, "list"),
    ("政策与解读", "zcwj", 6, "policies"),
    ("政策解读", "zcjd", 6, "list"),
    ("政务服务", "zwfw", 6, "entrance"),
    ("部门动态", "ywdt/bmdt", 6, "list"),
    ("乡镇动态", "ywdt/xzdt", 6, "list"),
    ("互动交流", "hdjl", 6, "list"),
    ("数据西秀", "sjxx", 6, "list"),
    ("专题专栏", "ztzl/dqzt", 4, "topics"),
    ("走进西秀", "zjxx", 4, "cards"),
)


def walk(rows=COLUMNS, path=""):
    """Yield (path, row) for every column, parents first: ("zcwj/qzfwj", row)."""
    for row in rows:
        here = f"{path}/{row.slug}" if path else row.slug
        yield here, row
        yield from walk(row.below, here)
