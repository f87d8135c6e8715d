"""The moderation inbox: 待我办理, 我已办理, 我提交的. Wagtail's listing, with names resolved a page at a time."""

from datetime import timedelta

import django_filters
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from organisation.authority import authorities_of
from organisation.models import Unit
from review import inbox, routes, statuses
from review.models import Case
from review.views import streak
from review.visibility import visible_cases

AGES = (
    ("1", _("More than one day")),
    ("3", _("More than three days")),
    ("7", _("More than seven days")),
    ("overdue", _("Past the deadline")),
)
WITHOUT_18 = [(code, label) for code, label in routes.LABELS.items()]


class CaseFilterSet(WagtailFilterSet):
    unit = django_filters.ChoiceFilter(label="来源单位", widget=forms.Select)
    route = django_filters.ChoiceFilter(label="审核类别", choices=WITHOUT_18, widget=forms.Select)
    opinion = django_filters.ChoiceFilter(
        label="当前环节", choices=list(routes.OPINIONS.items()), widget=forms.Select
    )
    age = django_filters.ChoiceFilter(label="停留时长", choices=AGES, method="by_age", widget=forms.Select)

    class Meta:
        model = Case
        fields = ["route", "opinion"]

    def __init__(self, *args, units=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["unit"].extra["choices"] = list(units)

    def by_age(self, queryset, name, value):
        now = timezone.now()
        if value == "overdue":
            return queryset.open().filter(deadline__lt=now)
        return queryset.filter(step_since__lt=now - timedelta(days=int(value)))


class EndedFilterSet(CaseFilterSet):
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=[(c, label) for c, label in statuses.LABELS.items()], widget=forms.Select
    )


class BaseInboxView(ReportView):
    """One tab. Subclasses say which cases; everything else is common."""

    model = Case
    template_name = "review/inbox.html"
    results_template_name = "review/inbox_results.html"
    page_title = _("Review inbox")
    header_icon = "tasks"
    paginate_by = 20
    is_searchable = True
    search_fields = ["title"]
    search_backend_name = None
    filterset_class = CaseFilterSet
    tab = ""
    names_people = True  # for whom each of them waits
    columns = [
        Column("title", label="标题", sort_key="title"),
        Column("unit", label="来源单位", sort_key="unit__order"),
        Column("route", label="审核类别", sort_key="route"),
        Column("opinion", label="当前环节", sort_key="opinion"),
        Column("waiting_for", label="待办人"),
        Column("step_since", label="停留时长", sort_key="step_since"),
        Column("deadline", label="办理时限", sort_key="deadline"),
    ]
    list_export = [
        "case.safe_title", "unit", "case.route_label", "case.opinion_label", "case.status_label",
        "waiting_for", "case.step_since", "case.deadline", "case.created_at",
    ]  # fmt: skip
    export_headings = {
        "case.safe_title": "标题",
        "unit": "来源单位",
        "case.route_label": "审核类别",
        "case.opinion_label": "当前环节",
        "case.status_label": _("Status"),
        "waiting_for": "待办人",
        "case.step_since": _("Waiting since"),
        "case.deadline": "办理时限",
        "case.created_at": _("Submitted at"),
    }
    export_limit = 5000

    @cached_property
    def held(self):
        return authorities_of(self.request.user)

    def get_queryset(self):
        """`get_filtered_queryset` of the report view filters again; search and order belong here."""
        return self.search_queryset(self.order_queryset(self.get_base_queryset()))

    @cached_property
    def units(self):
        """Names of all units, once: for the filter and for the rows."""
        return dict(Unit.objects.named().values_list("pk", "current_name"))

    def get_filterset_kwargs(self):
        return super().get_filterset_kwargs() | {"units": self.units.items()}

    def get_paginator(self, queryset, per_page, **kwargs):
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        if (total := self.known_total()) is not None:
            paginator.count = total
        return paginator

    def known_total(self):
        """The length of the list where it is known without counting again."""

    def decorate_paginated_queryset(self, object_list):
        if self.is_export:
            object_list = object_list[: self.export_limit]
        return inbox.rows_for(object_list, self.units, self.names_people or self.is_export)

    def get_filename(self):
        return f"{self.tab}-{timezone.localdate():%Y%m%d}"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["tabs"] = self.tabs(context)
        context["tab"] = self.tab
        context["names_people"] = self.names_people
        context["export_query"] = self._query_without_page()
        context["orderings"] = [(column.sort_key, column.label) for column in self.columns if column.sort_key]
        return context

    def _query_without_page(self):
        query = self.request.GET.copy()
        query.pop(self.page_kwarg, None)
        return query.urlencode()

    def tabs(self, context):
        return [
            ("inbox", "待我办理", inbox.count_for(self.request), reverse("review:inbox")),
            ("done", "我已办理", None, reverse("review:done")),
            ("mine", "我提交的", None, reverse("review:mine")),
        ]


class WaitingView(BaseInboxView):
    tab = "inbox"
    names_people = False  # for whoever looks
    index_url_name = "review:inbox"
    index_results_url_name = "review:inbox_results"
    default_ordering = "step_since"

    def get(self, request, *args, **kwargs):
        streak.reset(request)
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self):
        return inbox.waiting_for(self.request.user, self.held)

    def known_total(self):
        narrowed = self.is_searching or any(self.request.GET.get(name) for name in CaseFilterSet.base_filters)
        return None if narrowed else inbox.count_for(self.request)


class DoneView(BaseInboxView):
    tab = "done"
    index_url_name = "review:done"
    index_results_url_name = "review:done_results"
    default_ordering = "-step_since"
    filterset_class = EndedFilterSet

    def get_base_queryset(self):
        seen = visible_cases(self.request.user, self.held).values("pk")
        return inbox.done_by(self.request.user).filter(pk__in=seen)


class MineView(BaseInboxView):
    tab = "mine"
    index_url_name = "review:mine"
    index_results_url_name = "review:mine_results"
    default_ordering = "-step_since"
    filterset_class = EndedFilterSet

    def get_base_queryset(self):
        return inbox.submitted_by(self.request.user)
