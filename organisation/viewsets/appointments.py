"""Appointments: list, request, and the screens that ask before a second person confirms or a post ends."""

import django_filters
from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.button import Button

from organisation import appointments as services
from organisation.models import Appointment, Post, Unit, UnitKind
from organisation.policies import cached_rights
from organisation.rights import SEE, confirming_verb
from organisation.viewsets.screens import (
    AskView,
    CreateView,
    IndexView,
    PersonField,
    RecordViewSet,
    UnitField,
    named_unit,
)

STATES = (
    ("pending", _("waits for confirmation")),
    ("running", _("in force")),
    ("coming", _("begins later")),
    ("over", _("ended")),
)


def state_of(appointment, now=None):
    now = now or timezone.now()
    if appointment.ends_at and appointment.ends_at <= now:
        return "over"
    if appointment.needs_confirmation and not appointment.confirmed_at:
        return "pending"
    return "coming" if appointment.starts_at > now else "running"


def state_label(appointment):
    return dict(STATES)[state_of(appointment)]


state_label.short_description = _("state")


class AppointmentForm(forms.ModelForm):
    """The service sets the rest; an empty beginning means at once."""

    person = PersonField(label=_("Person"))
    unit = UnitField(label=_("Unit"))
    starts_at = forms.DateTimeField(
        label=_("From"), required=False, widget=AdminDateTimeInput, help_text=_("Empty: from this moment.")
    )

    class Meta:
        model = Appointment
        fields = ["person", "unit", "post", "starts_at", "ends_at"]
        widgets = {"ends_at": AdminDateTimeInput}

    def _post_clean(self):
        """The service and the database judge; the half-made row is not validated before."""


class AppointmentFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="in_state", empty_label=_("All")
    )
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=lambda request: Unit.objects.named())
    unit__kind = django_filters.ChoiceFilter(label=_("Kind of unit"), choices=UnitKind.choices)
    post = django_filters.ModelChoiceFilter(label=_("Post held"), queryset=Post.objects.all())

    class Meta:
        model = Appointment
        fields = ["state", "unit", "unit__kind", "post", "concurrent"]

    def in_state(self, queryset, name, value):
        now = timezone.now()
        ended = Q(ends_at__lte=now)
        if value == "over":
            return queryset.filter(ended)
        pending = Q(confirmed_at__isnull=True) & (Q(post__signing=True) | Q(concurrent=True))
        queryset = queryset.filter(Q(ends_at__isnull=True) | ~ended)
        if value == "pending":
            return queryset.filter(pending)
        return queryset.filter(~pending, **{"starts_at__gt" if value == "coming" else "starts_at__lte": now})


class AppointmentIndexView(IndexView):
    def get_base_queryset(self):
        people = ("person", "post", "requested_by", "confirmed_by")
        return Appointment.objects.select_related(*people).prefetch_related(named_unit())

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        others = self.request.user.pk not in (instance.requested_by_id, instance.person_id)
        if instance.is_pending and others and confirming_verb(instance) in self.rights:
            url = reverse("appointments:confirm", args=[instance.pk])
            buttons.append(Button(_("Confirm it"), url=url, icon_name="check", priority=5))
        if not instance.is_over and "operate" in self.rights:
            url = reverse("appointments:end", args=[instance.pk])
            buttons.append(Button(_("End it"), url=url, icon_name="cross", priority=30))
        return buttons


class AppointmentCreateView(CreateView):
    def save_instance(self):
        data = self.form.cleaned_data
        return services.request_appointment(
            data["person"],
            data["unit"],
            data["post"],
            by=self.request.user,
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
        )

    def get_success_message(self, instance):
        if instance.is_pending:
            return _("Entered. It counts when a second person has confirmed it: %(object)s") % {
                "object": instance
            }
        return _("Entered: %(object)s") % {"object": instance}


class ConfirmAppointmentView(AskView):
    model = Appointment
    page_title = _("Confirm appointment")
    facts = ("person", "unit", "post", "concurrent", "starts_at", "ends_at", "requested_by", "requested_at")
    question = _("Does this person hold this post? From your confirmation on, the person's signature counts.")
    button = _("Confirm it")
    success = _("Confirmed: %(object)s")

    def is_offered(self):
        return SEE in cached_rights(self.request.user)

    def perform(self, data):
        return services.confirm_appointment(self.object, by=self.request.user)


class EndForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Ends"), required=False, widget=AdminDateTimeInput, help_text=_("Empty: at this moment.")
    )


class EndAppointmentView(AskView):
    model = Appointment
    form_class = EndForm
    page_title = _("End appointment")
    facts = ("person", "unit", "post", "starts_at", "ends_at")
    question = _("End this appointment? It cannot be taken back; a new appointment is requested instead.")
    button = _("End it")
    serious = True
    success = _("Ended: %(object)s")

    def is_offered(self):
        return "operate" in cached_rights(self.request.user)

    def perform(self, data):
        return services.end_appointment(self.object, by=self.request.user, at=data["at"])


class AppointmentViewSet(RecordViewSet):
    model = Appointment
    name = "appointments"
    icon = "clipboard-list"
    menu_label = _("Appointments")
    menu_order = 20
    index_view_class = AppointmentIndexView
    add_view_class = AppointmentCreateView
    ask_views = (("confirm", ConfirmAppointmentView), ("end", EndAppointmentView))
    filterset_class = AppointmentFilterSet
    search_fields = ("person__name", "person__username", "unit__names__name")
    ordering = ("unit__order", "post__order", "starts_at")
    list_display = (
        "person",
        Column("unit", label=_("Unit"), sort_key="unit__order"),
        Column("post", label=_("Post held"), sort_key="post__order"),
        DateColumn("starts_at", label=_("From"), sort_key="starts_at"),
        DateColumn("ends_at", label=_("Until"), sort_key="ends_at"),
        BooleanColumn("concurrent", label=_("Concurrent (兼任)")),
        Column("state", label=_("State"), accessor=state_label),
        Column("confirmed_by", label=_("Confirmed by")),
    )
    list_export = (
        "person.username",
        "person",
        "unit.code",
        "unit",
        "post",
        "starts_at",
        "ends_at",
        "concurrent",
        "requested_by",
        "requested_at",
        "confirmed_by",
        "confirmed_at",
    )
    inspect_view_fields = (
        "person",
        "unit",
        "post",
        "starts_at",
        "ends_at",
        "concurrent",
        "requested_by",
        "requested_at",
        "confirmed_by",
        "confirmed_at",
    )

    def get_form_class(self, for_update=False):
        return AppointmentForm
