"""The desk's record of passwords given out (Article 20), to look at only."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from organisation.models import PasswordReset
from organisation.viewsets.screens import IndexView, RecordViewSet


class ResetIndexView(IndexView):
    def get_base_queryset(self):
        return PasswordReset.objects.select_related("person", "by")


class PasswordResetViewSet(RecordViewSet):
    model = PasswordReset
    name = "password-resets"
    icon = "key"
    menu_label = _("Password resets")
    menu_order = 40
    index_view_class = ResetIndexView
    search_fields = ("person__name", "person__username", "by__name", "reason")
    ordering = ("-at", "-pk")
    list_filter = ("at",)
    list_display = (
        "person",
        Column("by", label=_("Reset by")),
        DateColumn("at", label=_("Time"), sort_key="at"),
        Column("reason", label=_("How the person was identified")),
    )
    list_export = ("person", "by", "at", "reason")
    inspect_view_fields = list_export
    exclude_form_fields = ()
