"""Sources of reprints, and the exceptions that the portal's leader decides (Article 7)."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets import AdminDateInput

from checks import excel, sources
from checks.forms import DecideForm
from checks.models import ReprintSource, SourceException
from checks.viewsets.screens import ImportView, KeptViewSet, OpenInspectView
from organisation.viewsets.screens import AskView, IndexView, RecordViewSet
from regulation.sealed import sealed_objects


class SourceImportView(ImportView):
    table = excel.SOURCES
    write = staticmethod(excel.write_sources)


class SourceFilterSet(WagtailFilterSet):
    class Meta:
        model = ReprintSource
        fields = {"kind": ["exact"], "valid_to": ["isnull", "lte"]}


class SourceForm(forms.ModelForm):
    class Meta:
        model = ReprintSource
        fields = excel.SOURCES.fields
        widgets = {"valid_from": AdminDateInput, "valid_to": AdminDateInput}


class SourceViewSet(KeptViewSet):
    model = ReprintSource
    name = "reprint-sources"
    icon = "globe"
    menu_label = _("Reprint sources")
    menu_order = 30
    import_view = SourceImportView
    filterset_class = SourceFilterSet
    search_fields = ("name", "domain", "note")
    ordering = ("kind", "name")
    list_display = (
        "name",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("domain", label=_("Domain"), sort_key="domain"),
        Column("valid_from", label=_("Valid from"), sort_key="valid_from"),
        Column("valid_to", label=_("Valid until"), sort_key="valid_to"),
    )
    list_export = excel.SOURCES.fields
    export_filename = "转载来源"

    def get_form_class(self, for_update=False):
        return SourceForm


class DecideView(AskView):
    """The portal's leader, and nobody else (Article 7)."""

    model = SourceException
    form_class = DecideForm
    facts = ("title", "source_name", "source_url", "unit", "asked_by", "why")
    page_title = _("Decide on an exception")
    question = _("The decision and its reason are recorded and shown to every reviewer of the item.")
    button = _("Decide")
    success = _("Decided: %(object)s")
    header_icon = "globe"

    def get_queryset(self):
        return super().get_queryset().exclude(object_id__in=sealed_objects())

    def is_offered(self):
        return self.object.granted is None and may_decide(self.request.user)

    def perform(self, data):
        return sources.decide_exception(self.object.pk, self.request.user, **data)


def may_decide(user) -> bool:
    from organisation.authority import authorities_of

    return any(authority.post == sources.LEADER for authority in authorities_of(user))


class ExceptionIndexView(IndexView):
    def get_base_queryset(self):
        open_ones = SourceException.objects.exclude(object_id__in=sealed_objects())
        return open_ones.select_related("asked_by", "decided_by")

    def get_list_more_buttons(self, instance):
        from wagtail.admin.widgets.button import Button

        buttons = super().get_list_more_buttons(instance)
        if instance.granted is None and may_decide(self.request.user):
            url = reverse("source-exceptions:decide", args=[instance.pk])
            buttons.append(Button(_("Decide"), url=url, icon_name="check", priority=5))
        return buttons


class ExceptionViewSet(RecordViewSet):
    model = SourceException
    name = "source-exceptions"
    icon = "warning"
    menu_label = _("Exceptions for sources")
    menu_order = 40
    index_view_class = ExceptionIndexView
    inspect_view_class = OpenInspectView
    ask_views = (("decide", DecideView),)
    search_fields = ("title", "source_name", "why", "reason")
    list_filter = ("granted", "asked_at")
    list_display = (
        Column("source_name", label=_("Source"), sort_key="source_name"),
        Column("title", label=_("Item"), sort_key="title"),
        Column("asked_by", label=_("Asked by")),
        DateColumn("asked_at", label=_("Asked at"), sort_key="asked_at"),
        Column("granted", label=_("Granted"), accessor=lambda row: {True: "准许", False: "不准许", None: "待决定"}[row.granted]),
    )  # fmt: skip
    list_export = (
        "source_name",
        "source_url",
        "title",
        "asked_by",
        "asked_at",
        "why",
        "granted",
        "reason",
        "decided_by",
        "decided_at",
    )
    inspect_view_fields = list_export
    exclude_form_fields = ()
