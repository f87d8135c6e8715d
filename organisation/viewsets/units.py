"""Units: list, found, rename from a day on, close. A name is never overwritten."""

from django import forms
from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import InspectView
from wagtail.admin.widgets import AdminDateInput
from wagtail.admin.widgets.button import Button

from organisation import sync
from organisation import unit_changes as services
from organisation.models import Unit
from organisation.policies import cached_rights
from organisation.viewsets.screens import AskView, CreateView, IndexView, RecordViewSet, UnitField


class UnitForm(forms.ModelForm):
    name = forms.CharField(label=_("Full name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=40, required=False)
    parent = UnitField(label=_("Belongs to"), required=False)

    class Meta:
        model = Unit
        fields = ["code", "kind", "name", "short_name", "parent", "phone"]


class UnitFilterSet(WagtailFilterSet):
    class Meta:
        model = Unit
        fields = {"kind": ["exact"], "closed_on": ["isnull"]}


class UnitIndexView(IndexView):
    def get_base_queryset(self):
        return Unit.objects.named().prefetch_related(Prefetch("parent", Unit.objects.named()))

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if "operate" in self.rights and not instance.closed_on:
            rename, close = (reverse(f"units:{verb}", args=[instance.pk]) for verb in ("rename", "close"))
            buttons.append(Button(_("Rename unit"), url=rename, icon_name="edit", priority=5))
            buttons.append(Button(_("Close unit"), url=close, icon_name="cross", priority=30))
        return buttons


class UnitCreateView(CreateView):
    """The new unit has its group, library, page and rights in the same transaction: its people can begin at once."""

    @transaction.atomic
    def save_instance(self):
        data = self.form.cleaned_data
        unit = services.create_unit(
            data["code"],
            data["kind"],
            data["name"],
            by=self.request.user,
            short_name=data["short_name"],
            parent=data["parent"],
            phone=data["phone"],
        )
        sync.follow_units()
        return unit


class UnitInspectView(InspectView):
    def get_field_label(self, field_name, field):
        labels = {"name": _("Name"), "names": _("Names")}
        return labels.get(field_name) or super().get_field_label(field_name, field)

    def get_names_display_value(self):
        return "；".join(
            f"{row.name}（{row.valid_from:%Y-%m-%d}—{row.valid_to or ''}）" for row in self.object.names.all()
        )


class UnitAskView(AskView):
    model = Unit
    facts = ("code", "kind", "closed_on")
    header_icon = "home"

    def get_queryset(self):
        return Unit.objects.named()

    def is_offered(self):
        return "operate" in cached_rights(self.request.user)


class RenameForm(forms.Form):
    name = forms.CharField(label=_("New full name"), max_length=120)
    short_name = forms.CharField(label=_("New short name"), max_length=40, required=False)
    from_day = forms.DateField(label=_("From"), widget=AdminDateInput, initial=timezone.localdate)


class RenameUnitView(UnitAskView):
    form_class = RenameForm
    page_title = _("Rename unit")
    question = _("From that day the unit has the new name; what was published before keeps the old one.")
    button = _("Rename unit")
    success = _("Renamed: %(object)s")

    @transaction.atomic
    def perform(self, data):
        unit = services.rename_unit(self.object, by=self.request.user, **data)
        sync.follow_units()
        return unit


class CloseForm(forms.Form):
    on = forms.DateField(label=_("Closed from"), widget=AdminDateInput)


class CloseUnitView(UnitAskView):
    form_class = CloseForm
    page_title = _("Close unit")
    question = _("From that day nobody holds a post in this unit any more. Its records stay.")
    button = _("Close unit")
    serious = True
    success = _("Closed: %(object)s")

    def perform(self, data):
        return services.close_unit(self.object, by=self.request.user, on=data["on"])


class UnitViewSet(RecordViewSet):
    model = Unit
    name = "units"
    url_prefix = "organisation-units"
    icon = "home"
    menu_label = _("Units")
    menu_order = 10
    index_view_class = UnitIndexView
    add_view_class = UnitCreateView
    inspect_view_class = UnitInspectView
    ask_views = (("rename", RenameUnitView), ("close", CloseUnitView))
    filterset_class = UnitFilterSet
    search_fields = ("code", "names__name", "names__short_name")
    ordering = ("order", "code")
    list_display = (
        Column("name", label=_("Name"), sort_key="order"),
        Column("code", label=_("Code"), sort_key="code"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("parent", label=_("Belongs to")),
        Column("closed_on", label=_("Closed on"), sort_key="closed_on"),
    )
    list_export = ("code", "name", "short_name", "get_kind_display", "parent", "closed_on")
    inspect_view_fields = ("name", "names", "code", "kind", "parent", "site", "phone", "closed_on")

    def get_form_class(self, for_update=False):
        return UnitForm
