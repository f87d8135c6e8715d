"""What the lists and pages of what the public writes share: who sees them, terms, states, steps taken."""

from functools import reduce
from operator import or_

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from organisation.models import Unit
from regulation.refusals import Refusal

STATES = (("open", gettext_lazy("in hand")), ("ended", gettext_lazy("done with")))
MOST_EXPORTED = 5000


def unit_titles(codes) -> dict[str, str]:
    return {unit.code: unit.name for unit in Unit.objects.filter(code__in=set(codes)).named()}


class HandlersOnly:
    """Whoever handles them in some unit; which of them, `handling.seen_by` says. `handling` is the app's module."""

    handling = None
    header_icon = "mail"
    app = ""  # the namespace of the addresses

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not self.handling.handles(request.user):
            raise PermissionDenied


class StateFilterSet(WagtailFilterSet):
    ended = ()  # kinds of step after which nothing is owed any more

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=STATES, method="by_state", widget=forms.Select
    )

    def by_state(self, queryset, name, value):
        ended = queryset.filter(last__in=self.ended)
        return ended if value == "ended" else queryset.exclude(pk__in=ended.values("pk"))


class WrittenIndexView(HandlersOnly, ReportView):
    template_name = "wagtailadmin/reports/base_report.html"
    paginate_by = 25
    default_ordering = "-received_at"
    is_searchable = True
    search_fields = ["number"]
    found_by = ("number",)

    def get_filename(self):
        return self.page_title

    def get_base_queryset(self):
        return self.handling.seen_by(self.request.user)

    def get_queryset(self):
        rows = self.order_queryset(self.get_base_queryset())
        query = (self.search_query or "").strip() if self.is_searching else ""
        if not query:
            return rows
        wanted = (Q(**{f"{name}__icontains": query}) for name in self.found_by)
        return rows.filter(reduce(or_, wanted))

    def decorate_paginated_queryset(self, object_list):
        rows = list(object_list[:MOST_EXPORTED]) if self.is_export else list(object_list)
        for row in rows:
            row.state, row.due = row.term.state, row.term.due.isoformat() if row.term.due else ""
            if (row.term.left() or 0) < 0:
                row.state = _("%(state)s (overdue)") % {"state": row.state}
        return rows


class WrittenView(HandlersOnly, WagtailAdminTemplateMixin, View):
    """One of them with its steps; `address` is its name within `app`."""

    address = ""

    @cached_property
    def item(self):
        """404 also for what is addressed to another unit."""
        found = self.handling.seen_by(self.request.user).filter(number=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def kinds(self):
        return self.handling.offered(self.item, self.request.user)

    def get_page_subtitle(self):
        return self.item.number

    def get_breadcrumbs_items(self):
        above = {"url": reverse(f"{self.app}:index"), "label": self.page_title}
        return [above, {"url": "", "label": self.item.number}]

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def take_step(self, request, form):
        """Records what the form says; whoever passes it to another unit sees the list again."""
        if not form.is_valid():
            messages.error(request, _("Not recorded: please complete the fields marked in red."))
            return self.render_to_response(self.get_context_data(form=form))
        try:
            step = self.handling.take_step(self.item.pk, request.user, **form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("Recorded: %(step)s") % {"step": step.get_kind_display()})
        if not self.handling.seen_by(request.user).filter(pk=self.item.pk).exists():
            return redirect(f"{self.app}:index")
        return redirect(f"{self.app}:{self.address}", number=self.item.number)
