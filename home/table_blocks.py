"""Data in a body (Article 3): a table typed cell by cell, or pasted from a worksheet; with a chart if wanted."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from home import charts, merging


def chart_field():
    return blocks.ChoiceBlock(
        label=_("Chart"),
        choices=[("bar", _("bar chart")), ("line", _("line chart")), ("pie", _("pie chart"))],
        required=False,
        help_text=_("Drawn from the table: names in the first column, numbers in the others."),
    )


def unit_field():
    return blocks.CharBlock(label=_("Unit of measurement"), required=False, max_length=20)


def source_field():
    return blocks.CharBlock(label=_("Source of the data"), required=False, max_length=120)


CANNOT_DRAW = {
    "merged": _("A table with merged cells cannot be drawn as a chart."),
    "numbers": _("A chart needs names in the first column and at least one column of numbers only."),
    "many": _("There is too much in the table for a chart of this kind."),
    "negative": _("A pie chart shows parts of a whole: no negative numbers, and not all of them nought."),
}


def check_table(head, rows, value):
    """What table blocks have in common: merged cells that fit, and a chart that can be drawn."""
    try:
        spans = merging.fitting(value.get("merges"), len(rows) + 1, len(head))
    except ValueError as error:
        wrong = _("These cells cannot be merged: %(range)s.") % {"range": error}
        raise blocks.StructBlockValidationError({"merges": ValidationError(wrong)}) from error
    problem = charts.problem(value["chart"], head, rows, spans) if value.get("chart") else ""
    if problem:
        raise blocks.StructBlockValidationError({"chart": ValidationError(CANNOT_DRAW[problem])})


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Table title"), max_length=120)
    table = TypedTableBlock(
        [("text", blocks.CharBlock(label=_("Text"), required=False, max_length=2000))], label=_("Cells")
    )
    merges = blocks.CharBlock(
        label=_("Merged cells"),
        required=False,
        max_length=2000,
        help_text=_("As in Excel, the headings being row 1: A1:C1；A2:A4. Only the first cell's text shows."),
    )
    unit = unit_field()
    chart = chart_field()
    source = source_field()

    class Meta:
        icon = "table"
        label = _("Table")

    def clean(self, value):
        value = super().clean(value)
        table = value["table"]
        if not table or not table.columns or not table.row_data:
            raise blocks.StructBlockValidationError(
                {"table": ValidationError(_("A table needs at least one column and one row."))}
            )
        head = [column["heading"] or "" for column in table.columns]
        check_table(head, [[cell or "" for cell in row["values"]] for row in table.row_data], value)
        return value


class DataBlock(blocks.StructBlock):
    """Data as it is copied from Excel or WPS: lines of cells with tabs between them."""

    caption = blocks.CharBlock(label=_("Table title"), max_length=120)
    cells = blocks.TextBlock(
        label=_("Data"),
        rows=8,
        max_length=100_000,
        help_text=_("Copy the cells in Excel or WPS and paste them here; the first line holds the headings."),
    )
    unit = unit_field()
    chart = chart_field()
    source = source_field()

    class Meta:
        icon = "order"
        label = _("Data from Excel")

    def clean(self, value):
        value = super().clean(value)
        head, rows = merging.lines_of(value["cells"])
        if not rows or len(head) < 2:
            wrong = _("Paste at least two columns and two lines, copied from the worksheet.")
            raise blocks.StructBlockValidationError({"cells": ValidationError(wrong)})
        check_table(head, rows, value)
        return value
