"""Article 11 in the browser: a leaver with an open session is locked out in that minute, the successor goes on."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.person import Person, send

NEW, OWN_PASSWORD = "huangla.new", "Ziji-Xuan-De-9"


def file_change(person):
    """变更备案 by the unit's 专管人员."""
    page = person.page
    page.goto("/admin/personnel-changes/new/")
    page.select_option("select[name=reason]", "moved")
    leaver = page.locator("select[name=leaver] option", has_text="huangla.author").get_attribute("value")
    page.select_option("select[name=leaver]", leaver)
    page.fill("input[name=successor_name]", "黄腊乡新信息员")
    send(page, page.get_by_role("button", name=re.compile("创建|保存|新增")).last)
    return re.search(r"XXBD-\d{4}-\d{5}", page.inner_text("main"))[0]


def receive(person, number):
    """受理 by the e-gov office; returns the newcomer's first password, shown this once."""
    page = person.page
    page.goto("/admin/personnel-changes/")
    row = page.locator("tr", has_text=number)
    page.goto(row.get_by_role("link").first.get_attribute("href"))
    page.get_by_role("link", name="受理", exact=True).click()
    page.fill("input[name=username]", NEW)
    send(page, page.get_by_role("button", name="受理", exact=True))
    return re.search(r"\w{5}-\w{5}-\w{5}", page.inner_text("body"))[0]


@pytest.mark.article("11")
def test_a_leaver_is_locked_out_of_an_open_session_and_the_successor_has_his_drafts(portal, new_page):
    leaver = Person(new_page(), "huangla.author").log_in()
    draft = leaver.page.locator("section[aria-labelledby=desk-drafts] a").first
    title, address = draft.inner_text(), draft.get_attribute("href")
    leaver.page.goto(address)
    number = file_change(Person(new_page(), "huangla.archive").log_in())
    leaver.page.reload()
    expect(leaver.page).to_have_url(re.compile(re.escape(address)))

    office = Person(new_page(), "dianzhengban.web1").log_in()
    password = receive(office, number)
    expect(office.page.locator("main")).to_contain_text(title)

    leaver.page.reload()
    expect(leaver.page).to_have_url(re.compile("/admin/login/"))
    expect(leaver.page.locator("body")).to_contain_text("第十一条")
    leaver.page.fill("input[name=username]", leaver.username)
    leaver.page.fill("input[name=password]", "Xixiu-Demo-2026")
    send(leaver.page, leaver.page.locator("form [type=submit]").first)
    expect(leaver.page).to_have_url(re.compile("/admin/login/"))

    page = new_page("phone")
    page.goto("/admin/login/")
    page.fill("input[name=username]", NEW)
    page.fill("input[name=password]", password)
    page.click("form [type=submit]")
    page.fill("input[name=old_password]", password)
    page.fill("input[name=new_password1]", OWN_PASSWORD)
    page.fill("input[name=new_password2]", OWN_PASSWORD)
    page.locator("form:has(input[name=old_password]) [type=submit]").first.click()
    page.locator("section[aria-labelledby=desk-drafts] a", has_text=title).first.click()
    expect(page.locator("#id_title")).to_have_value(title)
