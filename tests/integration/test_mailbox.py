"""区长信箱: a letter without a cookie, passed on, answered in five days, public only by route (5) (Article 14(5))."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from home.models import InformationPage
from letters import receiving
from mailbox import handling, selecting
from mailbox.models import Letter, LetterStep
from publication.models import Publication
from regulation.refusals import Refusal
from tests import committed, factories
from tests.journeys import validity
from tests.letter_world import ask, browser, numbers

pytestmark = pytest.mark.xdist_group("portal")  # its world is made once, by one worker

FACTS = {
    "box": "leader",
    "kind": "advice",
    "unit_code": "",
    "title": "建议增设路灯",
    "text": "东关老街没有路灯，请增设。我是来信人甲，电话13800000000。",
    "name": "来信人甲",
    "telephone": "13800000000",
    "consent": "yes",
}
REPLY = "已安排增设路灯，本月内完成。咨询电话0851-33000000。"


@pytest.fixture
def town(portal, settings, tmp_path, django_db_blocker):
    with committed.turn(portal, settings, tmp_path, django_db_blocker) as made:
        yield made.town


def hand_in(**changes):
    return ask("/mailbox/", {"ticket": receiving.new_ticket()} | FACTS | changes)[1]


def received(**changes):
    assert "来信已收到" in hand_in(**changes)
    return Letter.objects.latest("number")


def seen(letter, user):
    return handling.seen_by(user).get(pk=letter.pk)


def step(town, letter, unit, post, kind, **more):
    return handling.take_step(letter.pk, town.who(unit, post), kind, **more)


def answered(town, **changes):
    letter = received(**changes)
    step(town, letter, "egov", "web_editor", "passed", unit_code="water")
    step(town, letter, "water", "dedicated", "replied", note=REPLY)
    return seen(letter, town.who("water", "dedicated"))


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        act(*args, **kwargs)
    return refusal.value


def test_a_citizen_writes_and_reads_the_answer_with_his_code(town):
    response, blank = ask("/mailbox/")
    assert response["Cache-Control"] == "no-store" and not response.cookies
    assert validity.complaints(blank) == [] and "区水务局" in blank and "<script>" not in blank
    receipt = hand_in()
    number, code = numbers(receipt)
    assert validity.complaints(receipt) == [] and "已提交，待受理" in receipt and "答复期限" in receipt
    letter = Letter.objects.get(number=number)
    step(town, letter, "egov", "web_editor", "passed", unit_code="water")
    step(town, letter, "water", "branch_leader", "replied", note=REPLY)
    found = ask("/mailbox/state/", {"number": number, "code": code})[1]
    assert REPLY in found and "转办" in found
    assert FACTS["title"] not in found and FACTS["name"] not in found
    wrong = ask("/mailbox/state/", {"number": number, "code": "AAAA-AAAA-AAAA"})[1]
    assert "不相符" in wrong and REPLY not in wrong


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "请填写此项"),
        ({"consent": ""}, "请填写此项"),
        ({"telephone": "电话"}, "请填写电话号码"),
        ({"text": "短"}, "请写得具体一些"),
        ({"text": "长" * 2001}, "请写在 2000 个字以内"),
        ({"unit_code": "nowhere"}, "来信没有提交"),
        ({"title": "长" * 61}, "来信没有提交"),
        ({"text": "计划\x00'; DROP TABLE mailbox_letter"}, "来信没有提交"),
        ({"ticket": "forged"}, "请核对后再提交一次"),
        ({"website": "https://spam.example"}, "请核对后再提交一次"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(town, changes, sentence):
    html = hand_in(**changes)
    assert sentence in html and "来信没有提交" in html
    assert ("来信人甲" in html) == ("name" not in changes or "text" not in changes)
    assert not Letter.objects.exists()


def test_a_second_click_is_the_same_letter_and_ten_a_day_are_enough(town):
    ticket = receiving.new_ticket()
    assert numbers(hand_in(ticket=ticket)) == numbers(hand_in(ticket=ticket))
    assert all("来信已收到" in hand_in() for _ in range(9))
    assert "已达上限" in hand_in()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM mailbox_letter",
        "SELECT * FROM mailbox_letterstep",
        "INSERT INTO mailbox_letterstep (kind, letter_id, person_id) SELECT 'replied', gen_random_uuid(), 1",
        "DELETE FROM mailbox_letter",
    ],
)
def test_the_public_process_reads_no_letter(town, as_role, statement):
    with as_role("public"), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE mailbox_letter SET name = ''", "DELETE FROM mailbox_letterstep"]
)
def test_nothing_received_is_changed(town, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_offices_see_all_and_a_unit_what_it_has(town):
    letter, named = received(), received(unit_code="water")

    def sees(unit, post):
        return set(handling.seen_by(town.who(unit, post)))

    assert letter != named
    assert sees("egov", "web_editor") == sees("gov", "reviewer") == {letter, named}
    assert sees("jiuzhou", "dedicated") == set() and sees("water", "dedicated") == {named}
    assert sees("water", "author") == set()
    step(town, named, "water", "dedicated", "passed", unit_code="jiuzhou", note="在镇区内")
    assert sees("jiuzhou", "dedicated") == {named} and sees("water", "dedicated") == set()


def test_steps_in_their_order_and_by_whom_they_are(town):
    letter = received(unit_code="water")
    clerk = town.who("water", "dedicated")
    assert refused(handling.take_step, letter.pk, clerk, "closed", note="不属").code == "step"
    assert refused(handling.take_step, letter.pk, clerk, "passed", unit_code="nowhere").code == "unit"
    assert (
        refused(handling.take_step, letter.pk, town.who("jiuzhou", "dedicated"), "replied").code
        == "not_yours"
    )
    step(town, letter, "egov", "web_editor", "accepted")
    handling.take_step(letter.pk, clerk, "replied", note=REPLY)
    assert refused(handling.take_step, letter.pk, clerk, "replied", note="再答").article == "14(5)"
    assert not seen(letter, clerk).term.open


def test_overdue_is_red_for_its_handlers(town, monkeypatch):
    letter = received(unit_code="water")
    late = letter.term.due + timedelta(days=10)
    monkeypatch.setattr(
        "letters.clock.timezone.localdate", lambda moment=None: moment.date() if moment else late
    )
    clerk = browser(town.who("water", "dedicated"))
    assert "已超期" in clerk.get(reverse("mailbox:index")).content.decode()
    assert "review-pill--bad" in clerk.get(reverse("mailbox:letter", args=[letter.number])).content.decode()


@pytest.mark.article("14(5)")
def test_a_letter_is_public_only_after_the_leaders_approval_and_without_its_writer(town):
    letter = answered(town)
    page = selecting.select(letter, town.who("water", "dedicated"), town.who("water", "author"))
    column = factories.column(town)
    type(column).objects.update(column_type="咨询投诉")
    draft = page.get_latest_revision_as_object()
    assert draft.title == FACTS["title"] and "来信人甲" not in str(draft.body)
    assert "13800000000" not in str(draft.body) and "138****0000" in str(draft.body)
    draft.column = column
    draft.save_revision(user=town.who("water", "author"))
    case = factories.submit(page, town.who("water", "author"))
    assert case.route == "interactive"
    while case.is_open:
        assert not Publication.objects.open().filter(object_id=page.object_id).exists()
        factories.sign_next(town, case)
        case.refresh_from_db()
    public = Publication.objects.open().get(object_id=page.object_id)
    html = ask(public.path)[1]
    assert "增设路灯" in html and "来信人甲" not in html and "13800000000" not in html


def test_no_selection_without_consent_or_for_a_stranger(town):
    clerk, author = town.who("water", "dedicated"), town.who("water", "author")
    unwilling = answered(town, consent="no")
    assert refused(selecting.select, unwilling, clerk, author).code == "consent"
    letter = answered(town)
    assert refused(selecting.select, letter, clerk, town.who("jiuzhou", "author")).code == "author"
    waiting = received(unit_code="water")
    assert refused(selecting.select, seen(waiting, clerk), clerk, author).code == "step"
    assert not InformationPage.objects.filter(title=FACTS["title"]).exists()


def test_screens_of_the_handlers(town, django_assert_max_num_queries):
    letter = received()
    for _ in range(3):
        hand_in(title="水管漏水")
    editor, clerk = browser(town.who("egov", "web_editor")), browser(town.who("water", "dedicated"))
    address = reverse("mailbox:letter", args=[letter.number])
    with django_assert_max_num_queries(40):
        listed = editor.get(reverse("mailbox:index")).content.decode()
    assert letter.number in listed and letter.term.due.isoformat() in listed
    assert clerk.get(address).status_code == 404
    kept = editor.post(address, {"kind": "passed", "note": "请办理"}).content.decode()
    assert "review-error" in kept and "请办理" in kept and not LetterStep.objects.exists()
    assert editor.post(address, {"kind": "passed", "unit_code": "water"}).status_code == 302
    assert FACTS["title"] in browser(town.who("water", "dedicated")).get("/admin/").content.decode()
    assert FACTS["text"] in clerk.get(address).content.decode()
    assert clerk.post(address, {"kind": "replied", "note": REPLY}).status_code == 302
    assert clerk.post(address, {"author": town.who("water", "author").pk}).status_code == 302
    assert LetterStep.objects.latest("pk").kind == "selected"
    page = InformationPage.objects.get(pk=LetterStep.objects.latest("pk").page_id)
    assert page.owner == town.who("water", "author") and not page.live
    assert browser(town.who("water", "author")).get(reverse("mailbox:index")).status_code == 302


def test_the_export_names_nobody(town):
    letter = received()
    editor = browser(town.who("egov", "web_editor"))
    export = b"".join(editor.get(reverse("mailbox:index"), {"export": "csv"}).streaming_content).decode()
    assert letter.number in export and "来信人甲" not in export and FACTS["title"] not in export


def test_the_list_is_narrowed_and_searched(town):
    answered(town)
    second = received(box="advice", title="水管漏水")
    editor = browser(town.who("egov", "web_editor"))

    def listed(**query):
        html = editor.get(reverse("mailbox:index"), query).content.decode()
        return ("建议增设路灯" in html, second.title in html)

    assert listed() == (True, True)
    assert listed(state="open") == listed(box="advice") == listed(q="漏水") == (False, True)
    assert listed(state="ended") == listed(kind="advice", box="leader") == (True, False)
    assert listed(q=second.number) == (False, True)
