"""The editor's screen, used as a township's author uses it: title, words, a picture, a table, the preview, the hand-in."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from tests.journeys.person import SHOWN, Person, photograph
from tests.journeys.register import Records

TITLE = "旧州镇粽子节活动安排"
WORDS = "活动定于六月举行，欢迎市民参加。"
ADDER = "插入内容块"


def add_block(page, place, name):
    """The plus sign after the `place`-th block, and the kind of block from its list."""
    page.get_by_title(ADDER).nth(place).click()
    page.locator("[role=option]", has_text=name).first.click()


def write(page, words):
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type(words)


def choose_picture(page, describes):
    """Uploads a photograph in the chooser; its description becomes the alternative text."""
    page.wait_for_load_state(SHOWN)
    page.locator("[data-chooser-action-choose]:visible").first.click()
    page.locator(".modal [role=tab]", has_text="上传").click(timeout=60_000)
    picture = {"name": "古镇.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    page.locator(".modal input[type=file]").set_input_files(picture)
    expect(page.locator(".modal input[name$=title]")).to_have_value("古镇")
    page.locator(".modal input[name$=description]").fill(describes)
    page.locator(".modal form [type=submit]").last.click()
    page.locator(".modal").wait_for(state="detached")


def open_menu(opener, entry, tries=5):
    """The menu's entry; a click while the page still grows opens nothing, and is made again as a person would."""
    for _ in range(tries):
        opener.click()
        with suppress(PlaywrightTimeout):
            entry.wait_for(timeout=5_000)
            break
    return entry


def type_table(page, caption, cells):
    """One column of text with a heading."""
    page.locator("input[name$=value-caption]").last.fill(caption)
    open_menu(page.get_by_role("button", name="添加列"), page.get_by_role("button", name="正文").last).click()
    heading, *rows = cells
    page.locator("input[name*=-column-][name$=-heading]").last.fill(heading)
    for number, words in enumerate(rows):
        page.get_by_role("button", name="添加行").click()
        page.locator(f"[name$='table-cell-{number}-0']").fill(words)


@pytest.mark.article("12")
@pytest.mark.article("13")
def test_an_item_written_in_the_editor(portal, new_page):
    author = Person(new_page("desktop"), "jiuzhou.author").log_in()
    page = author.page
    page.get_by_role("link", name="写一条信息").first.click()
    page.get_by_role("link", name="信息", exact=True).first.click()
    page.wait_for_url("**/pages/add/**")
    page.fill("#id_title", TITLE)
    page.select_option("#id_column", index=1)
    add_block(page, 0, "正文")
    write(page, WORDS)
    add_block(page, 1, "图片")
    choose_picture(page, "旧州古镇街景")
    add_block(page, 2, "表格")
    type_table(page, "活动日程", ["安排", "上午九时开幕", "下午三时包粽子比赛"])

    page.get_by_label("预览开关").first.click()
    preview = page.frame_locator("iframe[title*=预览]").first
    preview.locator("h1", has_text=TITLE).wait_for()
    assert WORDS in preview.locator("main").inner_text()
    assert "下午三时包粽子比赛" in preview.locator("main table").inner_text()
    assert preview.locator("main img").first.get_attribute("alt") == "旧州古镇街景"

    page.locator("[name=action-portal-submit]").first.click()
    page.wait_for_url("**/review/submit/**")
    author.submit(int(re.search(r"/submit/(\d+)/", page.url)[1]))
    page.wait_for_load_state(SHOWN)
    assert TITLE in page.inner_text(".review-title")
    assert Records(portal).turn(TITLE), "it waits for nobody"
