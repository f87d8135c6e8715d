"""The screens of the secrecy form: every one opens, refuses with a sentence, and keeps what was typed."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from publication import scans
from review import acts
from secrecy import labels, services
from secrecy.models import Quarantine, Referral, SecrecyRow
from tests import factories
from tests.secrecy_world import PDF, stamp, upload
from units.sync import write_rights

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]


@pytest.fixture
def case(town, column):
    page = factories.item(town, "water", column)
    return factories.submit(page, town.who("water", "author"))


@pytest.fixture
def draft(town, column, as_role):
    """A draft whose unit has its rights in Wagtail's tree, as `sync_portal` writes them."""
    page = factories.item(town, "water", column)
    with as_role("owner"):
        list(write_rights())
    return page


@pytest.fixture
def at_seal(town, case):
    return factories.advance_to(town, case, "seal")


@pytest.fixture
def sealer(client, town):
    who = town.who("water", "dedicated")
    client.force_login(who)
    return who


def text_of(response):
    return response.content.decode()


def messages_of(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_the_submission_page_shows_the_seven_columns_in_order(client, town, draft):
    page = draft
    client.force_login(town.who("water", "author"))
    html = text_of(client.get(reverse("review:submit", args=[page.pk])))
    heads = re.findall(r'<th role="columnheader" scope="col">([^<]+)</th>', html)
    assert tuple(heads) == labels.COLUMNS
    assert labels.WARNING in html
    for note in labels.NOTES:
        assert note in html
    assert re.search(r"<textarea[^>]*name=.row-department[^>]*>\s*区水务局</textarea>", html)


def test_an_error_in_the_row_loses_nothing(client, town, draft):
    page = draft
    client.force_login(town.who("water", "author"))
    data = {"row-department": "供水科", "row-source": "reprint", "row-form": "other", "row-other_form": ""}
    response = client.post(reverse("review:submit", args=[page.pk]), data)
    html = text_of(response)
    assert response.status_code == 200
    assert "供水科</textarea>" in html
    assert html.count('class="secrecy-error"') >= 3
    assert not SecrecyRow.objects.filter(name=page.title).exists()


def test_submitting_in_the_browser(client, town, draft):
    page = draft
    client.force_login(town.who("water", "author"))
    data = {"row-department": "供水科", "row-source": "own", "row-form": "web"}
    data |= {f"harms-{code}": value for code, value in factories.HARMLESS.items()}
    response = client.post(reverse("review:submit", args=[page.pk]), data)
    assert response.status_code == 302
    assert SecrecyRow.objects.get(name=page.title).department == "供水科"


def test_the_review_page_shows_the_row_and_offers_the_other_forms(client, town, case):
    client.force_login(town.who("water", "secrecy_reviewer"))
    html = text_of(client.get(reverse("review:review", args=[case.pk])))
    assert case.title in html
    assert 'name="proposed_form"' in html
    assert html.count("secrecy-box is-ticked") == 2


def test_from_the_work_list_to_the_sealed_sheet(client, town, at_seal, sealer):
    html = text_of(client.get(reverse("secrecy:worklist")))
    assert at_seal.title in html
    response = client.post(reverse("secrecy:form_sheet", args=[at_seal.pk]), follow=True)
    sheet = services.sheet_of(at_seal.pk)
    assert sheet.number in text_of(response)
    assert 'capture="environment"' in text_of(response)
    pdf = client.get(reverse("secrecy:sheet_pdf", args=[sheet.number]))
    assert pdf["Content-Type"] == "application/pdf"
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    response = client.post(reverse("secrecy:upload", args=[sheet.number]), {"photo": upload()}, follow=True)
    evidence = sheet.valid_evidence
    assert evidence.kind == "photo"
    assert reverse("secrecy:evidence", args=[evidence.pk]) in text_of(response)
    assert at_seal.title not in text_of(client.get(reverse("secrecy:worklist")))


def test_uploading_from_the_review_page_leads_back_there(client, at_seal, sealer):
    html = text_of(client.get(reverse("review:review", args=[at_seal.pk])))
    assert "生成审查表" in html
    sheet = services.form_sheet(at_seal.pk, sealer)
    url = reverse("secrecy:upload", args=[sheet.number])
    response = client.post(url, {"scan": upload(PDF, "盖章件.pdf"), "case": str(at_seal.pk)})
    assert response.url == reverse("review:review", args=[at_seal.pk])


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Take a photograph or choose one file."),
        ({"scan": (b"", "空.pdf")}, "empty"),
        ({"scan": (b"MZ\x90", "病毒.pdf")}, "JPEG"),
        ({"photo": (b"<html>", "照片.jpg")}, "JPEG"),
    ],
)
def test_a_wrong_file_says_why_and_the_sheet_stays(client, settings, at_seal, sealer, files, sentence):
    settings.LANGUAGE_CODE = "en"
    sheet = services.form_sheet(at_seal.pk, sealer)
    data = {name: SimpleUploadedFile(given[1], given[0]) for name, given in files.items()}
    response = client.post(
        reverse("secrecy:upload", args=[sheet.number]), data, headers={"accept-language": "en"}
    )
    assert response.status_code == 200
    assert 'class="secrecy-error"' in text_of(response)
    assert sheet.number in text_of(response)
    assert not sheet.evidence.exists()


def test_an_oversize_file_is_refused(client, monkeypatch, at_seal, sealer):
    monkeypatch.setattr(scans, "MAX_BYTES", 100)
    sheet = services.form_sheet(at_seal.pk, sealer)
    response = client.post(reverse("secrecy:upload", args=[sheet.number]), {"scan": upload()})
    assert 'class="secrecy-error"' in text_of(response)
    assert not sheet.evidence.exists()


def test_the_electronic_seal_keeps_what_was_typed(client, at_seal, sealer):
    sheet = services.form_sheet(at_seal.pk, sealer)
    url = reverse("secrecy:electronic", args=[sheet.number])
    assert 'value="区水务局"' in text_of(client.get(url))
    response = client.post(url, {"seal_name": "区水务局公章", "seal_owner": "区水务局"})
    assert 'value="区水务局公章"' in text_of(response)
    now = timezone.localtime() - timezone.timedelta(minutes=2)
    data = {"seal_name": "公章", "seal_owner": "区水务局", "seal_unit": "区水务局", "key_serial": "1"}
    response = client.post(url, data | {"sealed_at": now.strftime("%Y-%m-%d %H:%M")})
    assert response.status_code == 302
    assert sheet.valid_evidence.kind == "electronic"


def test_the_check_shows_the_scan_beside_the_text(client, town, at_seal, sealer):
    sheet = services.form_sheet(at_seal.pk, sealer)
    services.record_scan(sheet, sealer, upload(PDF, "盖章件.pdf"))
    case = acts.agree(at_seal, sealer)
    client.force_login(town.who("egov", "web_manager"))
    html = text_of(client.get(reverse("review:review", args=[case.pk])))
    picture = reverse("secrecy:evidence_page", args=[sheet.valid_evidence.pk, 1])
    assert picture in html
    response = client.get(picture)
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert client.get(reverse("secrecy:evidence_page", args=[sheet.valid_evidence.pk, 2])).status_code == 404


def test_the_list_finds_sheets_by_number_qr_code_and_title(client, town, at_seal, sealer):
    sheet = stamp(at_seal, sealer)
    url = reverse("secrecy:sheets")
    for query in (sheet.number, f"{sheet.number} SHA256:{sheet.row_digest}", at_seal.title):
        assert sheet.number in text_of(client.get(url, {"q": query})), query
    assert sheet.number not in text_of(client.get(url, {"q": "XXBM-1999-000001"}))
    assert sheet.number in text_of(client.get(url, {"sealed": "yes", "unit": town.units["water"].pk}))
    assert sheet.number not in text_of(client.get(url, {"sealed": "no"}))
    assert sheet.number not in text_of(client.get(url, {"until": "2017-10-25"}))


def test_the_list_is_exported_to_excel(client, at_seal, sealer):
    sheet = stamp(at_seal, sealer)
    response = client.get(reverse("secrecy:sheets"), {"export": "xlsx"})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    rows = list(openpyxl.load_workbook(BytesIO(content)).active.values)
    assert rows[1][0] == sheet.number
    assert "区水务局" in rows[1]


def test_the_list_costs_the_same_few_queries_at_any_length(
    client, town, column, sealer, django_assert_max_num_queries
):
    for _ in range(3):
        page = factories.item(town, "water", column)
        stamp(factories.advance_to(town, factories.submit(page, town.who("water", "author")), "seal"), sealer)
    client.get(reverse("secrecy:sheets"))
    with django_assert_max_num_queries(25):
        client.get(reverse("secrecy:sheets"))


def test_other_units_and_strangers_open_nothing(client, town, at_seal):
    sheet = stamp(at_seal, town.who("water", "dedicated"))
    evidence = sheet.valid_evidence
    urls = [
        reverse("secrecy:sheet", args=[sheet.number]),
        reverse("secrecy:sheet_pdf", args=[sheet.number]),
        reverse("secrecy:evidence", args=[evidence.pk]),
        reverse("secrecy:electronic", args=[sheet.number]),
    ]
    client.force_login(town.who("jiuzhou", "dedicated"))
    assert [client.get(url).status_code for url in urls] == [404] * 4
    assert client.post(reverse("secrecy:upload", args=[sheet.number]), {"scan": upload()}).status_code == 404
    client.force_login(town.who("gov", "reviewer"))
    assert [client.get(url).status_code for url in urls[:3]] == [200] * 3
    assert client.get(urls[3]).status_code == 404
    client.logout()
    assert all(client.get(url).status_code == 302 for url in urls)


def test_making_a_sheet_for_another_unit_is_refused_with_a_sentence(client, town, at_seal):
    client.force_login(town.who("jiuzhou", "dedicated"))
    response = client.post(reverse("secrecy:form_sheet", args=[at_seal.pk]), follow=True)
    assert "（第十三条）" in messages_of(response)
    assert services.sheet_of(at_seal.pk) is None


def test_the_secrecy_bodys_desk(client, town, case):
    acts.refer(case, town.who("water", "secrecy_reviewer"), remark="水源地位置是否公开不明确")
    referral = Referral.objects.get()
    client.force_login(town.who("water", "secrecy_body"))
    assert case.title in text_of(client.get(reverse("secrecy:body")))
    url = reverse("secrecy:conclude", args=[referral.pk])
    response = client.post(url, {"verdict": "secret", "text": ""})
    assert response.status_code == 200
    assert "checked" in text_of(response)
    response = client.post(url, {"verdict": "secret", "text": "属国家秘密。"}, follow=True)
    record = Quarantine.objects.get(submission_id=case.pk)
    url = reverse("secrecy:quarantine", args=[record.pk])
    assert case.title in text_of(client.get(url))
    client.post(url, {"conclusion": "confirmed", "text": "确认。"})
    record.refresh_from_db()
    assert record.conclusion == "confirmed"


def test_nobody_else_opens_the_secrecy_bodys_desk(client, town, case):
    acts.quarantine(case, town.who("water", "secrecy_reviewer"), remark="涉密")
    record = Quarantine.objects.get(submission_id=case.pk)
    for who in (
        town.who("water", "author"),
        town.who("jiuzhou", "secrecy_body"),
        town.who("egov", "web_manager"),
    ):
        client.force_login(who)
        assert client.get(reverse("secrecy:quarantine", args=[record.pk])).status_code == 404
        assert case.title not in text_of(client.get(reverse("secrecy:body")))
        assert case.title not in text_of(client.get(reverse("secrecy:worklist")))


def test_titles_cannot_run_script_on_these_screens(client, town, column, sealer):
    page = factories.item(town, "water", column, title="<script>alert(1)</script>")
    case = factories.advance_to(town, factories.submit(page, town.who("water", "author")), "seal")
    assert "<script>alert(1)" not in text_of(client.get(reverse("secrecy:worklist")))
    sheet = stamp(case, sealer)
    assert "<script>alert(1)" not in text_of(client.get(reverse("secrecy:sheet", args=[sheet.number])))
