"""依申请公开: requests as readers hand them in, by the role of the public process, which alone may; then handled."""

import json
import os
import uuid

import psycopg2
from django.db import connection

from demo.people import People
from letters import handling, receiving
from letters.models import InformationRequest

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


def run(people: People) -> None:
    for place, (code, name, wanted, steps) in enumerate(REQUESTS):
        key = uuid.uuid5(SPACE, str(place))
        number = _hand_in(key, ASKED | {"unit_code": code, "name": name, "wanted": wanted}, place)
        request = InformationRequest.objects.get(number=number)
        for post, kind, result, note in steps:
            handling.take_step(request.pk, people.at(code, post), kind, result, note)


def _hand_in(key: uuid.UUID, facts: dict, place: int) -> str:
    facts = facts | {"paper_number": f"52040219900101{place:03d}X"}
    given = [str(key), receiving.digest_of(receiving.code_of(key)), "demo", json.dumps(facts)]
    # the role of the address, the database that is being filled: in tests another than the address names
    door = psycopg2.connect(os.environ["DATABASE_PUBLIC_URL"], dbname=connection.settings_dict["NAME"])
    try:
        with door, door.cursor() as cursor:
            cursor.execute("SELECT letters_hand_in(%s, %s, %s, %s)", given)
            return cursor.fetchone()[0]
    finally:
        door.close()
