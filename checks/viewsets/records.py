"""Overrides, to look at only."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from checks.models import Override
from checks.viewsets.screens import OpenInspectView
from organisation.viewsets.screens import IndexView, RecordViewSet
from regulation.sealed import sealed_objects


class OverrideIndexView(IndexView):
    def get_base_queryset(self):
        return Override.objects.exclude(object_id__in=sealed_objects()).select_related("by")


class OverrideViewSet(RecordViewSet):
    model = Override
    name = "finding-overrides"
    icon = "edit"
    menu_label = _("Overrides of findings")
    menu_order = 50
    index_view_class = OverrideIndexView
    inspect_view_class = OpenInspectView
    search_fields = ("excerpt", "reason", "by__name")
    list_filter = ("level", "rule", "at")
    list_display = (
        "excerpt",
        Column("rule", label=_("Rule"), sort_key="rule"),
        Column("reason", label=_("Reason")),
        Column("by", label=_("Signed by")),
        DateColumn("at", label=_("Time"), sort_key="at"),
    )
    list_export = ("excerpt", "rule", "level", "reason", "by", "post", "at")
    inspect_view_fields = list_export
    exclude_form_fields = ()
