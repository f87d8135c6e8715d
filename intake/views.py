"""代为发布 on screen: what was brought, the record of it, and handing it in in the unit's name (Article 12)."""

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from intake import importing, services
from intake.forms import ContentForm, FactsForm, PutRightForm
from intake.models import Intake
from organisation.models import Unit
from organisation.models.units import unit_names
from regulation.refusals import Refusal
from regulation.sealed import sealed_objects
from review import checking, outcomes
from review.acts.submission import preview
from review.models import Case
from review.views.files import private_response
from review.views.submitting import HarmsForm

TITLE = "代为发布"


class DeskOnly:
    """The e-gov office's desk, and nobody else."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not services.may_take_in(request.user):
            raise PermissionDenied


class IntakeFilterSet(WagtailFilterSet):
    unit = django_filters.ModelChoiceFilter(label="提供单位", queryset=lambda request: Unit.objects.named())
    open = django_filters.BooleanFilter(
        label=gettext_lazy("Not handed in yet"), field_name="submission_id", lookup_expr="isnull"
    )

    class Meta:
        model = Intake
        fields = ["unit", "reason", "channel"]


class IntakeIndexView(DeskOnly, ReportView):
    model = Intake
    page_title = TITLE
    header_icon = "download"
    template_name = "intake/index.html"
    results_template_name = "intake/index_results.html"
    index_url_name = "intake:index"
    index_results_url_name = "intake:index_results"
    paginate_by = 25
    default_ordering = "-pk"
    is_searchable = True
    search_fields = ["title"]
    filterset_class = IntakeFilterSet
    columns = [
        TitleColumn(
            "number",
            classname="intake-number",
            label=gettext_lazy("Number"),
            get_url=lambda i: reverse("intake:record", args=[i.pk]),
        ),
        Column("title", label="信息名称", sort_key="title"),
        Column("unit_name", label="提供单位", sort_key="unit__order"),
        Column("channel", label=gettext_lazy("Channel"), accessor="get_channel_display"),
        Column("receiver", label=gettext_lazy("Received by")),
        DateColumn("received_at", label=gettext_lazy("Received at"), sort_key="received_at"),
        Column("status", label="状态"),
    ]
    list_export = ["number", "title", "unit_name", "get_reason_display", "get_channel_display", "deliverer",
                   "receiver", "received_at", "status"]  # fmt: skip
    export_headings = {
        "number": gettext_lazy("Number"),
        "title": "信息名称",
        "unit_name": "提供单位",
        "get_reason_display": gettext_lazy("Why not online"),
        "get_channel_display": gettext_lazy("Channel"),
        "status": "状态",
    }

    def get_filename(self):
        return TITLE

    def get_queryset(self):
        rows = self.order_queryset(self.get_base_queryset().select_related("receiver"))
        query = (self.search_query or "").strip() if self.is_searching else ""
        return rows.filter(Q(title__icontains=query) | Q(deliverer__icontains=query)) if query else rows

    def get_base_queryset(self):
        """Sealed-away items are nobody's to list (Article 13)."""
        return Intake.objects.exclude(object_id__in=sealed_objects())

    def decorate_paginated_queryset(self, object_list):
        rows = list(object_list[:5000]) if self.is_export else list(object_list)
        names = unit_names([row.unit_id for row in rows])
        cases = Case.objects.in_bulk([row.submission_id for row in rows if row.submission_id])
        for row in rows:
            row.unit_name = names.get(row.unit_id, "")
            case = cases.get(row.submission_id)
            row.status = case.status_label if case else "草稿"
        return rows

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"units": Unit.objects.current().named()}


class Screen(DeskOnly, WagtailAdminTemplateMixin, View):
    header_icon = "download"
    page_title = TITLE

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("intake:index"), "label": TITLE},
            {"url": "", "label": str(self.get_page_subtitle())},
        ]

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(**kwargs))

    def refused(self, refusal, **context):
        messages.error(self.request, str(refusal))
        return self.render_to_response(self.get_context_data(**context))


class TakeInView(Screen):
    template_name = "intake/take_in.html"

    @cached_property
    def unit(self):
        return get_object_or_404(Unit.objects.current().named(), pk=self.kwargs["unit"])

    def get_page_subtitle(self):
        return self.unit.name

    def forms(self, *data):
        return {"facts": FactsForm(*data, unit=self.unit), "content": ContentForm(*data, unit=self.unit)}

    def post(self, request, *args, **kwargs):
        found = self.forms(request.POST, request.FILES)
        if [form for form in found.values() if not form.is_valid()]:
            messages.error(request, _("Not taken in: please complete the fields marked in red."))
            return self.render_to_response(self.get_context_data(forms=found))
        facts, content = found["facts"], found["content"]
        try:
            record = services.take_in(
                by=request.user,
                unit=self.unit,
                author=facts.cleaned_data["author"],
                title=content.cleaned_data["title"],
                column=content.cleaned_data["column"],
                form=facts.accepted,
                facts=facts.facts(),
                **content.filling(),
            )
        except Refusal as refusal:
            return self.refused(refusal, forms=found)
        messages.success(request, _("Taken in under %(number)s.") % {"number": record.number})
        return redirect("intake:record", pk=record.pk)

    def get_context_data(self, forms=None, **kwargs):
        return super().get_context_data() | {"unit": self.unit, "forms": forms or self.forms()}


class RecordView(Screen):
    """The record; while it is open, the draft with what the checks say, and handing in."""

    template_name = "intake/record.html"

    @cached_property
    def record(self):
        records = Intake.objects.select_related("author", "receiver")
        return get_object_or_404(records.exclude(object_id__in=sealed_objects()), pk=self.kwargs["pk"])

    @cached_property
    def page(self):
        return services.draft_of(self.record)

    def get_page_subtitle(self):
        return self.record.number

    def forms(self, data=None):
        said_row, said_harms = importing.answers_of(self.record)
        row = outcomes.desk().row_form(self.page, self.record.author, data)
        row.initial.update(said_row)
        return {"row": row, "harms": HarmsForm(data, initial=said_harms)}

    def post(self, request, *args, **kwargs):
        try:
            services.demand_open(self.record)
            found = self.forms(request.POST)
            if [form for form in found.values() if not form.is_valid()]:
                messages.error(request, _("Not submitted: please complete the fields marked in red."))
                return self.render_to_response(self.get_context_data(forms=found))
            harms = found["harms"].cleaned_data
            case = services.hand_in(self.record, request.user, row=request.POST, harms=harms)
        except Refusal as refusal:
            del self.record
            return self.refused(refusal)
        messages.success(request, _("Handed in. Now enter the unit's opinions off its paper."))
        return redirect("review:papers", pk=case.pk)

    def get_context_data(self, forms=None, **kwargs):
        context = super().get_context_data()
        record = self.record
        context.update(record=record, unit_name=unit_names([record.unit_id]).get(record.unit_id, ""))
        if record.is_open:
            context.update(
                preview=preview(self.page, record.author),
                checks=checking.result(self.page),
                forms=forms or self.forms(self.request.POST or None),
            )
        else:
            context["case"] = Case.objects.filter(pk=record.submission_id).first()
        return context


class PutRightView(RecordView):
    template_name = "intake/put_right.html"

    def post(self, request, *args, **kwargs):
        form = PutRightForm(request.POST, request.FILES, unit=self.page.unit)
        if not form.is_valid():
            return self.refused(_("Not saved: please complete the fields marked in red."), form=form)
        data = form.cleaned_data
        try:
            services.put_right(
                self.record, request.user, title=data["title"], column=data["column"], **form.filling()
            )
        except Refusal as refusal:
            return self.refused(refusal, form=form)
        messages.success(request, _("Saved."))
        return redirect("intake:record", pk=self.record.pk)

    def get_context_data(self, form=None, **kwargs):
        initial = {"title": self.page.title, "column": self.page.column_id}
        form = form or PutRightForm(unit=self.page.unit, initial=initial)
        return WagtailAdminTemplateMixin.get_context_data(self) | {"record": self.record, "form": form}


class FormScanView(RecordView):
    def get(self, request, *args, **kwargs):
        return private_response(self.record.form_sha256, self.record.form_name, self.record.form_type)


class DraftView(RecordView):
    """The draft as it will look."""

    def get(self, request, *args, **kwargs):
        return self.page.serve_preview(request, "")


draft = xframe_options_sameorigin(DraftView.as_view())
