"""A log-in that expires and a portal that stands still while an author writes: the words stay, and are sent later."""

from playwright.sync_api import expect

from tests.journeys.person import Person

TYPED = "写到一半的稿子"


def test_an_expired_log_in_and_a_restart_cost_no_word(portal, new_page):
    author = Person(new_page("desktop"), "jiuzhou.author").log_in()
    page = author.page
    page.get_by_role("link", name="写一条信息").first.click()
    page.get_by_role("link", name="信息", exact=True).first.click()
    page.wait_for_url("**/pages/add/**")
    page.fill("#id_title", TYPED)
    save = page.locator("[name=action-portal-submit]").first
    dialog = page.locator("dialog[open]")

    page.context.clear_cookies()
    save.click()
    expect(dialog).to_contain_text("已退出登录")
    with page.context.expect_page() as opened:
        dialog.get_by_role("link").click()
    again = Person(opened.value, author.username)
    again.log_in()
    opened.value.close()
    expect(page.locator("#id_title")).to_have_value(TYPED)

    page.route("**/desk/present/", lambda route: route.abort())
    dialog.get_by_role("button", name="再次发送").click()
    expect(dialog).to_contain_text("没有应答")
    page.unroute("**/desk/present/")
    dialog.get_by_role("button", name="再次发送").click()
    page.wait_for_url("**/review/submit/**")
    page.go_back()
    expect(page.locator("#id_title")).to_have_value(TYPED)
