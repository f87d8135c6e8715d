"""Sheets form at sealing from fully decided rows; the seal's evidence comes before the seal (Article 13)."""

import uuid
from datetime import timedelta

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from publication.files import open_private
from publication.models import SignOff
from regulation.refusals import Refusal
from review import acts
from secrecy import services
from secrecy.contribution import register_facts
from secrecy.digests import sheet_digest
from secrecy.models import SealEvidence, SecrecySheet
from tests import factories
from tests.organisation_world import holder
from tests.refusing import refused_by_database
from tests.secrecy_world import PDF, new_case, row_of, stamp, upload

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]


@pytest.fixture
def sealer(town):
    return town.who("water", "dedicated")


def test_a_sheet_gathers_the_decided_rows_of_the_same_people_and_day(town, column, sealer):
    cases = [new_case(town, column) for _ in range(3)]
    undecided = new_case(town, column, until="leader_opinion")
    other_author = holder(town.units["water"], "author", "另一承办人")
    page = factories.item(town, "water", column)
    foreign = factories.advance_to(town, factories.submit(page, other_author), "seal")

    sheet = services.form_sheet(cases[1].pk, sealer)

    assert [row.submission_id for row in sheet.ordered_rows] == [case.pk for case in cases]
    assert sheet.row_digest == sheet_digest(sheet.ordered_rows)
    assert services.sheet_of(undecided.pk) is None
    assert services.sheet_of(foreign.pk) is None
    assert services.form_sheet(cases[0].pk, sealer) == sheet


def test_numbers_run_without_gaps_and_later_rows_go_on_another_sheet(town, column, sealer):
    first = services.form_sheet(new_case(town, column).pk, sealer)
    second = services.form_sheet(new_case(town, column).pk, sealer)
    year = timezone.localdate().year
    assert first.number == f"XXBM-{year}-{first.serial:06d}"
    assert second.serial == first.serial + 1
    assert second.ordered_rows != first.ordered_rows


def test_the_printed_form_is_kept_as_it_was_made(town, column, sealer):
    case = new_case(town, column)
    sheet = services.form_sheet(case.pk, sealer)
    with open_private(sheet.pdf_sha256) as file, pypdfium2.PdfDocument(file.read()) as document:
        text = "".join(document[0].get_textpage().get_text_range().split())
    for word in (
        "信息发布保密审查表",
        sheet.number,
        "区水务局",
        case.title,
        town.who("water", "supervising_leader").name,
    ):
        assert "".join(word.split()) in text


def test_a_sheet_without_decided_rows_is_refused(town, column, sealer):
    undecided = new_case(town, column, until="leader_opinion")
    with pytest.raises(Refusal) as refusal:
        services.form_sheet(undecided.pk, sealer)
    assert refusal.value.code == "no_rows"
    with pytest.raises(Refusal) as refusal:
        services.form_sheet(uuid.uuid4(), sealer)
    assert refusal.value.code == "no_row"
    voided = new_case(town, column)
    services.void_row(voided.pk, "更正")
    with pytest.raises(Refusal) as refusal:
        services.form_sheet(voided.pk, sealer)
    assert refusal.value.code == "row_void"


def test_an_empty_sheet_takes_no_seal(town, column, sealer):
    sheet = services.form_sheet(new_case(town, column).pk, sealer)
    empty = SecrecySheet.objects.create(
        number="", year=2026, serial=0, unit=sheet.unit, author=sheet.author, reviewer=sheet.reviewer,
        leader=sheet.leader, day=sheet.day, row_digest="0" * 64, formed_by=sealer,
    )  # fmt: skip
    empty.refresh_from_db()
    with pytest.raises(Refusal) as refusal:
        services.record_scan(empty, sealer, upload())
    assert refusal.value.code == "no_rows"
    with pytest.raises(IntegrityError), transaction.atomic():
        SealEvidence.objects.create(sheet=empty, kind="scan", sha256="0" * 64, recorded_by=sealer)


def test_only_the_dedicated_person_of_the_unit(town, column):
    case = new_case(town, column)
    for unit, post in (("water", "author"), ("water", "supervising_leader"), ("jiuzhou", "dedicated")):
        with pytest.raises(Refusal) as refusal:
            services.form_sheet(case.pk, town.who(unit, post))
        assert refusal.value.code == "not_holder"
    sheet = services.form_sheet(case.pk, town.who("water", "dedicated"))
    with pytest.raises(Refusal):
        services.record_scan(sheet, town.who("water", "author"), upload())


# --- the seal ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["no sheet", "no evidence", "rejected"])
def test_the_seal_is_not_signed_without_its_evidence(town, column, sealer, step):
    case = new_case(town, column)
    if step != "no sheet":
        sheet = services.form_sheet(case.pk, sealer)
    if step == "rejected":
        services.record_scan(sheet, sealer, upload())
        services.reject_seal(case.pk, town.who("egov", "web_manager"), "章不清楚")
    with pytest.raises(Refusal) as refusal:
        acts.agree(case, sealer)
    assert refusal.value.code == ("sheet_missing" if step == "no sheet" else "seal_missing")


def test_postgresql_asks_for_the_evidence_itself(town, column, sealer):
    """A program that forgot to ask still cannot sign."""
    case = new_case(town, column)
    signed = SignOff.objects.filter(submission_id=case.pk, decision="agree").order_by("-pk").first()
    seal = {
        field.column: getattr(signed, field.attname)
        for field in SignOff._meta.concrete_fields
        if field.column != "id"
    }
    seal |= {
        "position": case.position,
        "opinion": "seal",
        "post": "dedicated",
        "person_id": sealer.pk,
        "act": uuid.uuid4(),
    }
    seal |= {"detail": "{}", "signed_at": timezone.now()}
    insert = f"INSERT INTO publication_signoff ({', '.join(seal)}) VALUES ({', '.join(['%s'] * len(seal))})"
    values = [str(value) if isinstance(value, uuid.UUID) else value for value in seal.values()]
    refused_by_database(insert, *values)
    stamp(case, sealer)
    with connection.cursor() as cursor:
        cursor.execute(insert, [*values[:-1], timezone.now()])
    assert SignOff.objects.filter(submission_id=case.pk, opinion="seal").exists()


def test_photo_and_scan_are_told_apart(town, column, sealer):
    sheet = services.form_sheet(new_case(town, column).pk, sealer)
    photo = services.record_scan(sheet, sealer, upload(), photo=True)
    scan = services.record_scan(sheet, sealer, upload(PDF, "盖章件.pdf"))
    assert (photo.kind, photo.content_type) == ("photo", "image/jpeg")
    assert (scan.kind, scan.content_type, scan.file_name) == ("scan", "application/pdf", "盖章件.pdf")
    assert sheet.valid_evidence == scan


@pytest.mark.parametrize(("content", "name"), [(b"", "空.jpg"), (b"MZ", "程序.exe"), (PDF[:40], "断.pdf")])
def test_a_wrong_file_is_refused_and_leaves_no_trace(town, column, sealer, content, name):
    sheet = services.form_sheet(new_case(town, column).pk, sealer)
    with pytest.raises(ValidationError):
        services.record_scan(sheet, sealer, upload(content, name))
    assert not sheet.evidence.exists()


def electronic(**changes):
    facts = {
        "seal_name": "区水务局公章", "seal_owner": "区水务局", "seal_unit": "区水务局", "key_serial": "5204-0001",
        "sealed_at": timezone.now() - timedelta(minutes=5),
    }  # fmt: skip
    return facts | changes


def test_an_electronic_seal_serves_with_all_its_facts(town, column, sealer):
    case = new_case(town, column)
    sheet = services.form_sheet(case.pk, sealer)
    for name in ("seal_name", "seal_owner", "seal_unit", "key_serial"):
        with pytest.raises(Refusal):
            services.record_electronic_seal(sheet, sealer, **electronic(**{name: ""}))
    with pytest.raises(Refusal) as refusal:
        services.record_electronic_seal(
            sheet, sealer, **electronic(sealed_at=timezone.now() + timedelta(hours=1))
        )
    assert refusal.value.code == "future_seal"
    services.record_electronic_seal(sheet, sealer, **electronic())
    case = acts.agree(case, sealer)
    assert case.opinion == "check"


def test_a_returned_form_reopens_the_seal_only(town, column, sealer):
    from review import reasons

    case = new_case(town, column)
    sheet = stamp(case, sealer)
    case = acts.agree(case, sealer)
    manager = town.who("egov", "web_manager")
    case = acts.reopen(case, manager, reason=reasons.FORM_REASONS[0][0], remark="盖章不清晰")
    assert case.opinion == "seal"
    assert row_of(case).is_decided
    rejected = sheet.evidence.get()
    assert (rejected.rejected_by, rejected.rejected_reason) == (manager, "盖章不清晰")
    with pytest.raises(Refusal):
        acts.agree(case, sealer)
    services.record_scan(sheet, sealer, upload())
    case = acts.agree(case, sealer)
    assert case.opinion == "check"


def test_voiding_one_row_leaves_the_others_sealed(town, column, sealer):
    one, two = new_case(town, column), new_case(town, column)
    sheet = stamp(one, sealer)
    acts.withdraw(one, town.who("water", "author"))
    assert row_of(one).is_voided
    assert [entry.row_id for entry in sheet.entries.all()] == [row_of(one).pk, row_of(two).pk]
    assert acts.agree(two, sealer).opinion == "check"
    with pytest.raises(Refusal):
        services.require_seal(one.pk)


def test_items_registered_off_the_web_are_sealed_like_any_other(town, column, sealer):
    case = new_case(town, column, until="leader_opinion")
    acts.refuse(case, town.who("water", "supervising_leader"), remark="不同意")
    from secrecy.services.sheets import rows_to_seal

    assert row_of(case) in rows_to_seal([town.units["water"].pk])
    sheet = stamp(case, sealer)
    assert row_of(case) not in rows_to_seal([town.units["water"].pk])
    assert sheet.valid_evidence is not None


def test_the_register_names_the_sheet(town, column, sealer):
    case = new_case(town, column)
    assert register_facts(case.submission)["sheet_number"] == ""
    sheet = stamp(case, sealer)
    facts = register_facts(case.submission)
    assert facts["sheet_number"] == sheet.number
    assert facts["sheet_digest"] == sheet.row_digest
    assert facts["secrecy_row_digest"] == row_of(case).digest
    assert facts["seal"] == "scan"
    assert case.title not in str(facts)
