"""What Article 13 adds to a register entry: number and digest of the sheet, never a title of what is sealed away."""

from secrecy.models import SecrecyRow
from secrecy.services.sheets import sheet_of


def register_facts(submission):
    """Called by `publication.evidence` inside the transaction that writes the entry."""
    row = SecrecyRow.objects.filter(submission_id=submission.pk).first()
    if row is None:
        return {}
    sheet = sheet_of(submission.pk)
    evidence = sheet.valid_evidence if sheet else None
    return {
        "secrecy_row": row.pk,
        "secrecy_row_digest": row.digest,
        "sheet_number": sheet.number if sheet else "",
        "sheet_digest": sheet.row_digest if sheet else "",
        "seal": evidence.kind if evidence else "",
        "seal_sha256": evidence.sha256 if evidence else "",
    }
