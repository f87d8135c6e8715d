"""The demo's tables and texts fit together, without a database."""

from collections import Counter

import pytest

from demo import logins, papers, pictures, texts
from demo.acting import STATES
from demo.data import columns, organisation
from demo.data.tables import TABLES
from demo.regulation_text import article_lines, regulation_blocks
from organisation.posts import POSTS
from regulation import source
from review.models.pages import GovernmentCategory
from review.reasons import RETURN_REASONS
from review.routes import OPINIONS

ITEMS = texts.read_all()
EVERY = (*ITEMS, *texts.read_legacy())
KINDS = {unit.code: unit.kind for unit in organisation.UNITS}
COLUMNS = dict(columns.walk())


def test_at_least_sixty_items_over_all_six_routes():
    assert len(ITEMS) >= 60
    assert set(Counter(item.route for item in ITEMS)) == set(texts.ROUTES)


def test_every_state_is_shown():
    assert {item.state.partition(":")[0] for item in ITEMS} == set(STATES)
    waiting = {item.state.partition(":")[2] for item in ITEMS} - {""}
    assert waiting == {"secrecy", "leader_opinion", "review", "approval", "seal", "check"}
    assert waiting <= set(OPINIONS)


def test_keys_and_titles_are_unique():
    assert not [key for key, times in Counter(item.key for item in EVERY).items() if times > 1]
    assert not [title for title, times in Counter(item.title for item in EVERY).items() if times > 1]


@pytest.mark.article("17")
@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.key)
def test_an_item_stands_where_its_unit_may_publish(item):
    column = COLUMNS[item.column]
    allowed = {column.unit, *column.units}
    assert item.unit in allowed or KINDS[item.unit] in column.kinds


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_an_item_has_what_its_state_and_route_need(item):
    assert item.summary and (item.paragraphs or item.get("body"))
    if item.route == "government":
        assert item.get("category") in GovernmentCategory.values
    if item.route == "reprint":
        assert item.get("source") and item.get("source_date") and item.get("source_url")
    if item.state in ("returned", "resubmitted"):
        assert item.get("reason") in dict(RETURN_REASONS) and item.get("remark")
    if item.state in ("corrected", "resubmitted"):
        assert item.get("change_from") in "\n".join(item.paragraphs)
        assert item.get("change_to") not in "\n".join(item.paragraphs)


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.key)
def test_pictures_and_spreadsheets_exist(item):
    if item.get("picture"):
        kind, _, alt = item.get("picture").partition(" ")
        assert kind in pictures.KINDS and alt
    for line in item.attachments:
        kind, _, title = line.partition(" ")
        assert kind == "pdf" or title in TABLES


@pytest.mark.article("9")
def test_every_column_has_a_responsible_unit():
    assert len(COLUMNS) >= 60
    assert {row.unit for row in COLUMNS.values()} <= set(KINDS)
    assert {path for _, path, _, _ in columns.SECTIONS} <= set(COLUMNS)


def test_every_unit_can_take_all_its_steps():
    needed = {"author", "reviewer", "secrecy_reviewer", "branch_leader", "supervising_leader", "archivist"}
    needed |= {"dedicated", "secrecy_body"}
    kinds = {row.code: row.kinds for row in POSTS}
    for unit in organisation.UNITS:
        held = {post for person in organisation.staff_of(unit) for post in person.posts}
        held |= {post for code, post in (*organisation.CONCURRENT, *organisation.VACANT) if code == unit.code}
        assert needed <= held, unit.name
        assert not [post for post in held if kinds[post] and unit.kind not in kinds[post]]


def test_the_egov_office_has_two_web_managers():
    """Whoever reviews a reprint of the office's own cannot check it as well."""
    staff = organisation.STAFF["egov_office"]
    assert sum("web_manager" in person.posts for person in staff) == 2


def test_the_regulation_is_published_whole():
    stored = [value for kind, value in regulation_blocks() if kind != "table"]
    words = "".join(stored).replace("<p>", "").replace("</p>", "").replace("　", "")
    for number in map(str, range(1, 26)):
        for line in article_lines(number):
            assert line.replace("　", "") in words
    assert all(note in words for note in source.attachment_notes())


@pytest.mark.parametrize("kind", pictures.KINDS)
def test_a_picture_is_drawn_the_same_every_time(kind):
    assert pictures.draw(kind, "a") == pictures.draw(kind, "a") != pictures.draw(kind, "b")


def test_papers_are_the_same_every_time():
    assert papers.xlsx("部门预算公开目录") == papers.xlsx("部门预算公开目录")
    assert papers.pdf("报名表") == papers.pdf("报名表")


def test_readme_lists_every_login_freshly():
    assert logins.README.read_text(encoding="utf-8") == logins.readme(), "run manage.py demo_logins"


def test_the_printed_table_is_short_and_real():
    lines: list[str] = []
    logins.print_table(lines.append)
    assert len(lines) == len(logins.SHORT) + 2
    assert len({login.username for login in logins.rows()}) == len(list(logins.rows()))
