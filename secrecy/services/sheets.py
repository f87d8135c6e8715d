"""生成审查表: a sheet forms at sealing from fully decided rows of the same unit, 承办人, reviewer, leader and day."""

from io import BytesIO

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from publication import files
from regulation.refusals import Refusal
from review.models import Case
from secrecy import sheet_pdf
from secrecy.digests import sheet_digest
from secrecy.facts import sheet_facts
from secrecy.models import SecrecyRow, SecrecySheet, SheetRow
from secrecy.services.lawful import lawful, require_post
from secrecy.services.rows import row_of


def sheet_of(submission_id):
    """The sheet on which the row of this submission stands, or None."""
    return _sheet(row__submission_id=submission_id)


def sheet_with(row):
    """The same for a row."""
    return _sheet(row=row)


def _sheet(**condition):
    entry = (
        SheetRow.objects.filter(released_at__isnull=True, **condition)
        .select_related("sheet__unit", "sheet__author", "sheet__reviewer", "sheet__leader")
        .first()
    )
    return entry.sheet if entry else None


def rows_to_seal(units):
    """Decided rows that stand on no sheet yet: items that wait for their seal, and those registered without the web."""
    registered = Case.objects.filter(status__in=["refused", "on_request", "other_form"]).values("pk")
    waiting = Case.objects.filter(ended_at__isnull=True, opinion="seal").values("pk")
    rows = SecrecyRow.objects.decided().without_sheet().filter(sealed_away=False, unit__in=units)
    return rows.filter(Q(submission_id__in=waiting) | Q(submission_id__in=registered) | Q(submission_id=None))


def rows_beside(row):
    """What goes on the same sheet as this row; the row itself first in line by the order of filling in."""
    rows = SecrecyRow.objects.select_for_update().filter(
        unit=row.unit_id, author=row.author_id, reviewer=row.reviewer_id, leader=row.leader_id, day=row.day
    )
    candidates = rows.filter(voided_at__isnull=True, sealed_away=False).exclude(leader_opinion="")
    return list(candidates.without_sheet().order_by("pk"))


@transaction.atomic
def form_sheet(submission_id, person, *, alone=False):
    """By the unit's 专管人员. Rows that come later go on another sheet; `alone` leaves out those beside it."""
    return form_sheet_of(row_of(submission_id), person, alone=alone)


@transaction.atomic
def form_sheet_of(row, person, *, alone=False):
    authority = require_post(
        person,
        row.unit_id,
        "dedicated",
        _("Only the unit's dedicated person makes the sheet and sets the seal."),
    )
    if sheet := sheet_with(row):
        return sheet
    _require_decided(row)
    rows = [row] if alone else rows_beside(row)
    with lawful():
        sheet = _write(row, rows, person, authority)
    return _printed(sheet)


def _require_decided(row):
    if row.is_voided or row.sealed_away:
        raise Refusal(_("This row is void; it stands on no sheet."), article="13", code="row_void")
    if not row.leader_opinion:
        raise Refusal(
            _("A sheet is made from fully decided rows; an opinion is missing here."),
            article="13",
            code="no_rows",
        )


def _write(row, rows, person, authority):
    sheet = SecrecySheet.objects.create(
        number="",
        year=row.day.year,
        serial=0,
        unit_id=row.unit_id,
        author_id=row.author_id,
        reviewer_id=row.reviewer_id,
        leader_id=row.leader_id,
        day=row.day,
        row_digest=sheet_digest(rows),
        formed_by=person,
        formed_delegation_id=authority.delegation_id,
    )
    for position, entry in enumerate(rows, start=1):
        SheetRow.objects.create(sheet=sheet, row=entry, position=position)
    sheet.refresh_from_db()
    return sheet


def _printed(sheet):
    """Set once and kept: what is printed again next year is what was stamped."""
    content = BytesIO(sheet_pdf.render(sheet_facts(sheet)))
    sheet.pdf_sha256 = files.store(content, f"{sheet.number}.pdf").sha256
    sheet.save(update_fields=["pdf_sha256"])
    return sheet
