"""封存 to the end: found, closed to everyone, confirmed, and destroyed before two witnesses (Articles 13, 19)."""

import pytest

from tests.journeys.person import Person, follow, send
from tests.journeys.register import Records

TITLE = "黄腊乡高山蔬菜上市"
LEFT = "SELECT count(*) FROM publication_submission WHERE position(convert_to(%s, 'UTF8') IN document) > 0"


def says_nothing(page, *addresses):
    for address in addresses:
        page.goto(address)
        assert TITLE not in page.content(), address


def sign(page, button):
    send(page, page.locator("main button[type=submit]", has_text=button))


def open_destruction(page):
    page.goto("/admin/secrecy/destructions/")
    follow(page, page.locator("main table a").first)
    assert TITLE not in page.content()
    return page


@pytest.mark.article("13")
def test_from_the_finding_to_the_destruction(portal, new_page):
    records = Records(portal)
    page_id, unit = records.draft(TITLE)
    author = Person(new_page("desktop"), f"{unit}.author").log_in().submit(page_id)
    reviewer = Person(new_page("phone"), f"{unit}.secrecy").log_in().open_from_inbox(TITLE)
    reviewer.press("发现涉密", "见封存件。")
    assert records.status(TITLE) == "quarantined"

    search = "/admin/pages/search/?q=高山蔬菜"  # a part of it: the page repeats what was asked
    says_nothing(author.page, "/admin/", search, f"/admin/pages/{page_id}/edit/", "/admin/review/mine/")
    says_nothing(reviewer.page, "/admin/", "/admin/review/", search)
    registrar = Person(new_page("desktop"), "dianzhengban.registrar").log_in().page
    says_nothing(registrar, "/admin/", "/admin/register/", search, "/admin/reports/site-history/")

    body = Person(new_page("desktop"), f"{unit}.archive").log_in().page
    body.goto("/admin/secrecy/body/")
    body.get_by_role("link", name=TITLE).first.click()
    body.check("input[name=conclusion][value=confirmed]")
    body.fill("textarea[name=text]", "属国家秘密。")
    sign(body, "签署")
    body.fill("textarea[name=grounds]", "无保存必要")
    body.fill("textarea[name=carriers]", "无纸质件")
    sign(body, "提请批准销毁")

    leader = open_destruction(Person(new_page("phone"), f"{unit}.leader").log_in().page)
    leader.check("input[name=approve][value=yes]")
    sign(leader, "签署")
    first = open_destruction(Person(new_page("phone"), f"{unit}.reviewer").log_in().page)
    sign(first, "监销签字")
    assert records.first(LEFT, TITLE) == (1,)
    second = open_destruction(Person(new_page("desktop"), "dianzhengban.security").log_in().page)
    sign(second, "监销签字")
    assert "已销毁" in second.inner_text("main") and "监销人" in second.inner_text("main")

    assert records.first(LEFT, TITLE) == (0,)
    body.goto("/admin/secrecy/body/")
    assert TITLE not in body.content() and "已销毁" in body.inner_text("main")
    portal.manage("work", "--once")
    proof = portal.manage("verify")
    assert proof.returncode == 0, proof.stdout
