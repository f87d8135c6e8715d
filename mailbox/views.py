"""来信办理 in the admin: the list with its terms, one letter with its steps, and 选登."""

from mailbox import clock, handling, selecting, wording
from mailbox.models import Letter

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

from letters.views import STATES, unit_titles
from organisation.models import Unit
from regulation.refusals import Refusal

TITLE = "来信办理"
NEEDS_NOTE = frozenset({"replied", "closed"})


class HandlersOnly:
    """Whoever handles letters in some unit; which of them, `handling.seen_by` says."""

    header_icon = "mail"
    page_title = TITLE

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not handling.handles(request.user):
            raise PermissionDenied


class LetterFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=STATES, method="by_state", widget=forms.Select
    )

    class Meta:
        model = Letter
        fields = ["state", "box", "kind"]

    def by_state(self, queryset, name, value):
        ended = queryset.filter(last__in=clock.ENDED)
        return ended if value == "ended" else queryset.exclude(pk__in=ended.values("pk"))


class LetterIndexView(HandlersOnly, ReportView):
    model = Letter
    template_name = "wagtailadmin/reports/base_report.html"
    results_template_name = "mailbox/letters_results.html"
    index_url_name = "mailbox:index"
    index_results_url_name = "mailbox:index_results"
    paginate_by = 25
    default_ordering = "-received_at"
    is_searchable = True
    search_fields = ["number"]
    filterset_class = LetterFilterSet
    columns = [
        TitleColumn("title", label="标题", get_url=lambda r: reverse("mailbox:letter", args=[r.number])),
        Column("state", label="状态"),
        Column("due", label="答复期限"),
        Column("unit_name", label="办理单位"),
        Column("box", label="信箱", accessor="get_box_display"),
        DateColumn("received_at", label=gettext_lazy("Received at"), sort_key="received_at"),
        Column("number", label="来信编号"),
    ]
    # For statistics: numbers and terms, never who wrote, nor what.
    list_export = [
        "number",
        "get_box_display",
        "get_kind_display",
        "unit_name",
        "received_at",
        "state",
        "due",
    ]
    export_headings = {
        "number": "来信编号",
        "get_box_display": "信箱",
        "get_kind_display": "来信类型",
        "unit_name": "办理单位",
        "received_at": gettext_lazy("Received at"),
        "state": "状态",
        "due": "答复期限",
    }

    def get_filename(self):
        return TITLE

    def get_base_queryset(self):
        return handling.seen_by(self.request.user)

    def get_queryset(self):
        rows = self.order_queryset(self.get_base_queryset())
        query = (self.search_query or "").strip() if self.is_searching else ""
        return rows.filter(number__icontains=query) | rows.filter(title__icontains=query) if query else rows

    def decorate_paginated_queryset(self, object_list):
        rows = list(object_list[:5000]) if self.is_export else list(object_list)
        names = unit_titles(row.held_by for row in rows)
        for row in rows:
            row.unit_name = names.get(row.held_by, _("not passed on yet"))
            row.state, row.due = row.term.state, row.term.due.isoformat() if row.term.due else ""
            if (row.term.left() or 0) < 0:
                row.state = _("%(state)s (overdue)") % {"state": row.state}
        return rows


class StepForm(forms.Form):
    kind = forms.ChoiceField(label="办理", widget=forms.RadioSelect)
    unit_code = forms.ChoiceField(label="转办单位", required=False)
    note = forms.CharField(
        label=gettext_lazy("What is told to the writer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("The writer reads it with his code; it stands on no public page."),
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, name) for kind, name in wording.STEPS if kind in kinds]
        units = sorted(Unit.objects.named(), key=lambda unit: unit.order)
        self.fields["unit_code"].choices = [("", "—"), *((unit.code, unit.name) for unit in units)]

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind == "passed" and not data.get("unit_code"):
            self.add_error("unit_code", _("Say which unit it is passed to."))
        if kind in NEEDS_NOTE and not (data.get("note") or "").strip():
            self.add_error("note", _("Say what is told to the writer."))
        return data


class AuthorForm(forms.Form):
    author = forms.ModelChoiceField(label="承办人", queryset=None, empty_label=None)

    def __init__(self, *args, authors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["author"].queryset = authors


class LetterView(HandlersOnly, WagtailAdminTemplateMixin, View):
    template_name = "mailbox/letter.html"

    @cached_property
    def item(self):
        """404 also for what another unit has."""
        found = handling.seen_by(self.request.user).filter(number=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def kinds(self):
        return handling.offered(self.item, self.request.user)

    @property
    def selectable(self):
        return "selected" in self.kinds and self.item.may_publish

    def get_page_subtitle(self):
        return self.item.number

    def get_breadcrumbs_items(self):
        return [{"url": reverse("mailbox:index"), "label": TITLE}, {"url": "", "label": self.item.number}]

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        return self._select(request) if "author" in request.POST else self._step(request)

    def _step(self, request):
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
        seen = handling.seen_by(request.user).filter(pk=self.item.pk).exists()
        return redirect("mailbox:letter", number=self.item.number) if seen else redirect("mailbox:index")

    def _select(self, request):
        form = AuthorForm(request.POST, authors=selecting.authors_for(self.item))
        try:
            if form.is_valid():
                page = selecting.select(self.item, request.user, form.cleaned_data["author"])
                told = _("The draft “%(title)s” lies with its author; it goes the way of Article 14(5).")
                messages.success(request, told % {"title": page.title})
                return redirect("mailbox:letter", number=self.item.number)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return self.render_to_response(self.get_context_data(author_form=form))

    def get_context_data(self, form=None, author_form=None, **kwargs):
        steps, names = (
            self.item.steps.all(),
            unit_titles(
                [self.item.held_by, self.item.unit_code, *(step.unit_code for step in self.item.steps.all())]
            ),
        )
        for step in steps:
            step.unit_name = names.get(step.unit_code, "")
        takes = [kind for kind in self.kinds if kind != "selected"]
        if self.selectable and author_form is None:
            author_form = AuthorForm(authors=selecting.authors_for(self.item))
        return super().get_context_data(**kwargs) | {
            "item": self.item,
            "steps": steps,
            "unit": names.get(self.item.held_by, _("not passed on yet")),
            "named": names.get(self.item.unit_code, ""),
            "left": self.item.term.left(),
            "form": form or (StepForm(kinds=takes) if takes else None),
            "author_form": author_form,
        }


app_name = "mailbox"
urlpatterns = [
    path("", LetterIndexView.as_view(), name="index"),
    path("results/", LetterIndexView.as_view(results_only=True), name="index_results"),
    path("<str:number>/", LetterView.as_view(), name="letter"),
]
