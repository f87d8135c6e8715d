"""Where an item may stand: the responsibility matrix is the permission (Articles 9 and 17)."""

from django.utils.translation import gettext as _

from regulation.refusals import Refusal


def columns_for(unit):
    """Columns on offer to a unit, in tree order: public ones to which it may contribute."""
    from home.models import ColumnPage

    columns = ColumnPage.objects.filter(live=True, responsible_unit__isnull=False).order_by("path")
    return [column for column in columns.prefetch_related("contributor_units") if column.takes_from(unit)]


def refusal_for(unit, column) -> Refusal | None:
    """Why this unit may not publish in this column, or nothing."""
    if unit is None:
        return Refusal(_("The item has no responsible unit."), article="9", code="no_unit")
    if column is None:
        return Refusal(_("Choose the column in which the item appears."), article="9", code="no_column")
    if column.responsible_unit_id is None:
        return Refusal(
            _("The column “%(column)s” has no responsible unit and accepts no items.")
            % {"column": column.title},
            article="9",
            code="column_without_unit",
        )
    if not column.takes_from(unit):
        return Refusal(
            _("%(unit)s does not contribute to the column “%(column)s”.")
            % {"unit": unit.name, "column": column.title},
            article="17",
            code="not_contributor",
        )
    return None


def check_placement(page):
    refusal = refusal_for(page.unit if page.unit_id else None, page.column)
    if refusal:
        raise refusal
