"""依申请公开 in the admin: the list with its terms, and one request with its steps."""

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from letters import handling, wording
from letters.models import InformationRequest
from organisation.models import Unit
from regulation.refusals import Refusal

TITLE = "依申请公开"
NEEDS_NOTE = frozenset({"asked", "extended", "answered", "closed"})
STATES = (("open", gettext_lazy("in hand")), ("ended", gettext_lazy("done with")))


class HandlersOnly:
    """Whoever handles requests in some unit; which of them, `handling.seen_by` says."""

    header_icon = "mail"
    page_title = TITLE

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not handling.handles(request.user):
            raise PermissionDenied


class RequestFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=STATES, method="by_state", widget=forms.Select
    )

    class Meta:
        model = InformationRequest
        fields = ["state"]

    def by_state(self, queryset, name, value):
        ended = queryset.filter(last__in=handling.ENDED)
        return ended if value == "ended" else queryset.exclude(pk__in=ended.values("pk"))


class RequestIndexView(HandlersOnly, ReportView):
    model = InformationRequest
    template_name = "wagtailadmin/reports/base_report.html"
    results_template_name = "letters/requests_results.html"
    index_url_name = "letters:index"
    index_results_url_name = "letters:index_results"
    paginate_by = 25
    default_ordering = "-received_at"
    is_searchable = True
    search_fields = ["number"]
    filterset_class = RequestFilterSet
    columns = [
        TitleColumn(
            "number", label="申请编号", get_url=lambda r: reverse("letters:request", args=[r.number])
        ),
        Column("unit_name", label="受理单位"),
        Column("name", label="申请人"),
        DateColumn("received_at", label=gettext_lazy("Received at"), sort_key="received_at"),
        Column("state", label="状态"),
        Column("due", label="答复期限"),
    ]
    # For the annual report: numbers and terms, never who asked.
    list_export = ["number", "unit_name", "received_at", "state", "due", "result"]
    export_headings = {
        "number": "申请编号",
        "unit_name": "受理单位",
        "received_at": gettext_lazy("Received at"),
        "state": "状态",
        "due": "答复期限",
        "result": "答复类型",
    }

    def get_filename(self):
        return TITLE

    def get_base_queryset(self):
        return handling.seen_by(self.request.user)

    def get_queryset(self):
        rows = self.order_queryset(self.get_base_queryset())
        query = (self.search_query or "").strip() if self.is_searching else ""
        return rows.filter(number__icontains=query) | rows.filter(name__icontains=query) if query else rows

    def decorate_paginated_queryset(self, object_list):
        rows = list(object_list[:5000]) if self.is_export else list(object_list)
        names = unit_titles(row.unit_code for row in rows)
        for row in rows:
            row.unit_name = names.get(row.unit_code, row.unit_code)
            row.state, row.due = row.term.state, row.term.due.isoformat() if row.term.due else ""
            if (row.term.left() or 0) < 0:
                row.state = _("%(state)s (overdue)") % {"state": row.state}
            row.result = next((step.get_result_display() for step in row.steps.all() if step.result), "")
        return rows


def unit_titles(codes) -> dict[str, str]:
    return {unit.code: unit.name for unit in Unit.objects.filter(code__in=set(codes)).named()}


class StepForm(forms.Form):
    kind = forms.ChoiceField(label="办理", widget=forms.RadioSelect)
    result = forms.ChoiceField(label="答复类型", required=False, choices=[("", "—"), *wording.RESULTS])
    note = forms.CharField(
        label=gettext_lazy("What is told to the applicant"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("The applicant reads it with his code; it stands on no public page."),
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, name) for kind, name in wording.STEPS if kind in kinds]

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind == "answered" and not data.get("result"):
            self.add_error("result", _("Say what kind of answer it is."))
        if kind in NEEDS_NOTE and not data.get("note"):
            self.add_error("note", _("Say what is told to the applicant."))
        if kind != "answered":
            data["result"] = ""
        return data


class RequestView(HandlersOnly, WagtailAdminTemplateMixin, View):
    template_name = "letters/request.html"

    @cached_property
    def item(self):
        """404 also for what is addressed to another unit."""
        found = handling.seen_by(self.request.user).filter(number=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def kinds(self):
        return handling.offered(self.item, self.request.user)

    def get_page_subtitle(self):
        return self.item.number

    def get_breadcrumbs_items(self):
        return [{"url": reverse("letters:index"), "label": TITLE}, {"url": "", "label": self.item.number}]

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        form = StepForm(request.POST, kinds=self.kinds)
        if not form.is_valid():
            messages.error(request, _("Not recorded: please complete the fields marked in red."))
            return self.render_to_response(self.get_context_data(form=form))
        try:
            step = handling.take_step(self.item.pk, request.user, **form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("Recorded: %(step)s") % {"step": step.get_kind_display()})
        return redirect("letters:request", number=self.item.number)

    def get_context_data(self, form=None, **kwargs):
        names = unit_titles([self.item.unit_code])
        return super().get_context_data(**kwargs) | {
            "item": self.item,
            "unit": names.get(self.item.unit_code, self.item.unit_code),
            "left": self.item.term.left(),
            "form": form or (StepForm(kinds=self.kinds) if self.kinds else None),
        }


app_name = "letters"
urlpatterns = [
    path("", RequestIndexView.as_view(), name="index"),
    path("results/", RequestIndexView.as_view(results_only=True), name="index_results"),
    path("<str:number>/", RequestView.as_view(), name="request"),
]
