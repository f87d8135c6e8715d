"""Every screen of the admin opens without a word in the browser's console: no blocked script, no failed request.

The policy against foreign scripts (config/settings/admin.py, config/inline_scripts.py) is judged by what the
browser itself reports. Each person opens the screens of his post.
"""

import re

import pypdfium2
import pytest

from tests.journeys.person import Person
from tests.journeys.register import Records
from tests.journeys.watching import Watch

ITEM = "旧州古镇灯会安排"
IDS = """
    SELECT p.id, f.id, c.submission_id FROM wagtailcore_page p
    JOIN wagtailcore_page f ON p.path LIKE f.path || '%%' AND f.depth = p.depth - 1
    JOIN review_case c ON c.page_id = p.id WHERE p.title = %s LIMIT 1"""
STRUCTURE = """
    SELECT (SELECT page_ptr_id FROM home_homepage LIMIT 1), (SELECT page_ptr_id FROM home_columnpage LIMIT 1),
    (SELECT id FROM organisation_unit WHERE code = 'jiuzhou'), (SELECT min(id) FROM organisation_appointment),
    (SELECT id FROM organisation_user WHERE username = 'jiuzhou.author')"""
LIBRARY = """
    SELECT (SELECT id FROM home_portalimage WHERE collection_id = l.collection_id LIMIT 1),
    (SELECT id FROM home_portaldocument WHERE collection_id = l.collection_id LIMIT 1)
    FROM home_unitlibrary l JOIN organisation_unit u ON u.id = l.unit_id WHERE u.code = %s"""

AUTHOR = """/ /pages/ /pages/{face}/ /pages/{face}/add_subpage/ /pages/{face}/edit/
    /pages/add/home/informationpage/{face}/ /pages/add/home/policypage/{face}/ /pages/{item}/edit/
    /pages/{item}/history/ /pages/{item}/usage/ /pages/{item}/copy/ /pages/{item}/workflow_history/
    /pages/search/?q=灯会 /images/ /images/add/ /images/multiple/add/ /documents/ /documents/add/
    /documents/multiple/add/ /reports/workflow/ /reports/workflow_tasks/ /reports/site-history/
    /reports/aging-pages/ /account/ /change-password/ /review/ /review/done/
    /review/mine/ /review/page/{item}/ /review/{case}/ /review/{case}/chain/ /secrecy/sheets/ /register/
    /desk/plan/ /notices/"""
KEEPER = "/secrecy/seal/ /secrecy/body/ /secrecy/rows/ /secrecy/destructions/ /images/{image}/ /documents/edit/{document}/"
KEEPER += " /disclosure/ /mailbox/"
OFFICE = """/ /pages/{home}/edit/ /pages/add/home/columnpage/{home}/ /pages/{column}/edit/ /pages/{home}/
    /review/online/ /review/taken-down/ /workflows/list/ /workflows/tasks/index/ /organisation-units/
    /organisation-units/new/ /organisation-units/inspect/{unit}/ /organisation-units/rename/{unit}/
    /organisation-units/history/{unit}/ /appointments/ /appointments/new/ /appointments/inspect/{appointment}/
    /delegations/ /delegations/new/ /password-resets/ /password-resets/new/ /users/ /users/new/
    /users/edit/{user}/ /register/ /localize/reports/translations/"""
LISTS = """/register/ /secrecy/rows/ /secrecy/sheets/ /mailbox/ /disclosure/ /desk/plan/ /notices/ /review/done/"""
CUT_OFF = """() => [...document.querySelectorAll('table')].filter(table => {
    if (table.getBoundingClientRect().right <= window.innerWidth + 1) return false;
    for (let box = table.parentElement; box; box = box.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return false;
    return true;
}).length"""
TECHNICIAN = "/ /pages/ /groups/ /sites/ /locales/ /users/ /reports/locked/"
ROUNDS = (
    ("jiuzhou.author", AUTHOR),
    ("zhengfuban.archive", KEEPER),
    ("dianzhengban.author", OFFICE),
    ("dianzhengban.web1", OFFICE),
    ("admin", TECHNICIAN),
)


@pytest.fixture
def places(portal):
    records = Records(portal)
    item, face, case = records.first(IDS, ITEM)
    home, column, unit, appointment, user = records.first(STRUCTURE)
    image, document = records.first(LIBRARY, "zhengfuban")
    return {
        "item": item, "face": face, "case": case, "home": home, "column": column, "unit": unit,
        "appointment": appointment, "user": user, "image": image, "document": document,
    }  # fmt: skip


def visit(page, path):
    answer = page.goto(f"/admin{path}", wait_until="load")
    page.wait_for_function("document.body.classList.contains('ready')")
    return answer


def test_no_screen_complains(places, new_page):
    problems = []
    for username, screens in ROUNDS:
        page = new_page()
        watch = Watch(page)
        Person(page, username).log_in()
        for path in screens.format(**places).split():
            visit(page, path)
        page.wait_for_load_state("networkidle")
        problems += [f"{username} {problem}" for problem in watch.problems]
    assert problems == []


def test_no_column_of_a_list_is_out_of_reach_on_a_phone(new_page):
    page = new_page("phone")
    Person(page, "jiuzhou.archive").log_in()
    cut = {}
    for path in LISTS.split():
        visit(page, path)
        if number := page.evaluate(CUT_OFF):
            cut[path] = number
    assert cut == {}


@pytest.mark.article("10")
def test_a_list_goes_on_paper_whole_and_alone(new_page):
    """Wagtail's frame is a window that scrolls inside: on paper it would show its first sheet, half under the menu."""
    page = new_page()
    Person(page, "jiuzhou.author").log_in()
    visit(page, "/desk/plan/")
    page.emulate_media(media="print")
    assert not page.is_visible("#wagtail-sidebar") and not page.is_visible(".persons-filter")
    paper = pypdfium2.PdfDocument(page.pdf(format="A4", landscape=True))
    words = "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    columns = page.eval_on_selector_all("main tbody th", "cells => cells.map(cell => cell.innerText)")
    assert len(paper) > 1 and len(columns) > 40
    squeezed = re.sub(r"\s", "", words)
    assert [name for name in columns if re.sub(r"\s", "", name) not in squeezed] == []


@pytest.mark.article("20")
def test_the_chrome_is_the_portals(new_page):
    """Log-in and start page carry the portal's name and mark, no foreign link, no English word but a program's name."""
    page = new_page()
    page.goto("/admin/login/")
    assert "西秀区人民政府门户网站" in page.inner_text("main")
    Person(page, "jiuzhou.author").log_in()
    page.wait_for_selector("#wagtail-sidebar nav")
    assert page.title().endswith("西秀区人民政府门户网站")
    assert page.locator("#wagtail-sidebar img[src$='portal/mark.svg']").count() == 1
    foreign = page.eval_on_selector_all("a[href^=http]", "links => links.map(a => a.href)")
    assert [link for link in foreign if "//localhost" not in link] == []
    words = page.inner_text("body").replace("jiuzhou.author", "").replace("Word", "")
    assert re.findall(r"[A-Za-z]{3,}", words) == []
