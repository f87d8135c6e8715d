"""Findings where people read them: the author's page, the refusal, the reviewers' page; masking, overrides, lists."""

import pytest
from django.urls import reverse

from checks.models import CheckRun, Override
from publication.models import SignOff
from regulation.refusals import Refusal
from review.models import Case
from tests import factories

pytestmark = pytest.mark.django_db
BACKEND = "organisation.authentication.AppointedBackend"
PHONE = "13800138001"
ROW = {"row-department": "综合股", "row-source": "own", "row-form": "web"}
HARMS = {f"harms-{code}": value for code, value in factories.HARMLESS.items()}


@pytest.fixture
def as_(client, town):
    def log_in(name, post):
        client.force_login(town.who(name, post), backend=BACKEND)
        return client

    return log_in


def written(town, column, html):
    """A draft of the water bureau whose body is this."""
    page = factories.item(town, "water", column)
    page.body = [("rich_text", html)]
    page.save_revision(user=page.owner)
    return page


def text(response):
    return response.content.decode()


def url(page, name="checks"):
    return reverse(f"review:{name}", args=[page.pk])


def draft(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.mark.article("15(4)")
def test_a_finding_stops_submission_with_its_article_and_nothing_is_lost(as_, town, column):
    page = written(town, column, f"<p>联系人张某，电话{PHONE}。</p>")
    client = as_("water", "author")
    response = client.post(url(page, "submit"), ROW | HARMS)
    body = text(response)
    assert response.status_code == 200
    assert not Case.objects.filter(page_id=page.pk).exists()
    for said in ("手机号码", "第十五条", "综合股", "【138****8001】"):
        assert said in body
    assert PHONE not in body
    with pytest.raises(Refusal) as refused:
        factories.submit(page, town.who("water", "author"))
    assert (refused.value.article, refused.value.code) == ("15(4)", "person.mobile")


@pytest.mark.article("15(4)")
def test_one_click_masks_the_whole_draft_in_a_new_revision(as_, town, column):
    page = written(town, column, f"<p>电话{PHONE}，又电<b>138001</b>38002。</p>")
    page.summary = f"详询{PHONE}"
    page.save_revision(user=page.owner)
    before = page.latest_revision_id
    client = as_("water", "author")
    assert 'value="mask"' in text(client.get(url(page)))
    assert client.post(url(page), {"action": "mask"}).status_code == 302
    now = draft(page)
    assert now.latest_revision_id != before
    assert "138****8001，又电<b>138***</b>*8002" in str(now.body[0].value.source)
    assert now.summary == "详询138****8001"
    factories.submit(now, town.who("water", "author"))
    assert Case.objects.get(page_id=page.pk).is_open


def test_the_editor_shows_findings_beside_the_text_on_demand(as_, town, column):
    page = written(town, column, "<p>请各单位按装路灯。</p>")
    client = as_("water", "author")
    assert f'data-checks-url="{url(page)}?beside=1"' in text(
        client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    )
    beside = text(client.get(url(page) + "?beside=1"))
    assert "疑似错别字" in beside
    assert "安装" in beside
    assert "<html" not in beside


@pytest.mark.article("16")
def test_every_signatory_reads_the_findings_and_signs_under_their_version(as_, town, column):
    page = written(town, column, "<p>请各单位按装路灯。</p>")
    case = factories.submit(page, town.who("water", "author"))
    run = CheckRun.objects.get(pk=case.pk)
    assert [f["rule"] for f in run.findings] == ["word.typo"]
    assert run.version.startswith("规则")
    readers = 0
    while case.is_open:
        who = factories.signatory(town, case)
        name, post = next(key for key, person in town.people.items() if person == who)
        body = text(as_(name, post).get(reverse("review:review", args=[case.pk])))
        assert "疑似错别字" in body
        assert run.version in body
        readers += 1
        case = factories.sign_next(town, case)
    signed = SignOff.objects.filter(submission_id=case.pk).exclude(detail__checks=None)
    assert readers >= 5
    assert {row.detail["checks"]["version"] for row in signed} == {run.version}
    assert {row.detail["checks"]["warn"] for row in signed} == {1}


@pytest.mark.article("13")
def test_a_stop_is_answered_by_the_secrecy_body_in_writing_and_by_nobody_else(as_, town, column):
    page = written(town, column, "<p>展出的旧档案封面印有绝密★1年字样，已经解密。</p>")
    stop = {"action": "override", "reason": "该档案已于1999年解密，可以公开"}
    client = as_("water", "author")
    body = text(client.get(url(page)))
    assert "保密工作机构" in body
    assert "区水务局 secrecy_body" in body
    stop["fingerprint"] = fingerprint(page)
    assert "override" not in body
    for name, post in (("water", "author"), ("water", "reviewer"), ("jiuzhou", "secrecy_body")):
        as_(name, post).post(url(page), stop)
        assert not Override.objects.exists()
    client = as_("water", "secrecy_body")
    refused = client.post(url(page), stop | {"reason": "可以的"})
    assert refused.status_code == 200
    assert ">可以的</textarea>" in text(refused)
    assert not Override.objects.exists()
    assert client.post(url(page), stop).status_code == 302
    row = Override.objects.get()
    assert (row.by, row.post, row.reason) == (
        town.who("water", "secrecy_body"),
        "secrecy_body",
        stop["reason"],
    )
    case = factories.submit(page, town.who("water", "author"))
    body = text(as_("water", "secrecy_reviewer").get(reverse("review:review", args=[case.pk])))
    assert stop["reason"] in body
    assert row.by.name in body


def fingerprint(page):
    from review import checking

    return checking.result(draft(page)).in_the_way[0].fingerprint


@pytest.mark.article("13")
def test_debris_is_taken_out_and_never_answered_for(as_, town, column):
    from tests.debris_files import SEAL

    page = written(town, column, f"<p>请提前储水。{SEAL}</p>")
    client = as_("water", "reviewer")
    client.post(
        url(page), {"action": "override", "fingerprint": fingerprint(page), "reason": "印章无妨，可以保留"}
    )
    assert not Override.objects.exists()
    client = as_("water", "author")
    body = text(client.get(url(page)))
    assert "内网地址" in body
    assert SEAL[:20] not in body
    assert client.post(url(page), {"action": "clean", "sha256": ""}).status_code == 302
    assert str(draft(page).body[0].value.source) == "<p>请提前储水。</p>"


@pytest.mark.article("17")
def test_another_units_people_neither_see_nor_change_findings(as_, town, column):
    page = written(town, column, f"<p>电话{PHONE}。</p>")
    for post in ("author", "reviewer", "branch_leader"):
        client = as_("jiuzhou", post)
        for response in (client.get(url(page)), client.post(url(page), {"action": "mask"})):
            assert response.status_code in (302, 403, 404)
    assert PHONE in str(draft(page).body[0].value.source)
