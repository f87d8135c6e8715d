"""The main job in a real browser: from a unit's draft to the public, lawfully, and no other way."""

import os
from urllib.request import urlopen

import pytest

from tests.journeys.person import Person
from tests.journeys.register import Records

# Opt-in until they have been seen to pass on a quiet machine; then this mark goes.
pytestmark = pytest.mark.skipif(not os.environ.get("PORTAL_JOURNEYS"), reason="set PORTAL_JOURNEYS=1")

# Route, title of a demo item, the window's width. Route (4) starts where the demo left it: at the e-gov office.
ROUTES = (
    ("14(1)", "关于加强冬季农田水利建设的实施意见", "desktop", 5),
    ("14(2)", "民族传统节庆活动报备办事指南", "desktop", 5),
    ("14(3)", "黄腊乡高山蔬菜上市", "phone", 4),
    ("14(4)", "一周天气趋势", "phone", 4),
)
MOST_STEPS = 8


def hand_in(new_page, records, title, width):
    page_id, unit = records.draft(title)
    Person(new_page(width), f"{unit}.author").log_in().submit(page_id)
    assert records.turn(title), f"{title} waits for nobody"


def sign_to_the_end(new_page, records, title, width):
    """Whoever's turn it is logs in, reads, and agrees; returns who did."""
    signed = []
    while (turn := records.turn(title)) and len(signed) < MOST_STEPS:
        username, opinion = turn
        person = Person(new_page(width), username).log_in()
        if opinion == "seal":
            person.seal(title)
        else:
            person.open_from_inbox(title).agree()
        assert records.turn(title) != turn, f"{username} could not sign {opinion}"
        signed.append(username)
    return signed


def public_text(portal, path):
    with urlopen(portal.public + path, timeout=20) as response:
        return response.read().decode()


@pytest.mark.article("14")
def test_four_routes_from_draft_to_public(portal, new_page):
    records = Records(portal)
    for article, title, width, persons in ROUTES:
        if records.turn(title) is None:
            assert records.address(title) is None
            hand_in(new_page, records, title, width)
        sign_to_the_end(new_page, records, title, width)
        path = records.address(title)
        assert path, f"route {article}: {title} was not published ({records.status(title)})"
        assert title in public_text(portal, path)
        assert records.signatories(title) >= persons
    portal.manage("work", "--once")
    proof = portal.manage("verify")
    assert proof.returncode == 0, proof.stdout
    assert proof.stdout.rstrip().endswith(" 0 offenders")


@pytest.mark.article("14")
def test_returned_handed_in_again_escalated_and_refused(portal, new_page):
    records = Records(portal)
    returned, escalated, refused = (
        "民族传统节庆活动报备办事指南",
        "轿子山镇开展集镇环境整治",
        "蔡官镇地戏传承班开班",
    )
    hand_in(new_page, records, returned, "desktop")
    username, _opinion = records.turn(returned)
    reader = Person(new_page("phone"), username).log_in().open_from_inbox(returned)
    reader.press("退回修改", "请补充报备时限。", reason="source")
    assert (records.status(returned), records.turn(returned)) == ("returned", None)
    hand_in(new_page, records, returned, "phone")

    username, _opinion = records.turn(escalated)
    Person(new_page("phone"), username).log_in().open_from_inbox(escalated).press(
        "转突发敏感", "涉及群众关切事项。"
    )
    assert records.turn(escalated)[1] == "secrecy"

    username, _opinion = records.turn(refused)
    Person(new_page("desktop"), username).log_in().open_from_inbox(refused).press(
        "不同意", "含不宜公开的内容。"
    )
    assert (records.status(refused), records.address(refused)) == ("refused", None)


@pytest.mark.article("13")
def test_the_last_button_is_the_only_one(portal, new_page):
    """An author's editor offers drafts and submission, and nothing that publishes."""
    records = Records(portal)
    page_id, unit = records.draft("黄腊乡高山蔬菜上市")
    author = Person(new_page("desktop"), f"{unit}.author").log_in()
    author.page.goto(f"/admin/pages/{page_id}/edit/")
    author.page.wait_for_load_state("networkidle")
    words = author.page.inner_text("footer, .footer, [data-edit-form]")
    assert "提交审核" in words
    assert author.page.locator("button[name=action-publish]").count() == 0
