"""The paper: printing a sheet, once freely and again with a reason; where its stamped original is kept."""

from django.db import transaction
from django.utils.translation import gettext as _

from organisation.authority import find_authority
from regulation.refusals import Refusal
from secrecy.models import Custody, SheetPrint
from secrecy.services.lawful import lawful

KEEPERS = ["archivist", "dedicated"]


@transaction.atomic
def record_print(sheet, person, reason=""):
    """补打 needs its reason: two originals of one sheet are not to lie about unexplained."""
    if sheet.prints.exists() and not reason.strip():
        raise Refusal(_("Say why the sheet is printed again."), article="19", code="secrecy_print")
    with lawful():
        made = SheetPrint.objects.create(sheet=sheet, by=person, reason=reason.strip()[:300])
    made.refresh_from_db()
    return made


@transaction.atomic
def keep(sheet, person, *, place, keeper, remark=""):
    """存放: recorded by the unit's archivist or dedicated person; a move is another line."""
    if find_authority(person, sheet.unit_id, KEEPERS) is None:
        raise Refusal(
            _("Only the unit's archivist or dedicated person says where its paper is kept."),
            article="19",
            code="not_holder",
        )
    with lawful():
        return Custody.objects.create(
            sheet=sheet, by=person, place=place.strip(), keeper=keeper.strip(), remark=remark.strip()
        )
