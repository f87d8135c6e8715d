"""The word lists on screen and from Excel: versions, dates, bad lines, rights (Articles 5, 16)."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from checks import engine, lists
from checks.findings import Part
from checks.models import ListVersion, ReprintSource, WordEntry

pytestmark = pytest.mark.django_db
BACKEND = "organisation.authentication.AppointedBackend"


@pytest.fixture
def as_(client, town):
    def log_in(name, post):
        client.force_login(town.who(name, post), backend=BACKEND)
        return client

    return log_in


def text(response):
    return response.content.decode()


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("lists.xlsx", out.getvalue())


@pytest.mark.article("16")
def test_a_list_comes_from_excel_and_the_next_check_uses_it(as_, town):
    client = as_("egov", "web_manager")
    versions = ListVersion.objects.count()
    rows = [("list", "word", "standard", "exceptions"), ("机构地名", "小西秀", "西秀区", "小西秀街|小西秀巷")]
    assert client.post(reverse("word-lists:import"), {"file": sheet(*rows)}).status_code == 302
    row = WordEntry.objects.get(word="小西秀")
    assert (row.list, row.standard, row.exceptions) == ("name", "西秀区", "小西秀街|小西秀巷")
    assert ListVersion.objects.count() == versions + 1
    assert ListVersion.objects.order_by("-number")[0].by == town.who("egov", "web_manager")
    (finding,) = engine.check([Part("正文", "小西秀街的小西秀小吃。")])
    assert finding.suggestion == "规范写法：西秀区"
    assert lists.current().version in finding.version


def test_bad_lines_are_named_and_nothing_is_taken_over(as_):
    client = as_("egov", "web_manager")
    before = WordEntry.objects.count()
    rows = [
        ("list", "word", "standard", "exceptions", "valid_from", "valid_to"),
        ("机构地名", "好词语", "好的词语", "", "", ""),
        ("没有这个库", "词语", "", "", "", ""),
        ("错别字", "短语", "短语", "", "", ""),
        ("错别字", "词汇", "", "不含该词", "", ""),
        ("错别字", "期限", "", "", "2026-05-01", "2026-01-01"),
    ]
    body = text(client.post(reverse("word-lists:import"), {"file": sheet(*rows)}))
    assert WordEntry.objects.count() == before
    for line in (3, 4, 5, 6):
        assert f"第{line}行" in body
    assert "第2行" not in body


@pytest.mark.parametrize("content", [b"", b"no excel", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_sheet_gets_one_sentence(as_, content):
    client = as_("egov", "web_manager")
    response = client.post(reverse("word-lists:import"), {"file": SimpleUploadedFile("a.xlsx", content)})
    assert response.status_code == 200
    assert not WordEntry.objects.filter(shipped=False).exists()


@pytest.mark.article("5")
@pytest.mark.parametrize("name", ["word-lists", "reprint-sources"])
def test_units_may_not_open_or_change_lists_and_the_supervisor_only_reads(as_, name):
    for who in (("water", "author"), ("water", "branch_leader"), ("jiuzhou", "dedicated")):
        client = as_(*who)
        for screen in ("index", "add", "import"):
            assert client.get(reverse(f"{name}:{screen}")).status_code in (302, 403), (who, screen)
    client = as_("gov", "reviewer")
    assert client.get(reverse(f"{name}:index")).status_code == 200
    for screen in ("add", "import"):
        assert client.get(reverse(f"{name}:{screen}")).status_code in (302, 403), screen
    assert not ReprintSource.objects.exists()


def test_what_is_exported_can_be_imported_again(as_):
    client = as_("egov", "web_manager")
    WordEntry.objects.create(
        list="typo", word="峻攻", standard="竣工", exceptions="险峻攻", valid_from="2026-01-01"
    )
    response = client.get(reverse("word-lists:index") + "?export=xlsx")
    data = b"".join(response.streaming_content) if response.streaming else response.content
    total = WordEntry.objects.count()
    done = client.post(reverse("word-lists:import"), {"file": SimpleUploadedFile("a.xlsx", data)})
    assert done.status_code == 302, text(done)
    assert WordEntry.objects.count() == total


@pytest.mark.article("16")
def test_entries_count_from_day_to_day_and_past_leaders_are_told(town):
    WordEntry.objects.bulk_create(
        [
            WordEntry(list="typo", word="旧词条", standard="新词条", valid_to=date(2026, 5, 31)),
            WordEntry(list="typo", word="后词条", standard="新词条", valid_from=date(2026, 6, 1)),
            WordEntry(list="leader", word="程示丁", standard="区长", order=1, valid_to=date(2026, 5, 31)),
        ]
    )
    lists.new_version(town.who("egov", "web_manager"), "试验")
    part = [Part("正文", "旧词条，后词条，区长程示丁讲话。")]

    def found(day):
        return [(f.rule, f.start) for f in engine.check(part, lists.current(day))]

    assert found(date(2026, 5, 31)) == [("word.typo", 0)]
    assert found(date(2026, 6, 1)) == [("word.typo", 4), ("word.leader", 10)]
    (ended,) = [f for f in engine.check(part, lists.current(date(2026, 6, 1))) if f.rule == "word.leader"]
    assert "已经结束" in ended.message


@pytest.mark.article("16")
def test_every_change_on_screen_makes_a_version_and_versions_never_change(as_, as_role):
    client = as_("egov", "web_manager")
    before = ListVersion.objects.count()
    entry = {"list": "typo", "word": "峻攻", "standard": "竣工", "level": "", "order": "0"}
    assert client.post(reverse("word-lists:add"), entry).status_code == 302
    row = WordEntry.objects.get(word="峻攻")
    refused = client.post(reverse("word-lists:edit", args=[row.pk]), entry | {"exceptions": "不含"})
    assert refused.status_code == 200
    assert "不含" in text(refused)
    assert client.post(reverse("word-lists:edit", args=[row.pk]), entry | {"note": "常见"}).status_code == 302
    assert client.post(reverse("word-lists:delete", args=[row.pk])).status_code == 302
    assert ListVersion.objects.count() == before + 3
    with as_role("app"), pytest.raises(DatabaseError), transaction.atomic():
        ListVersion.objects.update(reason="另说")
