"""The register (Article 19): one chain, append-only at the server's time; its screens, Excel and print."""

import hashlib
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from ledger import register
from ledger.canonical import canonical
from ledger.models import RegisterEntry
from publication import gate, submissions
from tests import publication_world as world
from tests.organisation_world import person

pytestmark = [pytest.mark.django_db, pytest.mark.article("19")]


def facts(number=0):
    return {"title": f"第{number}条", "unit_code": "water", "signatories": []}


def test_each_line_covers_the_one_before_with_sm3():
    first, second = (register.append("published", facts=facts(number)) for number in range(2))
    assert (first.previous_hash, second.previous_hash) == (register.GENESIS, first.hash)
    text = f"2|{first.hash}|{second.recorded_at:%Y-%m-%dT%H:%M:%S.%fZ}|published||||".encode()
    assert second.hash == hashlib.new("sm3", text + canonical(facts(1))).hexdigest()
    assert list(register.offenders()) == []
    assert register.head() == (2, second.hash)


def test_sm3_is_the_national_standard():
    """The example of GB/T 32905."""
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashlib.new("sm3", b"abc").hexdigest() == expected


def test_many_lines_at_once_are_the_same_chain(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        register.append_many(("baseline", facts(number), None, None, None) for number in range(300))
    assert RegisterEntry.objects.count() == 300
    assert list(register.offenders()) == []


def refused(entry, **changes):
    for name, value in changes.items():
        setattr(entry, name, value)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        entry.save(force_insert=True)
    return caught.value.__cause__.diag.constraint_name


def next_entry():
    last = register.append("published", facts=facts())
    entry = RegisterEntry(
        number=last.number + 1,
        kind="published",
        facts=facts(2),
        recorded_at=last.recorded_at,
        previous_hash=last.hash,
    )
    entry.hash = register.hash_of(entry)
    return entry


@pytest.mark.parametrize("number", [1, 7, 0, -1])
def test_numbers_have_no_gap_and_no_double(number):
    assert refused(next_entry(), number=number) == "ledger_number"


def test_a_line_follows_from_the_last_one():
    assert refused(next_entry(), previous_hash="0" * 64) == "ledger_chain"
    assert refused(next_entry(), hash="x" * 64) == "ledger_chain"


@pytest.mark.parametrize("shift", [timedelta(minutes=-5), timedelta(minutes=5)])
def test_only_the_servers_time(shift):
    entry = next_entry()
    assert refused(entry, recorded_at=entry.recorded_at + shift) == "ledger_time"


def test_facts_are_copied_so_that_a_renamed_unit_changes_no_line(town):
    publication = world.public(town)
    entry = RegisterEntry.objects.get(publication_id=publication.pk)
    name = town.units["water"].names.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert entry.facts["unit"] == name.name
    who = town.who("water", "reviewer")
    who.name = "改名"
    who.save()
    entry.refresh_from_db()
    assert "改名" not in str(entry.facts)


# --- screens ---


@pytest.fixture
def published(town):
    world.public(town, world.document(town, title="供水管网冲洗"))
    world.public(town, world.document(town, "jiuzhou", title="古镇灯会"), name="jiuzhou", route="township")
    return town


def read(client, who, **query):
    client.force_login(who)
    return client.get(reverse("ledger:register"), query)


def test_a_unit_reads_its_own_lines_and_the_offices_all(client, published):
    own = read(client, published.who("water", "author")).content.decode()
    assert "供水管网冲洗" in own and "古镇灯会" not in own
    for office, post in (("gov", "reviewer"), ("egov", "web_manager")):
        both = read(client, published.who(office, post)).content.decode()
        assert "供水管网冲洗" in both and "古镇灯会" in both


def test_somebody_without_a_post_reads_nothing(client, published):
    root = person("root", is_superuser=True, is_staff=True)
    response = read(client, root)
    assert "供水管网冲洗" not in response.content.decode()


@pytest.mark.article("14(6)")
def test_what_never_became_public_on_route_6_is_for_the_offices(client, town):
    secret = world.hand_in(town, world.document(town, title="塌方情况"), route="emergency", restricted=True)
    submissions.end(secret, "refused", town.who("water", "supervising_leader"))
    assert "塌方情况" not in read(client, town.who("water", "author")).content.decode()
    assert "塌方情况" in read(client, town.who("gov", "reviewer")).content.decode()


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"unit_code": "jiuzhou"}, "古镇灯会", "供水管网冲洗"),
        ({"route": "department"}, "供水管网冲洗", "古镇灯会"),
        ({"q": "灯会"}, "古镇灯会", "供水管网冲洗"),
        ({"kind": "taken_down"}, None, "供水管网冲洗"),
        ({"recorded_at_from": "2020-01-01", "recorded_at_to": "2020-01-02"}, None, "古镇灯会"),
    ],
)
def test_filters(client, published, query, shown, hidden):
    text = read(client, published.who("egov", "web_manager"), **query).content.decode()
    assert shown is None or shown in text
    assert hidden not in text


def test_sorting_and_nonsense_are_harmless(client, published):
    who = published.who("egov", "web_manager")
    first = read(client, who, ordering="number").content.decode()
    assert first.index("供水管网冲洗") < first.index("古镇灯会")
    assert read(client, who, ordering="facts", p="9999", q="9" * 40, route="x").status_code == 200


def test_excel_has_every_field_a_clerk_needs(client, published):
    response = read(client, published.who("egov", "web_manager"), export="xlsx")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.values)
    assert len(rows) == 3
    heads = rows[0]
    for wanted in (
        "编号",
        "信息名称",
        "提供单位",
        "栏目",
        "审核类别",
        "信息来源",
        "承办人",
        "审核签批",
        "审查表编号",
        "发布时间",
    ):
        assert wanted in heads
    line = dict(zip(heads, rows[2], strict=True))
    assert line["信息名称"] == "供水管网冲洗"
    assert "审批：" in line["审核签批"] and line["审查表编号"]
    assert len(line["内容摘要（SHA-256）"]) == 64


def test_a_title_that_looks_like_a_formula_stays_text(client, town):
    world.public(town, world.document(town, title="=1+1"))
    response = read(client, town.who("egov", "web_manager"), export="xlsx")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert "=1+1" in [cell.value for row in sheet for cell in row if cell.data_type == "s"]


def test_print(client, published):
    response = read(client, published.who("egov", "web_manager"), export="pdf", unit_code="water")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_one_entry_with_its_signatures_and_the_items_other_entries(client, town):
    publication = world.public(town)
    gate.take_down(publication, town.who("water", "reviewer"), "under_check")
    client.force_login(town.who("water", "author"))
    number = RegisterEntry.objects.get(kind="published").number
    response = client.get(reverse("ledger:entry", args=[number]))
    text = response.content.decode()
    assert response.status_code == 200
    assert "保密审查" in text and "下线" in text and publication.digest in text
    client.force_login(town.who("jiuzhou", "author"))
    assert client.get(reverse("ledger:entry", args=[number])).status_code == 404


def test_reading_costs_the_same_at_any_length(client, town, django_assert_max_num_queries):
    register.append_many(("baseline", facts(number), None, None, None) for number in range(400))
    client.force_login(town.who("egov", "web_manager"))
    with django_assert_max_num_queries(30):
        assert client.get(reverse("ledger:register"), {"p": 5}).status_code == 200
