"""依申请公开: handed in on the portal without a cookie, read by nobody but its handlers, answered in time."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from letters import handling, receiving
from letters.models import InformationRequest
from regulation.refusals import Refusal
from tests import committed
from tests.journeys import validity
from tests.letter_world import ask, browser, numbers
from tests.organisation_world import holder

pytestmark = pytest.mark.xdist_group("portal")  # its world is made once, by one worker

FACTS = {
    "unit_code": "water",
    "applicant_kind": "citizen",
    "name": "申请人甲",
    "paper_kind": "identity",
    "paper_number": "520402199001010014",
    "telephone": "0851-33000000",
    "email": "reader@example.org",
    "address": "",
    "wanted": "2026 年城区供水管网冲洗的年度计划",
    "medium": "electronic",
    "way": "email",
}


@pytest.fixture
def town(portal, settings, tmp_path, django_db_blocker):
    with committed.turn(portal, settings, tmp_path, django_db_blocker) as made:
        yield made.town


def hand_in(**changes):
    given = {"ticket": receiving.new_ticket()} | FACTS | changes
    return ask("/disclosure/", given)[1]


def received(**changes):
    hand_in(**changes)
    return InformationRequest.objects.latest("number")


def test_a_reader_hands_in_and_follows_his_request(town):
    response, blank = ask("/disclosure/")
    assert response["Cache-Control"] == "no-store" and not response.cookies
    assert validity.complaints(blank) == [] and "区水务局" in blank and "<script>" not in blank
    receipt = hand_in()
    number, code = numbers(receipt)
    assert validity.complaints(receipt) == [] and "已提交，待登记" in receipt
    found = ask("/disclosure/state/", {"number": number, "code": code.lower().replace("-", " ")})[1]
    assert "已提交，待登记" in found and "申请人甲" not in found and FACTS["wanted"] not in found
    kept = InformationRequest.objects.get()
    assert (kept.number, kept.name, kept.unit_code) == (number, "申请人甲", "water")
    assert code.replace("-", "") not in kept.code_digest
    wrong = ask("/disclosure/state/", {"number": number, "code": "AAAA-AAAA-AAAA"})[1]
    assert "不相符" in wrong and "已提交" not in wrong


def test_a_second_click_is_the_same_request(town):
    ticket = receiving.new_ticket()
    assert numbers(hand_in(ticket=ticket)) == numbers(hand_in(ticket=ticket))
    assert InformationRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "请填写此项"),
        ({"paper_number": "520402199001010015"}, "居民身份证号码有误"),
        ({"paper_number": "５２０４０２１９９００１０１００１４"}, "居民身份证号码有误"),
        ({"telephone": "电话"}, "请填写电话号码"),
        ({"email": ""}, "请填写电子邮箱"),
        ({"way": "post"}, "请填写邮寄地址"),
        ({"unit_code": "nowhere"}, "申请没有提交"),
        ({"wanted": "长" * 2001}, "申请没有提交"),
        ({"wanted": "计划\x00'; DROP TABLE letters"}, "申请没有提交"),
        ({"ticket": "forged"}, "请核对后再提交一次"),
        ({"website": "https://spam.example"}, "请核对后再提交一次"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(town, changes, sentence):
    html = hand_in(**changes)
    assert sentence in html and "申请没有提交" in html
    assert ("申请人甲" in html) == ("name" not in changes)
    assert validity.complaints(html.replace("\x00", "")) == []
    assert not InformationRequest.objects.exists()


def test_an_old_form_is_sent_again_without_typing_it_again(town, monkeypatch):
    ticket = receiving.new_ticket()
    monkeypatch.setattr(signing.time, "time", lambda: 4_000_000_000)
    again = hand_in(ticket=ticket)
    fresh = re.search(r'name="ticket" value="([^"]+)"', again)[1]
    assert FACTS["wanted"] in again and fresh != ticket
    assert "申请已收到" in hand_in(ticket=fresh)


def test_ten_a_day_from_one_place(town, settings):
    assert all("申请已收到" in hand_in() for _ in range(10))
    assert "已达上限" in hand_in()
    settings.TRUSTED_PROXIES = 1
    other = {"ticket": receiving.new_ticket()} | FACTS
    assert "申请已收到" in ask("/disclosure/", other, HTTP_X_FORWARDED_FOR="forged, 192.0.2.7")[1]
    assert not InformationRequest.objects.filter(sender__contains="192.0.2.7").exists()


def test_traditional_characters_keep_their_script(town):
    _response, blank = ask("/hant/disclosure/")
    assert 'action="/hant/disclosure/"' in blank and "政府信息公開申請" in blank
    receipt = ask("/hant/disclosure/", {"ticket": receiving.new_ticket()} | FACTS)[1]
    assert "申請已收到" in receipt
    assert InformationRequest.objects.get().name == FACTS["name"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM letters_informationrequest",
        "SELECT * FROM letters_requeststep",
        "INSERT INTO letters_requeststep (kind, request_id, person_id) SELECT 'answered', gen_random_uuid(), 1",
        "DELETE FROM letters_informationrequest",
    ],
)
def test_the_public_process_reads_no_request(town, as_role, statement):
    with as_role("public"), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE letters_informationrequest SET name = ''", "DELETE FROM letters_requeststep"]
)
def test_nothing_received_is_changed(town, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_gov_office_sees_all_and_a_unit_its_own(town):
    item = received()
    assert item in handling.seen_by(town.who("gov", "reviewer"))
    assert item in handling.seen_by(town.who("water", "dedicated"))
    assert item not in handling.seen_by(town.who("jiuzhou", "dedicated"))
    assert item not in handling.seen_by(town.who("egov", "reviewer"))
    assert item not in handling.seen_by(town.who("water", "author"))


def refused(*args, **kwargs):
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        handling.take_step(*args, **kwargs)
    return refusal.value


def test_steps_in_their_order_and_an_extension_by_a_leader_alone(town):
    item, clerk, leader = received(), town.who("water", "dedicated"), town.who("water", "branch_leader")
    assert refused(item.pk, town.who("jiuzhou", "dedicated"), "accepted").code == "not_yours"
    assert refused(item.pk, clerk, "answered", "open", "见附件").code == "step"
    handling.take_step(item.pk, clerk, "accepted")
    assert refused(item.pk, clerk, "extended", note="需征求意见").article == "5"
    handling.take_step(item.pk, leader, "extended", note="需征求第三方意见")
    assert refused(item.pk, leader, "extended", note="再延").code == "step"
    handling.take_step(item.pk, clerk, "answered", "partly", "已发送至您的邮箱")
    assert refused(item.pk, clerk, "closed", note="撤回").code == "step"
    html = ask("/disclosure/state/", {"number": item.number, "code": receiving.code_of(item.pk)})[1]
    assert "部分公开" in html and "已发送至您的邮箱" in html and "答复期限</dt>" not in html
    assert clerk.name not in html


def test_what_is_in_hand_stands_on_its_handlers_desk(town):
    item = received()
    shown = lambda *who: item.number in browser(town.who(*who)).get("/admin/").content.decode()  # noqa: E731
    assert shown("water", "dedicated") and shown("gov", "reviewer")
    assert not shown("jiuzhou", "dedicated") and not shown("water", "author")
    handling.take_step(item.pk, town.who("water", "dedicated"), "closed", note="申请人撤回")
    assert not shown("water", "dedicated")


def test_screens_of_the_handlers(town, django_assert_max_num_queries):
    item = received()
    for _ in range(3):
        hand_in()
    clerk = browser(town.who("water", "dedicated"))
    address = reverse("letters:request", args=[item.number])
    with django_assert_max_num_queries(40):
        listed = clerk.get(reverse("letters:index")).content.decode()
    assert item.number in listed and "区水务局" in listed and item.term.due.isoformat() in listed
    shown = clerk.get(address).content.decode()
    assert FACTS["wanted"] in shown and FACTS["paper_number"] in shown and "延长答复期限" not in shown
    kept = clerk.post(address, {"kind": "asked", "note": ""}).content.decode()
    assert "review-error" in kept and not item.steps.exists()
    assert clerk.post(address, {"kind": "accepted"}).status_code == 302
    assert [step.kind for step in item.steps.all()] == ["accepted"]
    assert browser(town.who("jiuzhou", "dedicated")).get(address).status_code == 404
    assert browser(town.who("water", "author")).get(reverse("letters:index")).status_code == 302


def test_the_list_is_narrowed_and_its_export_names_nobody(town):
    first, clerk = received(), town.who("water", "dedicated")
    handling.take_step(first.pk, clerk, "closed", note="申请人撤回")
    second = received(name="申请人乙")
    gov = browser(holder(town.units["gov"], "reviewer", "政务公开股"))
    rows = gov.get(reverse("letters:index"), {"state": "open"}).content.decode()
    assert second.number in rows and first.number not in rows
    ended = gov.get(reverse("letters:index"), {"state": "ended"}).content.decode()
    assert first.number in ended and second.number not in ended
    found = gov.get(reverse("letters:index"), {"q": "申请人乙"}).content.decode()
    assert second.number in found and first.number not in found
    export = b"".join(gov.get(reverse("letters:index"), {"export": "csv"}).streaming_content).decode()
    assert first.number in export and "申请人乙" not in export and "区水务局" in export


def test_overdue_is_said(town, monkeypatch):
    item = received()
    late = item.term.due + timedelta(days=30)
    monkeypatch.setattr(
        "letters.clock.timezone.localdate", lambda moment=None: moment.date() if moment else late
    )
    listed = browser(town.who("water", "reviewer")).get(reverse("letters:index")).content.decode()
    assert "已超期" in listed
