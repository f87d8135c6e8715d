"""A township's author with a Word file and no manual: from the menu to a submitted item in under three minutes."""

import base64
import re
import time

import pytest

from tests import word_files
from tests.journeys.person import SHOWN, Person
from tests.journeys.register import Records

MINUTES_ALLOWED = 3
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


DROP = """([name, type, data]) => {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], name, { type }));
    document.querySelector("[data-bring-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""


def drop(page, name, data):
    """A file let go over the page."""
    page.wait_for_load_state(SHOWN)
    page.evaluate(DROP, [name, DOCX, base64.b64encode(data).decode()])


@pytest.mark.article("12")
def test_a_word_file_becomes_a_submitted_item(portal, new_page):
    person = Person(new_page("desktop"), "jiuzhou.author").log_in()
    page, started = person.page, time.monotonic()
    page.get_by_role("link", name="从 Word 导入").first.click()
    drop(page, "通知.docx", word_files.notice())
    page.wait_for_url("**/word/finish/**")
    assert "注意保存" in page.inner_text("main")
    page.select_option("select[name=column]", index=1)
    page.fill("input[name=editor]", "镇党政办")
    page.fill("input[name^=alt-]", "巡查人员检查水表井")
    page.get_by_role("button", name="保存并提交审核").click()
    page.wait_for_url("**/review/submit/**")
    person.submit(int(re.search(r"/submit/(\d+)/", page.url)[1]))
    assert time.monotonic() - started < MINUTES_ALLOWED * 60
    assert "/review/" in page.url
    assert "submit" not in page.url, page.inner_text("main")[:800]
    page.wait_for_load_state(SHOWN)
    assert word_files.TITLE in page.inner_text(".review-title")
    assert Records(portal).turn(word_files.TITLE), "it waits for nobody"
