"""审查表: the list with filters, search and export, and one sheet with its rows and seal."""

import re
from functools import reduce
from operator import or_

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput

from organisation.authority import authorities_of
from organisation.models.units import names_over_time
from secrecy import access, labels
from secrecy.forms import ScanForm
from secrecy.models import Custody, SealEvidence, SecrecySheet, SheetRow
from secrecy.panels import evidence_context, signed_context, table_rows
from secrecy.views.keeping import keeping_context
from secrecy.views.screen import Screen, sheet_or_404

NUMBER = re.compile(r"XXBM-\d{4}-\d{6}")
SEALED = Exists(SealEvidence.objects.filter(sheet=OuterRef("pk"), rejected_at__isnull=True))


class SheetFilterSet(WagtailFilterSet):
    unit = django_filters.ModelChoiceFilter(
        label="填报单位", queryset=lambda request: access.seen_units(request.user).named()
    )
    since = django_filters.DateFilter(
        field_name="day", lookup_expr="gte", label=_("From day"), widget=AdminDateInput
    )
    until = django_filters.DateFilter(
        field_name="day", lookup_expr="lte", label=_("To day"), widget=AdminDateInput
    )
    sealed = django_filters.ChoiceFilter(
        label="盖章",
        choices=[("yes", _("stamped")), ("no", _("not yet stamped"))],
        method="by_seal",
        widget=forms.Select,
    )

    class Meta:
        model = SecrecySheet
        fields = ["unit"]

    def by_seal(self, queryset, name, value):
        return queryset.filter(SEALED if value == "yes" else ~SEALED)


class SheetIndexView(ReportView):
    model = SecrecySheet
    page_title = labels.TITLE
    header_icon = "lock"
    template_name = "secrecy/sheets.html"
    results_template_name = "secrecy/sheets_results.html"
    index_url_name = "secrecy:sheets"
    index_results_url_name = "secrecy:sheets_results"
    paginate_by = 25
    default_ordering = "-number"
    is_searchable = True
    search_fields = ["number"]
    filterset_class = SheetFilterSet
    columns = [
        TitleColumn(
            "number",
            label=_("Sheet number"),
            sort_key="number",
            get_url=lambda s: reverse("secrecy:sheet", args=[s.number]),
        ),
        Column("unit_name", label="填报单位", sort_key="unit__order"),
        Column("author", label="承办人"),
        Column("leader", label="主管领导"),
        Column("row_count", label=_("Rows")),
        Column("day", label=_("Day"), sort_key="day"),
        Column("seal", label="盖章"),
    ]
    list_export = [
        "number",
        "unit_name",
        "author",
        "reviewer",
        "leader",
        "day",
        "row_count",
        "seal",
        "kept_at",
        "printings",
        "row_digest",
    ]
    export_headings = {
        "number": _("Sheet number"),
        "unit_name": "填报单位",
        "author": "承办人",
        "reviewer": "工作机构或者人员",
        "leader": "主管领导",
        "day": _("Day"),
        "row_count": _("Rows"),
        "seal": "盖章",
        "kept_at": _("Kept at"),
        "printings": _("Printings"),
        "row_digest": _("Digest over the rows"),
    }
    export_limit = 5000

    def get_filename(self):
        return labels.TITLE

    def get_base_queryset(self):
        return (
            access.seen_sheets(self.request.user, authorities_of(self.request.user))
            .select_related("author", "reviewer", "leader")
            .annotate(
                row_count=Count("entries", distinct=True),
                printings=Count("prints", distinct=True),
                is_sealed=SEALED,
                kept_at=Subquery(Custody.objects.filter(sheet=OuterRef("pk")).values("place")[:1]),
            )
        )

    def get_queryset(self):
        return self.search_queryset(self.order_queryset(self.get_base_queryset()))

    def search_queryset(self, queryset):
        """By number, by what a phone reads from the QR code, or by what stands on the sheet and what became of it."""
        query = (self.search_query or "").strip() if self.is_searching else ""
        if not query:
            return queryset
        if number := NUMBER.search(query.upper()):
            return queryset.filter(number=number.group())
        return queryset.filter(Q(number__icontains=query) | found_on(query))

    def decorate_paginated_queryset(self, object_list):
        sheets = list(object_list[: self.export_limit]) if self.is_export else list(object_list)
        unit_at = names_over_time([sheet.unit_id for sheet in sheets])
        for sheet in sheets:
            sheet.unit_name = unit_at(sheet.unit_id, sheet.day)
            sheet.seal = seal_label(sheet)
        return sheets


def found_on(query):
    """A title or department on the sheet, a person on it, its electronic seal, the place of its paper."""
    rows = Q(row__name__icontains=query) | Q(row__department__icontains=query)
    written = SheetRow.objects.filter(rows, sheet=OuterRef("pk"), row__sealed_away=False)
    named = (f"seal_{name}__icontains" for name in ("name", "owner", "unit"))
    seals = reduce(or_, (Q(**{field: query}) for field in named), Q(key_serial__iexact=query))
    sealed = SealEvidence.objects.filter(seals, sheet=OuterRef("pk"), rejected_at__isnull=True)
    kept = Custody.objects.filter(sheet=OuterRef("pk"), place__icontains=query)
    people = (f"{who}__name__icontains" for who in ("author", "reviewer", "leader"))
    return reduce(
        or_, (Q(**{field: query}) for field in people), Exists(written) | Exists(sealed) | Exists(kept)
    )


def seal_label(sheet):
    if sheet.withdrawn_at is not None:
        return _("withdrawn")
    return _("stamped") if sheet.is_sealed else _("not yet stamped")


class SheetView(Screen):
    """One sheet: the table as it is printed, its signatures, the seal, and for the 专管人员 the tools."""

    template_name = "secrecy/sheet.html"

    @cached_property
    def sheet(self):
        return sheet_or_404(self.request.user, self.kwargs["number"])

    def get_page_title(self):
        return self.sheet.number

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = list(
            self.sheet.entries.select_related("row__unit", "row__author", "row__reviewer", "row__leader")
        )
        seals = self.sheet.unit_id in access.units_as(self.request.user, access.SEALER, self.held)
        context.update(
            sheet=self.sheet,
            unit_name=names_over_time([self.sheet.unit_id])(self.sheet.unit_id, self.sheet.day),
            labels=labels,
            rows=table_rows([entry.row for entry in rows]),
            **signed_context(self.sheet, [entry.row for entry in rows]),
            may_seal=seals and self.sheet.withdrawn_at is None,
            scan_form=kwargs.get("scan_form") or ScanForm(),
            back=self.request.POST.get("case", ""),
            **evidence_context(self.sheet),
            **keeping_context(self.sheet, self.held),
        )
        return context
