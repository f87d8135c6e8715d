"""Services for units (Articles 9, 11, 17): found, rename, close; nothing is overwritten or deleted."""

from datetime import timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from organisation.models import Unit, UnitName
from organisation.rights import demand
from organisation.writing import refusing
from regulation.refusals import Refusal

ARTICLE = "11"


def create_unit(
    code, kind, name, *, by, short_name="", valid_from=None, parent=None, site="portal", phone="", order=None
):
    """A new unit with its first name."""
    demand(by, "operate")
    with refusing(ARTICLE):
        if order is None:
            order = (Unit.objects.aggregate(last=Max("order"))["last"] or 0) + 10
        unit = Unit.objects.create(code=code, kind=kind, parent=parent, site=site, phone=phone, order=order)
        UnitName.objects.create(
            unit=unit, name=name, short_name=short_name, valid_from=valid_from or timezone.localdate()
        )
        log(unit, "organisation.create_unit", user=by)
    return unit


def rename_unit(unit, name, *, by, short_name="", from_day=None):
    """From that day (today or later) the unit has another name; documents of before keep the old one."""
    demand(by, "operate")
    from_day = from_day or timezone.localdate()
    if from_day < timezone.localdate():
        raise Refusal(_("A name changes today or later, not in the past."), article=ARTICLE, code="past")
    with refusing(ARTICLE):
        Unit.objects.select_for_update().get(pk=unit.pk)
        current = unit.names.filter(valid_to__isnull=True).first()
        if current and current.valid_from > from_day:
            raise Refusal(_("A later change of name is entered already."), article=ARTICLE, code="later_name")
        if current:
            current.valid_to = from_day
            current.save(update_fields=["valid_to"])
        UnitName.objects.create(unit=unit, name=name, short_name=short_name, valid_from=from_day)
        unit.refresh_from_db()
        log(unit, "organisation.rename_unit", user=by, data={"name": name, "from": from_day.isoformat()})
    return unit


def close_unit(unit, *, by, on=None):
    """The unit exists until the end of the day before; from that day its people hold no post in it."""
    demand(by, "operate")
    with refusing(ARTICLE):
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        unit.closed_on = on or timezone.localdate() + timedelta(days=1)
        unit.save(update_fields=["closed_on"])
        log(unit, "organisation.close_unit", user=by, data={"closed_on": unit.closed_on.isoformat()})
    return unit
