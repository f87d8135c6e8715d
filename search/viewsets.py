"""What the e-gov office keeps and reads: synonyms, and what the public looks for.

A synonym changes what is found, never what is shown; so it needs no review (Article 18 is about columns), but every
change stands in the history with its author (Article 24: supervision). Article 9: only the operating office.
"""

from collections.abc import Callable

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from search.models import AskedTerm, Synonym

OFFICE_GROUP = "egov-office"  # groups follow from appointments (docs/glossary.md)


# The composition root may say who is a member without a query of its own (config/apps.py).
members: list[Callable] = []


def is_office(user) -> bool:
    """Members of the e-gov office; asked once for a request, for menus and rows ask many times."""
    if not (user.is_authenticated and user.is_active):
        return False
    if members:
        return any(judge(user) for judge in members)
    if not hasattr(user, "_search_office"):
        user._search_office = user.groups.filter(name=OFFICE_GROUP).exists()
    return user._search_office


class SynonymPolicy(BasePermissionPolicy):
    def user_has_permission(self, user, action):
        return action in {"add", "change", "delete", "view"} and is_office(user)

    def users_with_any_permission(self, actions):
        from django.contrib.auth import get_user_model

        return get_user_model().objects.filter(is_active=True, groups__name=OFFICE_GROUP)


class SynonymViewSet(ModelViewSet):
    model = Synonym
    name = "search_synonyms"
    url_prefix = "search-synonyms"
    icon = "search"
    menu_label = _("Synonyms")
    add_to_admin_menu = False
    copy_view_enabled = False
    form_fields = ("words", "active", "note")
    search_fields = ("words", "note")
    search_backend_name = None
    list_display = (
        "words",
        BooleanColumn("active", label=_("in use"), sort_key="active"),
        Column("note", label=_("note")),
        DateColumn("changed_at", label=_("changed at"), sort_key="changed_at"),
    )
    list_filter = ("active",)
    list_export = ("words", "active", "note", "changed_at")
    list_per_page = 50
    ordering = ("words",)


class AskedFilterSet(WagtailFilterSet):
    day = django_filters.DateFromToRangeFilter(label=_("day"), widget=DateRangePickerWidget)
    without = django_filters.BooleanFilter(
        field_name="found", method="only_without", label=_("nothing found")
    )

    class Meta:
        model = AskedTerm
        fields = ["day"]

    def only_without(self, queryset, name, value):
        return queryset.filter(found=0) if value else queryset


class AskedTermsView(ReportView):
    """Terms by day, how often and with how many hits: where a word is missing, a synonym or a text is."""

    page_title = _("What the public looks for")
    header_icon = "search"
    model = AskedTerm
    paginate_by = 50
    default_ordering = "-times"
    is_searchable = True
    search_fields = ("term",)
    search_backend_name = None
    filterset_class = AskedFilterSet
    index_url_name = "search_asked"
    index_results_url_name = "search_asked_results"
    columns = [
        Column("term", label=_("looked for"), sort_key="term"),
        Column("times", label=_("times"), sort_key="times"),
        Column("found", label=_("found"), sort_key="found"),
        Column("day", label=_("day"), sort_key="day"),
    ]
    list_export = ("day", "term", "times", "found")
    export_headings = {"day": _("day"), "term": _("looked for"), "times": _("times"), "found": _("found")}

    def dispatch(self, request, *args, **kwargs):
        from django.core.exceptions import PermissionDenied

        if not is_office(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return AskedTerm.objects.all()

    def get_queryset(self):
        return self.search_queryset(self.order_queryset(self.get_base_queryset()))

    def get_filename(self):
        return "search-terms"
