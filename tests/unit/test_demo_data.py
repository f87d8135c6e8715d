"""The demo's tables and texts fit together, without a database."""

from collections import Counter

import pypdfium2
import pytest

from checks import engine
from checks.findings import Kind, Part
from demo import logins, papers, pictures, texts
from demo.acting import STATES
from demo.content import PAPERS
from demo.data import columns, organisation
from demo.data.tables import CHARTS, TABLES
from demo.regulation_text import article_lines, regulation_blocks
from home import charts
from organisation.posts import POSTS
from regulation import source
from review.models.pages import GovernmentCategory
from review.reasons import RETURN_REASONS
from review.routes import OPINIONS
from tests.labelled_sentences import shipped_words

ITEMS = texts.read_all()
LEGACY = texts.read_legacy()
EVERY = (*ITEMS, *LEGACY)
PUBLIC = [item for item in EVERY if item.state in ("published", "corrected", "restored")]
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
def test_pictures_tables_and_attachments_exist(item):
    if item.get("picture"):
        kind, _, alt = item.get("picture").partition(" ")
        assert kind in pictures.KINDS and alt
    for line in item.attachments:
        kind, _, title = line.partition(" ")
        assert item.is_policy if kind == "pdf" else kind in PAPERS
        assert title in TABLES or kind not in ("table", "xlsx")
    assert set(item.tables) <= set(TABLES)


def test_tables_are_even_and_drawn_where_they_can_be():
    for title, rows in TABLES.items():
        assert {len(row) for row in rows} == {len(rows[0])}, title
    for title, (kind, _unit) in CHARTS.items():
        head, *rows = [[str(cell) for cell in row] for row in TABLES[title]]
        assert charts.problem(kind, head, rows) == ""


def test_every_column_and_every_unit_has_something_public():
    columns_below = [path for path, row in COLUMNS.items() if not row.below]
    assert set(columns_below) <= {item.column for item in PUBLIC}
    assert set(KINDS) <= {item.unit for item in PUBLIC}


@pytest.mark.parametrize("item", LEGACY, ids=lambda item: item.key)
def test_the_checks_find_nothing_in_what_the_batch_brings_in(item):
    """They stand before the submission of a single item; nobody submits these one by one."""
    words = [line.removeprefix("## ") for line in (item.summary, *item.paragraphs)]
    words += ["\n".join(map(str, row)) for title in item.tables for row in TABLES[title]]
    parts = [Part("title", item.title, Kind.TITLE), *(Part("text", line) for line in words)]
    assert engine.check(parts, shipped_words()) == []


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
    assert papers.form("报名表") == papers.form("报名表")


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_paper_sets_headings_as_headings():
    paper = papers.pdf("养护办法", ["说明", "## 第一章 总则", "第一条 为了养护。"])
    assert "#" not in words_of(paper)
    with pypdfium2.PdfDocument(paper) as document:
        assert [entry.get_title() for entry in document.get_toc()] == ["第一章 总则"]


def test_a_table_on_paper_holds_its_figures_and_nothing_to_fill_in():
    words = words_of(papers.table("主要指标（演示数据）"))
    assert "粮食产量" in words and "签字" not in words
    assert "签字" in words_of(papers.form("报名表"))


def test_readme_lists_every_login_freshly():
    assert logins.README.read_text(encoding="utf-8") == logins.readme(), "run manage.py demo_logins"


def test_the_printed_table_is_short_and_real():
    lines: list[str] = []
    logins.print_table(lines.append)
    assert len(lines) == len(logins.SHORT) + 2
    assert len({login.username for login in logins.rows()}) == len(list(logins.rows()))
