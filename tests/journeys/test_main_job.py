"""The main job in a real browser: from a unit's draft to the public, lawfully, and no other way."""

import hashlib
import re
from urllib.request import urlopen

import pypdfium2
import pytest

from regulation.articles import whole_articles
from tests.journeys.person import Person
from tests.journeys.register import Records

# Route, title of a demo item, how many different people sign. The regulation itself goes through route (1) once
# more; route (4) starts where the demo left its item: at the e-gov office.
REGULATION = "关于印发《西秀区人民政府门户网站信息审核发布管理制度》的通知"
ROUTES = (
    ("14(1)", REGULATION, 5),
    ("14(2)", "民族传统节庆活动报备办事指南", 5),
    ("14(3)", "黄腊乡高山蔬菜上市", 4),
    ("14(4)", "一周天气趋势", 4),
)
MOST_STEPS = 8
WIDTHS = ("desktop", "phone")


@pytest.fixture
def seat(new_page):
    """One window of each width, where one person after the other sits down and logs in."""
    windows = {}

    def taken(width):
        if width not in windows:
            windows[width] = new_page(width)
        return windows[width]

    return taken


def hand_in(seat, records, title, width):
    page_id, unit = records.draft(title)
    Person(seat(width), f"{unit}.author").log_in().submit(page_id)
    assert records.turn(title), f"{title} waits for nobody"


def sign_to_the_end(seat, records, title, width):
    """Whoever's turn it is logs in, reads, and agrees; a leader in less than half a minute."""
    for _step in range(MOST_STEPS):
        turn = records.turn(title)
        if turn is None:
            return
        username, opinion = turn
        person = Person(seat(width), username).log_in()
        if opinion == "seal":
            person.seal(title)
        else:
            person.open_from_inbox(title).agree()
        assert records.turn(title) != turn, f"{username} could not sign {opinion}"


def register_of(seat, title):
    """What the e-gov office's registrar finds under that title."""
    registrar = Person(seat("desktop"), "dianzhengban.registrar").log_in()
    registrar.page.goto(f"/admin/register/?q={title}")
    words = registrar.page.inner_text("main")
    return words


def public_text(portal, path):
    with urlopen(portal.public + path, timeout=20) as response:
        return response.read().decode()


def squeezed(text):
    return re.sub(r"\s+", "", text)


def require_agreement(portal, seat, records, title):
    """Public page, register entry and printed secrecy sheet say the same of the same bytes."""
    facts, document, digest = records.evidence(title)
    assert hashlib.sha256(document).hexdigest() == digest == facts["digest"]
    sealer = Person(seat("desktop"), records.sealer(title)).log_in()
    printed = sealer.page.request.get(f"/admin/secrecy/sheets/{facts['sheet_number']}/sheet.pdf")
    assert (printed.status, facts["seal"]) == (200, "scan")
    with pypdfium2.PdfDocument(printed.body()) as paper:
        words = squeezed("".join(sheet.get_textpage().get_text_range() for sheet in paper))
    for said in ("信息发布保密审查表", facts["sheet_number"], title, *records.secrecy_people(title)):
        assert squeezed(said) in words, said


@pytest.mark.article("14")
@pytest.mark.parametrize("width", WIDTHS)
def test_four_routes_from_draft_to_public(portal, seat, width):
    records = Records(portal)
    for article, title, persons in ROUTES:
        before = records.publications(title)
        if records.turn(title) is None:
            hand_in(seat, records, title, width)
        sign_to_the_end(seat, records, title, width)
        assert records.publications(title) == before + 1, f"{article}: {title} is {records.status(title)}"
        assert title in public_text(portal, records.address(title))
        assert records.signatories(title) >= persons
        assert title in register_of(seat, title)
    require_agreement(portal, seat, records, REGULATION)
    public = squeezed(re.sub(r"<[^>]+>", "", public_text(portal, records.address(REGULATION))))
    assert [a.number for a in whole_articles() if squeezed(a.text)[-20:] not in public] == []
    portal.manage("work", "--once")
    proof = portal.manage("verify", "--crawl", portal.public)
    assert proof.returncode == 0, proof.stdout
    assert proof.stdout.rstrip().endswith(" 0 offenders")


@pytest.mark.article("14")
@pytest.mark.parametrize("width", WIDTHS)
def test_returned_handed_in_again_escalated_and_refused(portal, seat, width):
    records = Records(portal)
    returned, escalated, refused = (
        "民族传统节庆活动报备办事指南",
        "轿子山镇开展集镇环境整治",
        "蔡官镇地戏传承班开班",
    )
    hand_in(seat, records, returned, width)
    username, _opinion = records.turn(returned)
    reader = Person(seat(width), username).log_in().open_from_inbox(returned)
    reader.press("退回修改", "请补充报备时限。", reason="source")
    assert (records.status(returned), records.turn(returned)) == ("returned", None)
    hand_in(seat, records, returned, width)

    username, _opinion = records.turn(escalated)
    Person(seat(width), username).log_in().open_from_inbox(escalated).press(
        "转突发敏感", "涉及群众关切事项。"
    )
    assert records.turn(escalated)[1] == "secrecy"

    username, _opinion = records.turn(refused)
    Person(seat(width), username).log_in().open_from_inbox(refused).press("不同意", "含不宜公开的内容。")
    assert (records.status(refused), records.address(refused)) == ("refused", None)


@pytest.mark.article("13")
def test_the_last_button_is_the_only_one(portal, seat):
    """An author's editor offers drafts and submission, and nothing that publishes."""
    records = Records(portal)
    page_id, unit = records.draft("黄腊乡高山蔬菜上市")
    author = Person(seat("desktop"), f"{unit}.author").log_in()
    author.page.goto(f"/admin/pages/{page_id}/edit/")
    author.page.wait_for_load_state("networkidle")
    words = author.page.inner_text("footer, .footer, [data-edit-form]")
    assert "提交审核" in words
    assert author.page.locator("button[name=action-publish]").count() == 0
