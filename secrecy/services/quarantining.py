"""发现涉密，立即封存: closed to everyone but the unit's secrecy body, in the same minute (Article 13)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regulation.refusals import Refusal
from review.models import Case
from secrecy.models import Quarantine, SecrecyRow, SheetRow
from secrecy.services.lawful import lawful, require_post

Conclusion = Quarantine.Conclusion


@transaction.atomic
def quarantine(case, person, remark):
    """Records it and closes the row. The submission itself is ended by the act that calls this."""
    with lawful():
        record = Quarantine.objects.create(
            submission_id=case.pk,
            object_id=case.object_id,
            page_id=case.page_id,
            unit_id=case.unit_id,
            reported_by=person,
            remark=remark[:2000],
        )
        _close_rows(case.object_id)
    Case.objects.filter(object_id=case.object_id).update(quarantined=True)
    return record


def _close_rows(object_id):
    """Every row that carries the title, earlier submissions of the object included."""
    cases = Case.objects.filter(object_id=object_id)
    rows = SecrecyRow.objects.select_for_update().filter(submission_id__in=cases.values("pk"))
    for row in rows:
        row.sealed_away = True
        if row.voided_at is None and not _is_published(row):
            row.voided_at = timezone.now()
            row.void_reason = _("quarantined")
        row.save()
        _withdraw_sheets(row)


def _is_published(row):
    """A row that carried a publication stays as it was: that is what happened."""
    return Case.objects.filter(pk=row.submission_id, publication_id__isnull=False).exists()


def _withdraw_sheets(row):
    """The paper shows the title as well: the sheet is closed, its other rows are free for another sheet."""
    for entry in row.entries.filter(released_at__isnull=True).select_related("sheet"):
        sheet = entry.sheet
        if sheet.withdrawn_at is None:
            sheet.withdrawn_at = timezone.now()
            sheet.save(update_fields=["withdrawn_at"])
        SheetRow.objects.filter(sheet=sheet, released_at__isnull=True).update(released_at=timezone.now())


def require_open(object_id):
    """What is sealed away is not handed in again before the secrecy body lifted it."""
    if Quarantine.objects.closed().filter(object_id=object_id).exists():
        raise Refusal(
            _("This item is sealed away; only the secrecy body sees it."),
            article="13",
            code="secrecy_quarantined",
        )


@transaction.atomic
def decide_quarantine(record, person, conclusion, text):
    """The secrecy body confirms or lifts, once and in writing."""
    record = Quarantine.objects.select_for_update().get(pk=record.pk)
    authority = require_post(
        person,
        record.unit_id,
        "secrecy_body",
        _("Only the secrecy body of the unit decides about a quarantine."),
    )
    if record.conclusion:
        raise Refusal(_("This quarantine has been decided."), article="13", code="decided")
    if conclusion not in Conclusion.values or not text.strip():
        raise Refusal(_("Say which it is and why."), article="13", code="incomplete")
    record.conclusion = conclusion
    record.conclusion_text = text
    record.concluded_by = person
    record.concluded_at = timezone.now()
    record.concluded_delegation_id = authority.delegation_id
    with lawful():
        record.save()
    if conclusion == Conclusion.LIFTED:
        _open_again(record.object_id)
    return record


def _open_again(object_id):
    """Only when no other quarantine of the same object stands."""
    if Quarantine.objects.closed().filter(object_id=object_id).exists():
        return
    cases = Case.objects.filter(object_id=object_id)
    for row in SecrecyRow.objects.select_for_update().filter(submission_id__in=cases.values("pk")):
        row.sealed_away = False
        row.save()
    cases.update(quarantined=False)
