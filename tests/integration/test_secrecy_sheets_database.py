"""Sheets and seals: what PostgreSQL itself refuses, whoever asks (Article 13)."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from regulation.refusals import Refusal
from review import acts
from review.models import Case
from secrecy import services
from secrecy.models import SealEvidence, SecrecySheet, SheetRow
from tests import factories
from tests.refusing import refused_by_database
from tests.secrecy_world import new_case, row_of, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]


@pytest.fixture
def sealer(town):
    return town.who("water", "dedicated")


def test_sheets_rows_and_evidence_do_not_change(town, column, sealer):
    case = new_case(town, column)
    later = new_case(town, column, until="leader_opinion")
    sheet = stamp(case, sealer)
    later = factories.advance_to(town, later, "seal")
    for change in ("number = 'X'", "serial = 9999", "day = '2020-01-01'", "pdf_sha256 = ''", "withdrawn_at = now()",
                   "row_digest = repeat('0', 64)", "formed_at = '2017-10-25'"):  # fmt: skip
        refused_by_database(f"UPDATE secrecy_secrecysheet SET {change} WHERE id = %s", sheet.pk)
    refused_by_database("UPDATE secrecy_sheetrow SET released_at = now() WHERE sheet_id = %s", sheet.pk)
    refused_by_database("UPDATE secrecy_sheetrow SET position = 9 WHERE sheet_id = %s", sheet.pk)
    refused_by_database(
        "UPDATE secrecy_sealevidence SET sha256 = repeat('0', 64) WHERE sheet_id = %s", sheet.pk
    )
    refused_by_database(
        "UPDATE secrecy_sealevidence SET recorded_at = '2017-10-25' WHERE sheet_id = %s", sheet.pk
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetRow.objects.create(sheet=sheet, row=row_of(later), position=2)


def test_a_row_of_other_people_never_gets_on_the_sheet(town, column, sealer):
    case = new_case(town, column)
    page = factories.item(town, "jiuzhou", column)
    foreign = factories.submit(page, town.who("jiuzhou", "author"))
    foreign = factories.advance_to(town, foreign, "seal")
    sheet = SecrecySheet.objects.create(
        number="", year=2026, serial=0, unit=town.units["water"], author=town.who("water", "author"),
        reviewer=town.who("water", "secrecy_reviewer"), leader=town.who("water", "supervising_leader"),
        day=timezone.localdate(), row_digest="0" * 64, formed_by=sealer,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetRow.objects.create(sheet=sheet, row=row_of(foreign), position=1)
    SheetRow.objects.create(sheet=sheet, row=row_of(case), position=1)


def test_a_seal_of_unknown_files_or_people_is_refused(town, column, sealer):
    sheet = services.form_sheet(new_case(town, column).pk, sealer)
    for who, sha256 in ((sealer, "0" * 64), (town.who("water", "author"), sheet.pdf_sha256)):
        with pytest.raises(IntegrityError), transaction.atomic():
            SealEvidence.objects.create(sheet=sheet, kind="scan", sha256=sha256, recorded_by=who)


def test_nothing_is_deleted_by_the_owner_either(town, column, sealer, as_role):
    sheet = stamp(new_case(town, column), sealer)
    with as_role("owner"):
        for table, key in (("secrecysheet", "id"), ("sheetrow", "sheet_id"), ("sealevidence", "sheet_id")):
            refused_by_database(f"DELETE FROM secrecy_{table} WHERE {key} = %s", sheet.pk)


def test_the_case_keeps_waiting_where_nothing_was_sealed(town, column, sealer):
    case = new_case(town, column)
    with pytest.raises(Refusal):
        acts.agree(case, sealer)
    assert Case.objects.get(pk=case.pk).opinion == "seal"
