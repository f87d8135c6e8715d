"""保密审查登记: every row, on the web or not (note 2), with search and Excel; and rows that never become an item."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import HeaderButton

from organisation.authority import authorities_of
from organisation.models import Unit
from organisation.models.units import names_over_time
from secrecy import access, labels
from secrecy.forms import OffwebForm, OffwebOpinionForm
from secrecy.models import SecrecyRow, SheetRow
from secrecy.models.rows import Form, Opinion, Source
from secrecy.panels import signed_context, table_rows
from secrecy.services import offweb
from secrecy.services.sheets import sheet_with
from secrecy.views.screen import Screen

TITLE = "保密审查登记"
STATES = {
    "review": Q(reviewer_opinion="", voided_at__isnull=True),
    "decide": Q(reviewer_opinion=Opinion.AGREE, leader_opinion="", voided_at__isnull=True),
    "agreed": Q(leader_opinion=Opinion.AGREE, voided_at__isnull=True),
    "refused": Q(reviewer_opinion=Opinion.DISAGREE) | Q(leader_opinion=Opinion.DISAGREE),
    "void": Q(voided_at__isnull=False),
}
STATE_LABELS = {
    "review": "待保密审查",
    "decide": "待主管领导意见",
    "agreed": labels.AGREE,
    "refused": labels.DISAGREE,
    "void": "已作废",
}


class RowFilterSet(WagtailFilterSet):
    unit = django_filters.ModelChoiceFilter(
        label="填报单位", queryset=lambda request: access.seen_units(request.user).named()
    )
    since = django_filters.DateFilter(
        field_name="day", lookup_expr="gte", label=gettext_lazy("From day"), widget=AdminDateInput
    )
    until = django_filters.DateFilter(
        field_name="day", lookup_expr="lte", label=gettext_lazy("To day"), widget=AdminDateInput
    )
    form = django_filters.ChoiceFilter(label=labels.FORM, choices=Form.choices, widget=forms.Select)
    state = django_filters.ChoiceFilter(
        label="状态", choices=list(STATE_LABELS.items()), method="by_state", widget=forms.Select
    )

    class Meta:
        model = SecrecyRow
        fields = ["unit"]

    def by_state(self, queryset, name, value):
        return queryset.filter(STATES[value])


class RowIndexView(ReportView):
    model = SecrecyRow
    page_title = TITLE
    header_icon = "list-ul"
    template_name = "secrecy/sheets.html"
    results_template_name = "secrecy/rows_results.html"
    index_url_name = "secrecy:rows"
    index_results_url_name = "secrecy:rows_results"
    paginate_by = 25
    default_ordering = "-id"
    is_searchable = True
    search_fields = ["name"]
    filterset_class = RowFilterSet
    columns = [
        TitleColumn(
            "name", label=labels.NAME, sort_key="name", get_url=lambda r: reverse("secrecy:row", args=[r.pk])
        ),
        Column("unit_name", label="填报单位", sort_key="unit__order"),
        Column("form_said", label=labels.FORM, sort_key="form"),
        Column("author", label="承办人"),
        Column("day", label=gettext_lazy("Day"), sort_key="day"),
        Column("status", label="状态"),
        Column("sheet_number", label=gettext_lazy("Sheet number")),
    ]
    export_headings = {
        "position": labels.NUMBER,
        "department": labels.DEPARTMENT,
        "name": labels.NAME,
        "source_said": labels.SOURCE,
        "form_said": labels.FORM,
        "reviewer_said": labels.REVIEWER_OPINION,
        "leader_said": labels.LEADER_OPINION,
        "unit_name": "填报单位",
        "author": "承办人",
        "reviewer": "工作机构或者人员",
        "leader": "主管领导",
        "day": gettext_lazy("Day"),
        "status": "状态",
        "sheet_number": gettext_lazy("Sheet number"),
        "digest": gettext_lazy("row digest"),
    }
    list_export = list(export_headings)
    export_limit = 5000

    def get_filename(self):
        return TITLE

    def get_base_queryset(self):
        held = authorities_of(self.request.user)
        on_sheet = SheetRow.objects.filter(row=OuterRef("pk"), released_at__isnull=True)
        rows = access.seen_rows(self.request.user, held).select_related("author", "reviewer", "leader")
        return rows.annotate(sheet_number=Subquery(on_sheet.values("sheet__number")[:1]))

    def get_queryset(self):
        return self.search_queryset(self.order_queryset(self.get_base_queryset()))

    def search_queryset(self, queryset):
        """By title, department, source, a person's name or the number of the sheet."""
        query = (self.search_query or "").strip() if self.is_searching else ""
        fields = ("name", "department", "reprint_source", "other_form", "author__name", "reviewer__name")
        found = Q(sheet_number__iexact=query) | Q(leader__name__icontains=query)
        for field in fields:
            found |= Q(**{f"{field}__icontains": query})
        return queryset.filter(found) if query else queryset

    def decorate_paginated_queryset(self, object_list):
        rows = list(object_list[: self.export_limit]) if self.is_export else list(object_list)
        unit_at = names_over_time([row.unit_id for row in rows])
        for position, row in enumerate(rows, start=1):
            row.position, row.unit_name = position, unit_at(row.unit_id, row.day)
            row.form_said = (
                f"{labels.FORM_OTHER}：{row.other_form}" if row.other_form else row.get_form_display()
            )
            is_own = row.source == Source.OWN
            row.source_said = labels.SOURCE_OWN if is_own else f"转载：{row.reprint_source}"
            row.reviewer_said = row.get_reviewer_opinion_display()
            row.leader_said = row.get_leader_opinion_display()
        return rows

    @cached_property
    def header_buttons(self):
        buttons = list(super().header_buttons)
        if offweb.units_to_fill_for(self.request.user):
            url = reverse("secrecy:offweb")
            buttons.append(HeaderButton("登记非网上发布", url=url, icon_name="plus"))
        return buttons

    def get_context_data(self, **kwargs):
        waiting = offweb.rows_to_sign(self.request.user).order_by("pk")[:50]
        return super().get_context_data(**kwargs) | {"waiting": waiting}


class OffwebView(Screen):
    """登记非网上发布: the 承办人 fills in the row; nothing typed is lost where something is missing."""

    template_name = "secrecy/offweb.html"
    page_title = "登记非网上发布"
    header_icon = "plus"
    form = None

    @cached_property
    def units(self):
        mine = offweb.units_to_fill_for(self.request.user, self.held)
        if not mine:
            raise Http404
        return Unit.objects.current().named().filter(pk__in=mine)

    def post(self, request, *args, **kwargs):
        self.form = OffwebForm(request.POST, units=self.units)
        if self.form.is_valid():
            row = self.carried_out(offweb.fill, person=request.user, **self.form.cleaned_data)
            if row:
                messages.success(request, _("Filled in; the secrecy reviewer finds it on the list."))
                return redirect("secrecy:row", pk=row.pk)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        form = self.form or OffwebForm(units=self.units)
        return super().get_context_data(**kwargs) | {"form": form, "labels": labels}


class RowView(Screen):
    """One row as the statutory table; what goes another way than the web is judged here."""

    template_name = "secrecy/row.html"
    form = None

    @cached_property
    def row(self):
        rows = access.seen_rows(self.request.user, self.held)
        row = rows.select_related("unit", "author", "reviewer", "leader").filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row

    def get_page_title(self):
        return self.row.safe_name

    @cached_property
    def may_sign(self):
        return offweb.rows_to_sign(self.request.user, self.held).filter(pk=self.row.pk).exists()

    def opinion_form(self, data=None):
        return OffwebOpinionForm(data, may_refer=not self.row.reviewer_opinion)

    def post(self, request, *args, **kwargs):
        if "withdraw" in request.POST:
            done = self.carried_out(offweb.withdraw, self.row, request.user, request.POST.get("reason", ""))
        else:
            done = self.judge(request)
        if done:
            messages.success(request, _("On record."))
            return redirect("secrecy:row", pk=self.row.pk)
        return self.render_to_response(self.get_context_data())

    def judge(self, request):
        self.form = self.opinion_form(request.POST)
        if not self.form.is_valid():
            return None
        answer, remark = self.form.cleaned_data["answer"], self.form.cleaned_data["remark"]
        if answer == "refer":
            return self.carried_out(offweb.refer, self.row, request.user, remark)
        verb = offweb.decide if self.row.reviewer_opinion else offweb.review
        return self.carried_out(verb, self.row, request.user, agree=answer == "agree", remark=remark)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        row = self.row
        is_mine = row.submission_id is None and row.author_id == self.request.user.pk
        context.update(
            row=row,
            labels=labels,
            rows=table_rows([row]),
            referrals=row.referrals.select_related("conclusion", "by"),
            sheet=sheet_with(row),
            unit_name=names_over_time([row.unit_id])(row.unit_id, row.day),
            **signed_context(row, [row]),
            form=(self.form or self.opinion_form()) if self.may_sign else None,
            may_withdraw=is_mine and not row.leader_opinion and not row.is_voided,
        )
        return context
