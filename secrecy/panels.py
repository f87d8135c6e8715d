"""What the review page shows of Article 13: the row as the statutory table, the sheet with its seal beside the text."""

from review.views.files import pdf_page_count
from secrecy import access, facts, labels
from secrecy.models import SecrecyRow
from secrecy.services.body import open_referral
from secrecy.services.sheets import sheet_of


def table_rows(rows):
    """Rows as the template of the table wants them: tick by tick."""
    return [
        {
            "row": row,
            "facts": facts.row_facts(row, position),
            "ticks": _ticks(row),
            "remarks": [remark for remark in (row.reviewer_remark, row.leader_remark) if remark],
        }
        for position, row in enumerate(rows, start=1)
    ]


def _ticks(row):
    """(label, ticked) pairs of each column with boxes."""
    proposed = row.proposed_form if row.proposed_form != row.form else ""
    return {
        "forms": [(label, value == row.form, value == proposed) for value, label in _labels(row)],
        "reviewer": _opinion(row.reviewer_opinion),
        "leader": _opinion(row.leader_opinion),
    }


def _labels(row):
    other = f"{labels.FORM_OTHER}：{row.other_form}" if row.other_form else labels.FORM_OTHER
    return (("web", labels.FORM_WEB), ("on_request", labels.FORM_ON_REQUEST), ("other", other))


def _opinion(given):
    return [(labels.AGREE, given == "agree"), (labels.DISAGREE, given == "disagree")]


def signed_context(of, rows):
    """Signatures of a sheet or of one row as the printed table has them: label, who, in whose stead, when."""
    signed = facts.signatures(of, rows)
    labelled = (
        (labels.AUTHOR_SIGNATURE, signed["author"]),
        (labels.REVIEWER_OPINION + labels.SIGNATURE, signed["reviewer"]),
        (labels.LEADER_OPINION + labels.SIGNATURE, signed["leader"]),
    )
    return {"signatures": labelled, "remarks": list(facts.remarks(of, rows))}


def row_context(case, request):
    """The row, what the secrecy body was asked and answered, and its way in for the secrecy body."""
    row = SecrecyRow.objects.with_people().filter(submission_id=case.pk).first()
    if row is None:
        return {"case": case, "rows": [], "labels": labels}
    referral = open_referral(case.pk)
    body = referral is not None and case.unit_id in access.units_as(request.user, access.BODY)
    return {
        "case": case,
        "labels": labels,
        "rows": table_rows([row]),
        "row": row,
        "referrals": row.referrals.select_related("conclusion", "by"),
        "referral_to_conclude": referral if body else None,
        **signed_context(row, [row]),
    }


def sheet_context(case, request):
    """The sheet with scan or PDF inline; nothing of it for whom one of its rows is hidden."""
    sheet = sheet_of(case.pk)
    context = {"case": case, "labels": labels, "sheet": sheet, "at_seal": False}
    if sheet is None:
        return context
    if not access.seen_sheets(request.user).filter(pk=sheet.pk).exists():
        return context | {"sheet": None, "hidden": True}
    return context | evidence_context(sheet)


def evidence_context(sheet):
    evidence = sheet.valid_evidence
    pages = 0
    if evidence is not None and evidence.sha256 and not evidence.is_image:
        pages = pdf_page_count(evidence.sha256)
    return {
        "evidence": evidence,
        "evidence_pages": range(1, pages + 1),
        "rejected": sheet.evidence.filter(rejected_at__isnull=False),
    }
