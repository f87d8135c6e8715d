"""A seeded town of government documents, and questions whose answers are known because the generator wrote them.

Each document is about one matter in one place of one kind; its text also mentions other matters in passing, as real
texts do. A question asks for a matter, in a place, by other words, by part of a word or by number. What it should
find follows from what the documents are about, not from the words that they happen to share:

3  the matter in that place (or the document of that number)
2  the matter, where the question names no place
1  the place named, the matter only mentioned in passing
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

SEED = 20171026
NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAYS = 3000

_places = (
    "旧州镇 双堡镇 七眼桥镇 蔡官镇 轿子山镇 大西桥镇 宁谷镇 龙宫镇 新场乡 鸡场乡 岩腊乡 杨武乡 东屯乡 黄腊乡 刘官乡 "
    "东关办事处 华西办事处 塔山社区 若飞社区 山京畜牧场 区教育和科技局 区民政局 区财政局 区农业局 区水务局 区交通运输局"
)
PLACES = tuple(_places.split())

# matter: (words in the title, what else a text about it says, other words for it that a reader may use)
MATTERS = {
    "供水管网": (
        "供水管网冲洗",
        "城区自来水管网老化，冲洗期间请居民提前储水，水质浑浊时放水数分钟。",
        ("自来水管道",),
    ),
    "医疗保险": ("城乡居民医疗保险参保缴费", "参保人员住院费用按比例报销，门诊慢性病凭处方结算。", ("医保",)),
    "养老保险": (
        "城乡居民养老保险待遇认证",
        "年满六十周岁的参保老人按月领取基础养老金，生存认证可在手机办理。",
        ("养老金",),
    ),
    "义务教育": (
        "义务教育阶段招生入学",
        "适龄儿童按学区报名，随迁子女凭居住证明统筹安排学位。",
        ("小学入学",),
    ),
    "农村公路": ("农村公路养护管理", "县道乡道村道分级负责，路面坑槽及时修补，边沟每季清理。", ("乡村道路",)),
    "公租房": (
        "公租房申请受理",
        "低收入住房困难家庭提交申请，经公示后轮候配租，租金按标准补贴。",
        ("公共租赁住房",),
    ),
    "森林防火": (
        "森林防火期野外用火管理",
        "防火期内禁止烧荒、上坟烧纸，护林员每日巡山，发现火情立即报警。",
        ("林区禁火",),
    ),
    "秸秆焚烧": ("禁止露天焚烧秸秆", "鼓励秸秆粉碎还田、打捆离田，网格员分片巡查。", ("烧秸秆",)),
    "最低生活保障": (
        "最低生活保障对象动态管理",
        "家庭人均收入低于标准的困难群众可申请救助，定期复核。",
        ("低保",),
    ),
    "创业担保贷款": (
        "创业担保贷款贴息",
        "高校毕业生、返乡农民工创业可申请贷款，财政给予贴息。",
        ("创业贷款",),
    ),
    "食品安全": ("食品安全监督抽检", "抽检粮食、肉制品、乳制品等批次，不合格产品下架召回。", ("食品抽检",)),
    "河道清理": ("河道清理保洁", "河长巡河，打捞水面漂浮物，清除河岸垃圾。", ("清河行动",)),
    "旅游节庆": ("古镇灯会安排", "灯会期间增开公交，景区延长开放，停车场设在南门外。", ("元宵灯展",)),
    "停车泊位": ("增设城区停车泊位", "利用边角空地新建泊位，实行分时收费，缓解停车难。", ("停车位",)),
    "疫苗接种": (
        "流感疫苗接种安排",
        "六十岁以上老人优先，接种点设在社区卫生服务中心，请携带身份证。",
        ("打疫苗",),
    ),
    "危房改造": ("农村危房改造补助", "经鉴定为危险房屋的农户可申请补助资金，竣工验收后拨付。", ("危旧房",)),
    "油菜种植": ("油菜高产示范种植", "推广良种良法，病虫害统防统治，机械收割示范。", ("油菜高产",)),
    "刺梨产业": ("刺梨产业发展规划", "建设刺梨基地和加工厂，开展冷链和电商销售。", ("刺梨加工",)),
    "图书馆": ("图书馆延长开放时间", "周末开放至晚间，少儿阅览室增设座位，自助借还。", ("借书",)),
    "法律援助": (
        "法律援助便民服务",
        "农民工讨薪、妇女维权可申请免费律师，值班律师在服务大厅。",
        ("免费律师",),
    ),
    "营商环境": ("优化营商环境若干措施", "企业开办一日办结，证照分离，首违不罚清单。", ("企业开办",)),
    "残疾人补贴": (
        "残疾人两项补贴发放",
        "困难残疾人生活补贴和重度残疾人护理补贴按月社会化发放。",
        ("残疾补助",),
    ),
    "垃圾分类": ("生活垃圾分类投放", "厨余垃圾单独投放，可回收物预约上门，设置督导员。", ("分类投放",)),
    "防汛抗旱": ("防汛抗旱应急预案", "强降雨期间危险地段人员转移，水库控制水位，储备物资。", ("暴雨应急",)),
    "人才引进": ("急需紧缺人才引进", "面向高校引进硕士研究生，提供安家补贴，考核后聘用。", ("招聘硕士",)),
    "土地征收": ("土地征收补偿安置方案", "被征地农民按区片综合地价补偿，参加社会保障。", ("征地补偿",)),
    "消防安全": ("消防安全隐患排查", "疏通消防通道，检查电动自行车充电，整改老旧线路。", ("消防通道",)),
    "电子社保卡": ("社保卡补办指南", "凭身份证到网点即时制卡，电子社保卡可在手机申领。", ("社会保障卡",)),
    "殡葬改革": ("殡葬服务收费标准", "基本殡葬服务减免，公墓价格公示。", ("公墓价格",)),
    "屯堡文化": ("屯堡地戏展演", "传承人登台，面具雕刻展示，非物质文化遗产进校园。", ("地戏演出",)),
}
KINDS = (
    ("关于{place}{matter}的通知", "policy"),
    ("关于做好{place}{matter}工作的通知", "policy"),
    ("{place}{matter}工作推进会召开", "information"),
    ("{place}{matter}", "information"),
    ("{place}开展{matter}宣传活动", "information"),
    ("{place}{matter}情况公示", "information"),
    ("{matter}政策解读（{place}）", "information"),
    ("{place}{matter}问答", "information"),
)
PASSING = "会议还对{matter}等工作作了安排。"
FILLING = (
    "各有关单位要提高认识，加强领导，明确专人负责，确保各项工作落到实处。",
    "欢迎广大群众监督，如有疑问请拨打公布的联系电话咨询。",
    "下一步将继续坚持以人民为中心，完善长效机制，提升服务质量。",
    "工作人员深入村组走访，宣传有关政策，听取意见建议。",
    "据了解，今年以来全区各项工作稳步推进，群众满意度不断提高。",
)
SYNONYMS = tuple((matter, *others) for matter, (_title, _text, others) in MATTERS.items())


@dataclass
class Document:
    key: int
    title: str
    text: str
    kind: str
    number: str
    published_at: datetime
    place: str
    matter: str
    passing: tuple[str, ...]


@dataclass
class Query:
    words: str
    kind: str
    relevant: dict[int, int] = field(default_factory=dict)


def documents(total=5000, seed=SEED):
    chance = random.Random(seed)
    for key in range(1, total + 1):
        yield document(key, chance)


def document(key, chance) -> Document:
    place, matter = chance.choice(PLACES), chance.choice(list(MATTERS))
    pattern, kind = chance.choice(KINDS)
    title_words, said, _others = MATTERS[matter]
    passing = tuple(
        chance.sample([other for other in MATTERS if other != matter], chance.choice((0, 0, 1, 2)))
    )
    published_at = NOW - timedelta(days=DAYS) * (1 - key / 6000) - timedelta(hours=chance.randrange(24))
    number = f"西府办发〔{published_at.year}〕{key}号" if kind == "policy" else ""
    body = [
        f"近日，{place}{chance.choice(('召开会议部署', '组织开展', '扎实推进'))}{title_words}工作。",
        said,
    ]
    body += [f"{matter}有关事项由{place}负责解释。", *chance.sample(FILLING, chance.randint(2, 4))]
    body += [PASSING.format(matter=MATTERS[other][0]) for other in passing]
    chance.shuffle(body[1:])
    title = pattern.format(place=place, matter=title_words)
    text = f"{title}\n{number}\n{''.join(body)}{published_at:%Y年%-m月%-d日}"
    return Document(key, title, text, kind, number, published_at, place, matter, passing)


# --- questions ---


def queries(made: list[Document], seed=SEED) -> list[Query]:
    chance = random.Random(seed + 1)
    found = [Query(MATTERS[matter][0], "matter") for matter in MATTERS]
    found += [Query(other, "other words") for _title, _text, others in MATTERS.values() for other in others]
    found += [Query(part_of(MATTERS[matter][0], chance), "part") for matter in MATTERS]
    asked = []
    for matter in MATTERS:
        for place in chance.sample(PLACES, 3):
            asked.append((matter, place))
    found += [Query(f"{place} {MATTERS[matter][0]}", "two words") for matter, place in asked[:60]]
    found += [Query(f"{place}{MATTERS[matter][0]}怎么办理", "a sentence") for matter, place in asked[60:]]
    numbered = chance.sample([one for one in made if one.number], 30)
    found += [Query(one.number, "number", {one.key: 3}) for one in numbered]
    for query in found:
        if not query.relevant:
            query.relevant = judged(query, made)
    return [query for query in found if query.relevant]


def part_of(words, chance) -> str:
    length = min(4, len(words) - 1)
    start = chance.randrange(len(words) - length + 1)
    return words[start : start + length]


def judged(query, made) -> dict[int, int]:
    """Grades by what documents are about; parts and other words stand for their matter."""
    place = next((name for name in PLACES if name in query.words), None)
    matters = [matter for matter in MATTERS if asks_for(query, matter)]
    grades = {}
    for one in made:
        about, passing = one.matter in matters, any(other in matters for other in one.passing)
        if place is None:
            grade = 2 if about else 0
        elif one.place == place:
            grade = 3 if about else (1 if passing else 0)
        else:
            grade = 0
        if grade:
            grades[one.key] = grade
    return grades


def asks_for(query, matter) -> bool:
    title_words, _text, others = MATTERS[matter]
    return (
        title_words in query.words
        or any(word in query.words for word in others)
        or (query.kind == "part" and query.words in title_words)
    )
