"""依申请公开 and 来信: what readers hand in, by the role of the public process, which alone may; then handled."""

import json
import os
import uuid

import psycopg2
from django.db import connection

from demo.data.organisation import EGOV
from demo.people import People
from letters import handling, receiving
from letters.models import InformationRequest
from mailbox import handling as mailbox
from mailbox import selecting
from mailbox.models import Letter

SPACE = uuid.UUID("5f0d3a52-6d3c-4f0a-9b0e-52040200cafe")
ASKED = {
    "applicant_kind": "citizen",
    "paper_kind": "identity",
    "telephone": "0851-33000000",
    "email": "reader@example.org",
    "medium": "electronic",
    "way": "email",
}
#: unit, applicant, what he wants, the steps taken so far: (post, kind, result, what is told to him)
REQUESTS = (
    ("shuiwu", "申请人甲", "2026 年城区供水管网冲洗的年度计划", ()),
    ("jiaotong", "申请人乙", "农村公路养护资金 2025 年的使用情况", (("reviewer", "accepted", "", ""),)),
    (
        "jiuzhou",
        "申请人丙",
        "古镇核心区停车场的收费批准文件",
        (
            ("reviewer", "accepted", "", ""),
            ("branch_leader", "answered", "open", "批准文件已发至您登记的电子邮箱。"),
        ),
    ),
    (
        "nongye",
        "申请人丁",
        "补贴发放情况",
        (("reviewer", "asked", "", "请写明需要哪一年度、哪一项补贴的发放情况。"),),
    ),
)

WRITTEN = {"telephone": "0851-33000000", "may_publish": True, "unit_code": ""}
#: box, kind, title, text, writer, the steps taken so far: (unit, post, kind, what is told, unit it is passed to)
LETTERS = (
    (
        "leader",
        "help",
        "巷口路灯不亮",
        "东关老街巷口的两盏路灯有一周不亮了，老人晚上出门不便。",
        "来信人甲",
        (),
    ),
    (
        "advice",
        "question",
        "公租房申请要哪些材料",
        "我在城区务工满一年，想申请公租房，请问要准备哪些材料，到哪里递交？",
        "来信人乙",
        ((EGOV, "web_editor", "passed", "", "zhujian"),),
    ),
    (
        "leader",
        "advice",
        "建议在古镇入口增设停车指引",
        "节假日古镇入口车多，建议增设停车指引牌。我的电话是13800000000，来信人丙。",
        "来信人丙",
        (
            (EGOV, "web_editor", "passed", "", "jiuzhou"),
            ("jiuzhou", "branch_leader", "replied", "您的建议已采纳，镇里将在入口处增设指引牌。", ""),
        ),
    ),
    (
        "advice",
        "complaint",
        "网络购物退款问题",
        "在外省网店购物，对方不退款。",
        "来信人丁",
        ((EGOV, "web_editor", "closed", "请向经营者所在地市场监管部门投诉，或者拨打 12315。", ""),),
    ),
)


def run(people: People) -> None:
    requests(people)
    letters(people)


def letters(people: People) -> None:
    for place, (box, kind, title, text, name, steps) in enumerate(LETTERS):
        key = uuid.uuid5(SPACE, f"letter {place}")
        facts = WRITTEN | {"box": box, "kind": kind, "title": title, "text": text, "name": name}
        letter = Letter.objects.get(number=_hand_in(key, facts, "mailbox_hand_in"))
        for unit, post, step, told, to in steps:
            mailbox.take_step(letter.pk, people.at(unit, post), step, told, to)
    answered = mailbox.seen_by(people.at("jiuzhou", "branch_leader")).get(last="replied")
    selecting.select(answered, people.at("jiuzhou", "branch_leader"), people.at("jiuzhou", "author"))


def requests(people: People) -> None:
    for place, (code, name, wanted, steps) in enumerate(REQUESTS):
        key = uuid.uuid5(SPACE, str(place))
        paper = {"paper_number": f"52040219900101{place:03d}X"}
        facts = ASKED | paper | {"unit_code": code, "name": name, "wanted": wanted}
        number = _hand_in(key, facts, "letters_hand_in")
        request = InformationRequest.objects.get(number=number)
        for post, kind, result, note in steps:
            handling.take_step(request.pk, people.at(code, post), kind, result, note)


def _hand_in(key: uuid.UUID, facts: dict, function: str) -> str:
    given = [str(key), receiving.digest_of(receiving.code_of(key)), "demo", json.dumps(facts)]
    # the role of the address, the database that is being filled: in tests another than the address names
    door = psycopg2.connect(os.environ["DATABASE_PUBLIC_URL"], dbname=connection.settings_dict["NAME"])
    try:
        with door, door.cursor() as cursor:
            cursor.callproc(function, given)
            return cursor.fetchone()[0]
    finally:
        door.close()
