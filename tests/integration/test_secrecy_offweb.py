"""Note 2: every publication is registered, web or not. Rows of what never becomes an item of the portal (Article 13)."""

from io import BytesIO

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from ledger import register
from ledger.models import RegisterEntry
from regulation.refusals import Refusal
from secrecy.models import Referral, SecrecyRow, SheetRow
from secrecy.services import offweb
from secrecy.services.sheets import sheet_with

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]
NAME = "饮用水水质季度公告（张贴）"


def fill(town, **changes):
    given = {
        "department": "供水科",
        "name": NAME,
        "source": "own",
        "form": "other",
        "other_form": "公告栏张贴",
    } | changes
    return offweb.fill(town.units["water"], given.pop("by", town.who("water", "author")), **given)


def decided(town, **changes):
    row = fill(town, **changes)
    offweb.review(row, town.who("water", "secrecy_reviewer"), agree=True)
    return offweb.decide(row, town.who("water", "supervising_leader"), agree=True)


def code_of(call, *args, **kwargs):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        call(*args, **kwargs)
    return refused.value.code


def entries():
    return RegisterEntry.objects.filter(facts__item_kind="offweb")


def test_decided_it_stands_in_the_register_and_on_a_sheet(town):
    row = decided(town)
    entry = entries().get()
    assert (entry.kind, entry.title, entry.facts["form"]) == ("other_form", NAME, "公告栏张贴")
    assert [s["person"] for s in entry.facts["signatories"]] == [
        "区水务局 secrecy_reviewer",
        "区水务局 supervising_leader",
    ]
    assert register.hash_of(entry) == entry.hash
    assert decided(town, form="on_request", other_form="").form == "on_request"
    assert entries().filter(kind="on_request").exists() and row.digest


def test_three_people_and_nothing_for_the_web(town):
    row = fill(town)
    author, reviewer = town.who("water", "author"), town.who("water", "secrecy_reviewer")
    leader = town.who("water", "supervising_leader")
    assert code_of(offweb.review, row, author, agree=True) == "not_holder"
    assert code_of(offweb.review, row, town.who("jiuzhou", "secrecy_reviewer"), agree=True) == "not_holder"
    assert code_of(offweb.decide, row, leader, agree=True) == "reviewer_first"
    offweb.review(row, reviewer, agree=True)
    assert code_of(offweb.decide, row, reviewer, agree=True) == "not_holder"
    assert code_of(fill, town, by=leader) == "not_holder"
    assert code_of(fill, town, form="web", other_form="") == "secrecy_offweb"
    stray = SecrecyRow(
        unit=town.units["water"],
        author=leader,
        day=row.day,
        department="a",
        name="b",
        source="own",
        form="on_request",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        stray.save()
    assert not entries().exists()


def test_refused_is_registered_and_unclear_goes_to_the_secrecy_body(town):
    reviewer, body = town.who("water", "secrecy_reviewer"), town.who("water", "secrecy_body")
    offweb.review(fill(town), reviewer, agree=False, remark="含敏感点位")
    assert entries().get().kind == "refused"
    row = fill(town)
    referral = offweb.refer(row, reviewer, "点位是否涉密")
    assert code_of(offweb.review, row, reviewer, agree=True) == "referral_open"
    offweb.conclude(referral, body, verdict="secret", text="属国家秘密。")
    row.refresh_from_db()
    assert row.is_voided and code_of(offweb.review, row, reviewer, agree=False) == "secrecy_void"


def test_whoever_filled_it_in_withdraws_it_before_the_decision(town):
    row = fill(town)
    assert code_of(offweb.withdraw, row, town.who("water", "dedicated"), "") == "not_mine"
    assert offweb.withdraw(row, town.who("water", "author"), "填错").is_voided
    assert code_of(offweb.withdraw, decided(town), town.who("water", "author"), "") == "not_mine"


def test_on_screen_from_the_row_to_the_sheet(client, town):
    def post(post, url, data, unit="water"):
        client.force_login(town.who(unit, post))
        return client.post(url, data, follow=True).content.decode()

    given = {
        "unit": town.units["water"].pk,
        "department": "供水科",
        "name": NAME,
        "source": "own",
        "form": "other",
    }
    wrong = post("author", reverse("secrecy:offweb"), given)
    assert NAME in wrong and not SecrecyRow.objects.filter(name=NAME).exists()  # nothing typed is lost
    post("author", reverse("secrecy:offweb"), given | {"other_form": "公告栏张贴"})
    row = SecrecyRow.objects.get(name=NAME)
    address = reverse("secrecy:row", args=[row.pk])
    client.force_login(town.who("water", "secrecy_reviewer"))
    assert "待我签署" in client.get(reverse("secrecy:rows")).content.decode()
    assert 'name="answer"' in post("secrecy_reviewer", address, {"answer": "refer"})  # without a question
    post("secrecy_reviewer", address, {"answer": "refer", "remark": "点位是否涉密"})
    referral = Referral.objects.get(row=row)
    conclude = reverse("secrecy:conclude", args=[referral.pk])
    post("secrecy_body", conclude, {"verdict": "public", "text": "不涉密。"})
    post("secrecy_reviewer", address, {"answer": "agree"})
    post("supervising_leader", address, {"answer": "agree"})
    assert NAME in post("dedicated", reverse("secrecy:form_row_sheet", args=[row.pk]), {})
    assert sheet_with(row).entries.count() == 1
    client.force_login(town.who("water", "dedicated"))
    assert NAME in client.get(reverse("secrecy:worklist")).content.decode() or sheet_with(row)
    client.force_login(town.who("jiuzhou", "author"))
    assert client.get(address).status_code == 404
    client.force_login(town.who("gov", "reviewer"))
    entry = entries().get()
    assert NAME in client.get(reverse("ledger:entry", args=[entry.number])).content.decode()


def test_the_list_of_rows_is_searched_filtered_and_exported(client, town):
    row = decided(town)
    fill(town, name="另一件", department="排水科", other_form="广播")
    client.force_login(town.who("water", "dedicated"))
    url = reverse("secrecy:rows")
    for query in ("水质季度", "供水科", "公告栏", "secrecy_reviewer"):
        page = client.get(url, {"q": query}).content.decode()
        assert NAME in page and "另一件" not in page, query
    assert "另一件" not in client.get(url, {"state": "agreed"}).content.decode()
    assert NAME not in client.get(url, {"form": "on_request"}).content.decode()
    answer = client.get(url, {"export": "xlsx"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(openpyxl.load_workbook(BytesIO(content)).active.values)
    assert rows[0][:7] == (
        "序号",
        "部门",
        "信息名称",
        "信息来源",
        "发布形式",
        "工作机构或者人员审查意见",
        "主管领导意见",
    )
    said = next(line for line in rows if line[2] == NAME)
    assert said[3:7] == ("本机关、单位制发", "其他：公告栏张贴", "同意", "同意") and row.digest in said
    assert not SheetRow.objects.filter(row=row).exists()
