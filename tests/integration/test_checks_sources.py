"""Articles 7 and 8: who may be reprinted, what proves it, who decides on exceptions, whose consent lies on file."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from checks import comparison, dead_links, sources
from checks.models import Evidence, LinkState, ReprintSource, SourceException
from regulation.refusals import Refusal
from review import checking
from review.models import Case
from tests import factories

pytestmark = pytest.mark.django_db
BACKEND = "organisation.authentication.AppointedBackend"
SAID = "城区供水管网定于周一冲洗，请提前储水。"
HTML = f"<html><nav>首页</nav><p>{SAID}</p><footer>版权</footer></html>"


@pytest.fixture
def as_(client, town):
    def log_in(name, post):
        client.force_login(town.who(name, post), backend=BACKEND)
        return client

    return log_in


@pytest.fixture
def reprint(town, column):
    return factories.item(
        town,
        "water",
        column,
        is_reprint=True,
        source_name="省报",
        source_url="https://news.example.cn/2026/1.html",
        source_date=date(2026, 11, 20),
    )


@pytest.fixture
def author(town):
    return town.who("water", "author")


def listed(name="省报", **fields):
    return ReprintSource.objects.create(
        **{"name": name, "kind": "state", "valid_from": date(2020, 1, 1)} | fields
    )


def capture(page, by, html=HTML):
    return sources.file_evidence(
        page.object_id, sources.CAPTURE, SimpleUploadedFile("original.html", html.encode()), by
    )


def codes(page):
    return {refusal.code for refusal in sources.problems(checking.origin_of(page))}


def text(response):
    return response.content.decode()


@pytest.mark.article("7", "8")
def test_an_unlisted_reprint_without_proof_is_refused_with_both_articles(reprint, author):
    assert codes(reprint) == {"no_capture", "unlisted_source"}
    with pytest.raises(Refusal) as refused:
        from review import acts

        acts.submit(reprint, author, row=factories.ROW | {"department": "办公室"}, harms=factories.HARMLESS)
    assert refused.value.article in ("7", "8")
    assert not Case.objects.filter(page_id=reprint.pk).exists()


@pytest.mark.article("7")
@pytest.mark.parametrize(
    ("fields", "allowed"),
    [
        ({}, True),
        ({"domain": "example.cn"}, True),
        ({"domain": "www.example.cn"}, True),
        ({"domain": "ample.cn"}, False),
        ({"domain": "other.cn"}, False),
        ({"valid_to": date(2021, 1, 1)}, False),
        ({"valid_from": date(2099, 1, 1)}, False),
        ({"name": "省报网"}, False),
    ],
)
def test_the_registry_is_dated_and_goes_by_name_and_domain(reprint, author, fields, allowed):
    listed(**fields)
    capture(reprint, author)
    assert ("unlisted_source" not in codes(reprint)) == allowed


@pytest.mark.article("8")
def test_an_original_is_not_of_tomorrow(reprint, author):
    listed()
    capture(reprint, author)
    assert codes(reprint) == set()
    reprint.source_date = date(2099, 1, 1)
    assert codes(reprint) == {"future_source_date"}


@pytest.mark.article("7")
def test_only_the_portals_leader_makes_an_exception_with_a_reason_for_this_source(town, as_, reprint, author):
    client = as_("water", "author")
    url = reverse("review:checks", args=[reprint.pk])
    assert client.post(url, {"action": "ask", "ask-why": "省报首发的权威消息"}).status_code == 302
    row = SourceException.objects.get()
    for who in (author, town.who("water", "branch_leader"), town.who("egov", "web_manager")):
        with pytest.raises(Refusal):
            sources.decide_exception(row.pk, who, grant=True, reason="可以转载，来源可靠")
    leader = as_("egov", "portal_leader")
    decide = reverse("source-exceptions:decide", args=[row.pk])
    assert leader.post(decide, {"grant": "1", "reason": "短"}).status_code == 200
    assert leader.post(decide, {"grant": "1", "reason": "首发媒体，来源可靠"}).status_code == 302
    row.refresh_from_db()
    assert (row.granted, row.decided_by) == (True, town.who("egov", "portal_leader"))
    assert codes(reprint) == {"no_capture"}
    reprint.source_name = "另一家报纸"
    assert "unlisted_source" in codes(reprint)
    with pytest.raises(Refusal):
        sources.decide_exception(row.pk, row.decided_by, grant=False, reason="改变主意不再准许")


@pytest.mark.article("7")
def test_the_reviewer_reads_exception_capture_and_difference_beside_the_text(town, as_, reprint, author):
    capture(reprint, author, HTML.replace("周一", "周二"))
    origin = checking.origin_of(reprint)
    row = sources.ask_exception(
        origin,
        page_id=reprint.pk,
        title=reprint.title,
        unit_id=reprint.unit_id,
        by=author,
        why="首发的权威消息",
    )
    sources.decide_exception(
        row.pk, town.who("egov", "portal_leader"), grant=True, reason="首发媒体，来源可靠"
    )
    case = factories.acts.submit(
        reprint,
        author,
        row={"department": "办公室", "form": "web", "source": "reprint", "reprint_source": "省报"},
        harms=factories.HARMLESS,
    )
    case = factories.advance_to(town, case, "review")
    body = text(as_("egov", "web_manager").get(reverse("review:review", args=[case.pk])))
    for said in ("首发媒体，来源可靠", "original.html", "周二冲洗", "https://news.example.cn/2026/1.html"):
        assert said in body
    kept = Evidence.objects.get(object_id=reprint.object_id)
    assert as_("egov", "web_manager").get(reverse("review:evidence", args=[kept.pk])).status_code == 200
    assert as_("jiuzhou", "reviewer").get(reverse("review:evidence", args=[kept.pk])).status_code in (
        403,
        404,
    )


@pytest.mark.article("8")
def test_another_organs_information_needs_its_consent_on_file(as_, town, column):
    page = factories.item(town, "water", column)
    client = as_("water", "author")
    url = reverse("review:checks", args=[page.pk])
    client.post(url, {"action": "organ", "organ-organ": "市水务局"})
    assert codes(page) == {"no_consent"}
    assert "市水务局" in text(client.get(url))
    paper = SimpleUploadedFile("consent.png", factories_png())
    client.post(url, {"action": "consent", "consent-organ": "市水务局", "consent-file": paper})
    assert codes(page) == set()
    sources.withdraw_evidence(page.object_id, Evidence.objects.get().pk)
    assert codes(page) == {"no_consent"}
    assert Evidence.objects.get().withdrawn_at is not None


def factories_png():
    from tests.word_files import picture

    return picture().getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.exe", b"MZ"), ("a.html", b""), ("a.pdf", b"no pdf"), ("a.png", b"\xff\xd8\xff jpeg"), ("a", b"x")],
)
def test_a_capture_of_another_kind_is_refused_in_one_sentence(reprint, author, name, content):
    with pytest.raises(ValidationError) as refused:
        sources.file_evidence(reprint.object_id, sources.CAPTURE, SimpleUploadedFile(name, content), author)
    assert len(refused.value.messages) == 1
    assert not Evidence.objects.exists()


@pytest.mark.article("7")
def test_the_text_is_compared_with_its_capture_without_the_other_sites_furniture(reprint, author):
    files = [capture(reprint, author)]
    parts = checking.run(reprint).parts
    assert checking.compared(files, parts).is_equal
    changed = comparison.compare(HTML_TEXT.replace("周一", "周二"), SAID)
    assert [piece.kind for piece in changed.changed] == ["gone", "new"]
    assert comparison.compare("", SAID) is None


HTML_TEXT = f"首页\n{SAID}\n版权所有"


# --- registry on screen and from Excel ---


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("sources.xlsx", out.getvalue())


@pytest.mark.article("7")
def test_sources_come_from_excel_with_kinds_and_dates_and_bad_lines_are_named(as_):
    client = as_("egov", "web_manager")
    url, head = (
        reverse("reprint-sources:import"),
        ("name", "kind", "domain", "valid_from", "valid_to", "note"),
    )
    good = ("新华网", "国家名录", "news.cn", date(2026, 1, 1), None, "2026年名录")
    bad = ("某网", "没有这种", "x.cn", "2026-01-01", None, "")
    body = text(client.post(url, {"file": sheet(head, good, bad)}))
    assert "第3行" in body
    assert not ReprintSource.objects.filter(name="新华网").exists()
    rows = (head, good, ("省政府网", "上级政府网站", "guizhou.gov.cn", "2026-01-01", "2026-12-31", ""))
    assert client.post(url, {"file": sheet(*rows)}).status_code == 302
    kinds = dict(ReprintSource.objects.values_list("name", "kind"))
    assert kinds["新华网"] == "state"
    assert kinds["省政府网"] == "government"
    assert client.post(url, {"file": sheet(*rows)}).status_code == 302
    assert ReprintSource.objects.filter(name="新华网").count() == 1


# --- dead links ---


@pytest.mark.article("16")
def test_a_link_is_dead_after_two_silent_nights_and_alive_again_after_one_answer(town, column):
    gone, alive = "https://www.anshun.gov.cn/gone.html", "https://www.gov.cn/"
    answers = {gone: 404, alive: 200}
    assert dead_links.sweep([gone, alive], answers.get) == []
    assert [state.url for state in dead_links.sweep([gone, alive], answers.get)] == [gone]
    page = factories.item(town, "water", column)
    page.body = [("rich_text", f'<p>见<a href="{gone}">附件</a>与<a href="{alive}">政府网</a>。</p>')]
    found = checking.run(page).findings
    assert [finding.rule for finding in found] == ["link.dead"]
    assert gone in found[0].excerpt
    dead_links.sweep([gone], {gone: 200}.get)
    assert LinkState.objects.get(url=gone).failures == 0
    assert checking.run(page).findings == []


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "::1"]
)
def test_the_link_check_never_knocks_inside(host):
    assert not dead_links.is_outside(host)
    with pytest.raises(OSError, match="internal"):
        dead_links.fetch(f"http://{f'[{host}]' if ':' in host else host}/")
