"""The network of a township is down: from its paper to the public, by the e-gov office's hands (Article 12)."""

import re
from datetime import date

import pytest

from tests.journeys.person import Person, follow, photograph, send
from tests.journeys.register import Records
from tests.journeys.test_main_job import public_text, register_of

UNIT, TITLE, TEXT = "旧州镇", "旧州镇临时停水的紧急告知", "今晚二十时起停水检修。\n请各村提前储水。"
SCAN = {"name": "signed.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
SAID = "旧州镇提供，区电子政务办公室代为发布"


def take_in(page):
    """The stamped form and a stick came by messenger; what is missing is said and loses nothing."""
    page.goto("/admin/intake/")
    page.select_option("#intake-unit", label=UNIT)
    page.wait_for_url(re.compile(r"/admin/intake/unit/\d+/"))
    page.select_option("select[name=author]", index=1)
    page.select_option("select[name=reason]", "network")
    page.select_option("select[name=channel]", "paper")
    page.fill("input[name=title]", TITLE)
    page.select_option("select[name=column]", index=1)
    page.fill("textarea[name=text]", TEXT)
    page.set_input_files("input[name=scan]", SCAN)
    send(page, page.locator(".review-bar button[type=submit]").first)
    assert page.input_value("textarea[name=text]").replace("\r", "") == TEXT
    page.fill("input[name=deliverer]", "办事员甲")
    page.set_input_files("input[name=scan]", SCAN)
    page.click(".review-bar button[type=submit]")
    page.wait_for_url(re.compile(r"/admin/intake/\d+/$"))
    assert "XXDF-" in page.inner_text(".review-facts")


def hand_in(page):
    for select in page.locator("select[name^=harms-]").all():
        select.select_option("否")
    for radio in page.locator("input[type=radio][value='否']").all():
        radio.check()
    page.click(".review-bar button[type=submit]")
    page.wait_for_url(re.compile(r"/admin/review/.*/paper/$"))
    return page.url


def enter(page, papers):
    """One opinion of the unit's own person, typed off the scan."""
    page.goto(papers)
    follow(page, page.locator(".review-finding__acts a").first)
    form = page.locator("form[data-review-form]")
    form.locator("input[name=scan-file]").set_input_files(SCAN)
    form.locator("input[name=scan-signed_on]").fill(date.today().isoformat())
    form.locator("select[name=scan-reason]").select_option("network")
    for fieldset in form.locator("fieldset[data-wanted]").all():
        Person._answer(fieldset)
    for text in form.locator("input[name$=text_9]").all():
        text.fill("无")
    for radio in form.locator("input[type=radio][name$=question_one][value='否']").all():
        radio.check()
    send(page, page.locator(".review-bar button[type=submit]").first)


def verify(page, papers):
    """The second person compares the scan with what was typed."""
    page.goto(papers)
    follow(page, page.locator("tr", has=page.locator(".review-pill--warn")).locator("a").first)
    send(page, page.locator("button[value=verify]"))


@pytest.mark.article("12")
def test_from_paper_to_the_public(portal, new_page):
    records = Records(portal)
    first = Person(new_page("desktop"), "dianzhengban.editor").log_in().page
    take_in(first)
    papers = hand_in(first)
    second = Person(new_page("phone"), "dianzhengban.web1").log_in().page
    for _opinion in range(6):
        turn = records.turn(TITLE)
        if turn is None or turn[1] == "check":
            break
        enter(first, papers)
        verify(second, papers)
        assert records.turn(TITLE) != turn, f"{turn[1]} was not counted"
    _username, opinion = records.turn(TITLE)
    assert opinion == "check"
    Person(new_page("desktop"), "dianzhengban.web2").log_in().open_from_inbox(TITLE).agree()
    assert SAID in public_text(portal, records.address(TITLE))
    assert SAID in register_of(new_page, TITLE)

    leader = Person(new_page("phone"), "jiuzhou.leader").log_in().page  # told, and it was not his hand
    leader.goto("/admin/")
    assert "非本人签批" in leader.inner_text("main") and TITLE in leader.inner_text("main")
    leader.get_by_role("link", name="非本人签批").first.click()
    leader.fill("textarea", "当日不在岗，未签。")
    send(leader, leader.locator("main form button[type=submit]").first)
    assert records.address(TITLE) is None
