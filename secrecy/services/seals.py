"""盖章: the stamped sheet comes back as scan or photograph, or an electronic seal is recorded (Article 13)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publication import files, scans
from publication.models import StoredFile
from regulation.refusals import Refusal
from secrecy.models import SealEvidence
from secrecy.services.lawful import lawful, require_post
from secrecy.services.rows import row_of
from secrecy.services.sheets import form_sheet, sheet_of

Kind = SealEvidence.Kind


def _authority(sheet, person):
    return require_post(
        person,
        sheet.unit_id,
        "dedicated",
        _("Only the unit's dedicated person makes the sheet and sets the seal."),
    )


def _require_open(sheet):
    if sheet.withdrawn_at is not None:
        raise Refusal(_("This sheet has been withdrawn."), article="13", code="withdrawn")
    if not sheet.pdf_sha256 or not sheet.entries.exists():
        raise Refusal(_("A sheet without rows takes no seal."), article="13", code="no_rows")


@transaction.atomic
def record_scan(sheet, person, upload, *, photo=False):
    """上传盖章件. What the file is decides its content, never its name."""
    authority = _authority(sheet, person)
    _require_open(sheet)
    content_type, picture = scans.accepted(upload)
    stored = files.store(picture, picture.name)
    with lawful():
        return SealEvidence.objects.create(
            sheet=sheet,
            kind=Kind.PHOTO if photo and content_type != scans.PDF else Kind.SCAN,
            sha256=stored.sha256,
            file_name=picture.name,
            content_type=content_type,
            size=picture.size,
            recorded_by=person,
            recorded_delegation_id=authority.delegation_id,
        )


@transaction.atomic
def seal_on_paper(submission_id, person, paper):
    """The unit's stamped form came in on paper (Article 12): its scan is the evidence, for that row alone.

    `person` is the 专管人员 who stamped; who entered and who checked stand on the `review.PaperOpinion`.
    """
    sheet = sheet_of(submission_id) or form_sheet(submission_id, person, alone=True)
    if sheet.valid_evidence is not None:
        return sheet.valid_evidence
    authority = _authority(sheet, person)
    _require_open(sheet)
    with lawful():
        return SealEvidence.objects.create(
            sheet=sheet,
            kind=Kind.SCAN,
            sha256=paper.sha256,
            file_name=paper.file_name,
            content_type=paper.content_type,
            size=StoredFile.objects.get(pk=paper.sha256).size,
            paper_id=paper.pk,
            recorded_by=person,
            recorded_delegation_id=authority.delegation_id,
        )


@transaction.atomic
def record_electronic_seal(sheet, person, *, seal_name, seal_owner, seal_unit, key_serial, sealed_at):
    """登记电子印章: the five facts that the seal server gives."""
    authority = _authority(sheet, person)
    _require_open(sheet)
    if sealed_at > timezone.now():
        raise Refusal(_("The sealing time lies in the future."), article="13", code="future_seal")
    with lawful():
        return SealEvidence.objects.create(
            sheet=sheet,
            kind=Kind.ELECTRONIC,
            seal_name=seal_name,
            seal_owner=seal_owner,
            seal_unit=seal_unit,
            key_serial=key_serial,
            sealed_at=sealed_at,
            recorded_by=person,
            recorded_delegation_id=authority.delegation_id,
        )


@transaction.atomic
def reject_seal(submission_id, person, reason):
    """退回补表: the evidence counts no longer; sheet, rows and opinions stand."""
    sheet = sheet_of(submission_id)
    if sheet is None:
        return None
    evidence = sheet.valid_evidence
    if evidence is not None:
        evidence.rejected_by_id = getattr(person, "pk", person)
        evidence.rejected_at = timezone.now()
        evidence.rejected_reason = reason[:1000]
        with lawful():
            evidence.save()
    return sheet


def require_seal(submission_id):
    """The sheet and its evidence, or a refusal that says what is missing. The database asks the same (0003)."""
    row = row_of(submission_id)
    if row.is_voided or row.is_refused or not row.is_decided or not row.is_web:
        raise Refusal(
            _("The row of the secrecy form does not allow publication on the web."),
            article="13",
            code="row_not_agreed",
        )
    sheet = sheet_of(submission_id)
    if sheet is None:
        raise Refusal("尚未生成审查表。", article="13", code="sheet_missing")
    if sheet.valid_evidence is None:
        raise Refusal("尚未上传盖章件，也未登记电子印章。", article="13", code="seal_missing")
    return sheet
