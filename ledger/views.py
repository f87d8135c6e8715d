"""The register in the admin: 信息发布审核登记表, filtered, sorted, paged, as Excel and on paper (Article 19)."""

import django_filters
from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button

from ledger import printing, register, wording
from ledger.lines import lines_of
from ledger.models import Kind, RegisterEntry
from organisation.authority import is_egov_office, is_gov_office, units_of
from organisation.models import Unit
from regulation.sealed import sealed_objects

PRINTED_AT_MOST = 2000


def visible_entries(user):
    """Both offices see all; a unit's people see their unit's, but of (6) only what became public."""
    entries = RegisterEntry.objects.all()
    if is_gov_office(user) or is_egov_office(user):
        return entries
    codes = list(units_of(user).values_list("code", flat=True))
    return entries.filter(unit_code__in=codes).exclude(Q(route="emergency") & Q(publication_id__isnull=True))


class RegisterFilterSet(WagtailFilterSet):
    unit_code = django_filters.ChoiceFilter(label="提供单位", widget=forms.Select)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, widget=forms.Select)
    route = django_filters.ChoiceFilter(label="审核类别", widget=forms.Select)
    recorded_at = django_filters.DateFromToRangeFilter(label=_("Recorded"), widget=DateRangePickerWidget)

    class Meta:
        model = RegisterEntry
        fields = ["unit_code", "kind", "route", "recorded_at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.named().values_list("code", "current_name")
        self.filters["unit_code"].extra["choices"] = list(units)
        self.filters["route"].extra["choices"] = list(wording.ROUTES.items())


class RegisterView(ReportView):
    """Read-only, newest first; every column says what the entry recorded, not what tables say today."""

    model = RegisterEntry
    page_title = _("Review register")
    header_icon = "clipboard-list"
    paginate_by = 50
    default_ordering = "-number"
    is_searchable = True
    search_backend_name = None
    filterset_class = RegisterFilterSet
    index_url_name = "ledger:register"
    index_results_url_name = "ledger:register_results"
    columns = [
        Column("number", label="编号", sort_key="number"),
        Column("recorded_at", label="登记时间", sort_key="recorded_at"),
        Column("kind", label="类别", sort_key="kind"),
        TitleColumn("title", label="信息名称", sort_key="title", get_url=lambda line: line_url(line)),
        Column("unit", label="提供单位", sort_key="unit_code"),
        Column("column", label="栏目"),
        Column("route", label="审核类别", sort_key="route"),
        Column("author", label="承办人"),
        Column("sheet", label="审查表编号"),
        Column("published_at", label="发布时间"),
    ]
    export_headings = {
        "number": "编号",
        "recorded_at": "登记时间",
        "kind": "类别",
        "title": "信息名称",
        "unit": "提供单位",
        "column": "栏目",
        "route": "审核类别",
        "source": "信息来源",
        "author": "承办人",
        "signatories": "审核签批",
        "sheet": "审查表编号",
        "published_at": "发布时间",
        "ended_at": "下线时间",
        "path": "地址",
        "digest": "内容摘要（SHA-256）",
        "previous_hash": "上一条校验值（SM3）",
        "hash": "校验值（SM3）",
    }
    list_export = list(export_headings)

    def get_base_queryset(self):
        return visible_entries(self.request.user)

    def get_queryset(self):
        """The report view filters by itself; search and order belong here."""
        return self.search_queryset(self.order_queryset(self.get_base_queryset()))

    def search_queryset(self, queryset):
        words = self.search_query.strip()
        if not words:
            return queryset
        named = Q(title__icontains=words) & ~Q(object_id__in=sealed_objects())
        found = named | Q(facts__sheet_number__iexact=words)
        if words.isascii() and words.isdigit() and len(words) < 18:
            found |= Q(number=int(words))
        return queryset.filter(found)

    def get_table(self, object_list):
        """The list shows lines; the export reads them one by one."""
        return super().get_table([] if self.is_export else list(lines_of(object_list)))

    def decorate_paginated_queryset(self, object_list):
        if not self.is_export:
            return object_list
        return lines_of(object_list.iterator(chunk_size=500))

    def get_filename(self):
        return printing.TITLE

    def get(self, request, *args, **kwargs):
        return self.as_pdf() if request.GET.get("export") == "pdf" else super().get(request, *args, **kwargs)

    def as_pdf(self):
        """What the filters leave, on paper; a whole year is printed month by month."""
        entries = self.get_filtered_queryset()[: PRINTED_AT_MOST + 1]
        lines = list(lines_of(entries))
        if len(lines) > PRINTED_AT_MOST:
            text = gettext("More than %(limit)s entries: choose a shorter time to print.")
            messages.error(self.request, text % {"limit": PRINTED_AT_MOST})
            return redirect(self.get_export_url("").replace("export=", ""))
        pdf = printing.register_pdf(lines, scope=self.scope(len(lines)), head=register.head())
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = 'inline; filename="register.pdf"'
        return response

    def scope(self, total):
        """What was asked for, in words, so that the paper says what it leaves out."""
        chosen = self.filters.form.cleaned_data if self.filters and self.filters.is_valid() else {}
        choices = {name: dict(f.extra.get("choices", ())) for name, f in self.filters.filters.items()}
        words = [
            str(choices[name].get(value, "")) for name, value in chosen.items() if value and name in choices
        ]
        if between := chosen.get("recorded_at"):
            days = [f"{day:%Y-%m-%d}" if day else "" for day in (between.start, between.stop)]
            words.append("至".join(days))
        return "，".join(filter(None, [*words, self.search_query, f"共{total}条"]))

    @cached_property
    def header_more_buttons(self):
        pdf = Button(_("Print (PDF)"), url=self.get_export_url("pdf"), icon_name="doc-full", priority=80)
        return [*super().header_more_buttons, pdf]


def line_url(line):
    return reverse("ledger:entry", args=[line.number])


class EntryView(WagtailAdminTemplateMixin, TemplateView):
    """One entry with every signature, its hashes, and the item's other entries."""

    template_name = "ledger/entry.html"
    header_icon = "clipboard-list"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.entry = get_object_or_404(visible_entries(request.user), number=kwargs["number"])

    def get_page_title(self):
        return f"第{self.entry.number}号"

    def get_breadcrumbs_items(self):
        above = {"url": reverse("ledger:register"), "label": _("Review register")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        others = visible_entries(self.request.user).filter(object_id=self.entry.object_id).order_by("number")
        others = others.exclude(pk=self.entry.pk) if self.entry.object_id else RegisterEntry.objects.none()
        links = [hook(self.request, self.entry) for hook in hooks.get_hooks("register_ledger_entry_link")]
        return super().get_context_data(
            line=next(lines_of([self.entry])),
            whole=register.hash_of(self.entry) == self.entry.hash,
            others=list(lines_of(others[:50])),
            links=[link for link in links if link],
            **kwargs,
        )
