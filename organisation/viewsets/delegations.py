"""Delegations: a signatory, or the e-gov office for him, names another leader for a time."""

from django import forms
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.admin.widgets.button import Button

from organisation import appointments as services
from organisation.models import Appointment, Delegation, Post, User
from organisation.policies import cached_rights
from organisation.rights import SEE
from organisation.viewsets.appointments import EndForm
from organisation.viewsets.screens import (
    AskView,
    CreateView,
    IndexView,
    PersonField,
    RecordViewSet,
    named_unit,
)


def visible_to(user):
    """The offices see all; others the delegations they give, hold or entered."""
    delegations = Delegation.objects.select_related(
        "grantor", "delegate", "post", "created_by", "confirmed_by"
    )
    delegations = delegations.prefetch_related(named_unit())
    if SEE in cached_rights(user):
        return delegations
    return delegations.filter(Q(grantor=user) | Q(delegate=user) | Q(created_by=user))


def state_label(delegation):
    now = timezone.now()
    if delegation.ends_at <= now:
        return _("ended")
    if delegation.confirmed_at is None:
        return _("waits for confirmation")
    return _("in force") if delegation.starts_at <= now else _("begins later")


class HeldPostField(forms.ModelChoiceField):
    def label_from_instance(self, appointment):
        return f"{appointment.person.name} · {appointment.unit.name} · {appointment.post.name}"


class DelegationForm(forms.ModelForm):
    """Person, unit and post are one choice, so that nobody delegates what he does not hold."""

    appointment = HeldPostField(label=_("Post that is delegated"), queryset=Appointment.objects.none())
    delegate = PersonField(
        label=_("Delegate"),
        queryset=User.objects.none(),
        help_text=_("Another leader of the same unit. What is delegated cannot be delegated again."),
    )

    class Meta:
        model = Delegation
        fields = ["appointment", "delegate", "starts_at", "ends_at", "reason"]
        widgets = {"starts_at": AdminDateTimeInput, "ends_at": AdminDateTimeInput}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        held = Appointment.objects.valid().filter(post__signing=True)
        leading = Appointment.objects.valid().filter(post__leader=True)
        if "operate" not in cached_rights(user):
            held = held.filter(person=user)
            leading = leading.filter(unit__in=held.values("unit")).exclude(person=user)
        self.fields["appointment"].queryset = held.select_related("person", "post").prefetch_related(
            named_unit()
        )
        self.fields["delegate"].queryset = User.objects.filter(
            is_active=True, pk__in=leading.values("person")
        )

    def _post_clean(self):
        """The service and the database judge; the half-made row is not validated before."""


class DelegationFilterSet(WagtailFilterSet):
    class Meta:
        model = Delegation
        fields = ["post", "unit__kind"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["post"].queryset = Post.objects.filter(signing=True)


class DelegationIndexView(IndexView):
    def get_base_queryset(self):
        return visible_to(self.request.user)

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        user = self.request.user
        printed = reverse("personnel:delegation_pdf", args=[instance.pk])
        buttons.append(Button(_("Print (PDF)"), url=printed, icon_name="doc-full", priority=25))
        others = user.pk not in (instance.created_by_id, instance.delegate_id)
        if instance.is_pending and others and (user.pk == instance.grantor_id or "confirm" in self.rights):
            url = reverse("delegations:confirm", args=[instance.pk])
            buttons.append(Button(_("Confirm it"), url=url, icon_name="check", priority=5))
        if not instance.is_over and (user.pk == instance.grantor_id or "operate" in self.rights):
            url = reverse("delegations:end", args=[instance.pk])
            buttons.append(Button(_("End it"), url=url, icon_name="cross", priority=30))
        return buttons


class DelegationCreateView(CreateView):
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def save_instance(self):
        data = self.form.cleaned_data
        held = data["appointment"]
        return services.delegate(
            held.person,
            data["delegate"],
            unit=held.unit,
            post=held.post,
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            reason=data["reason"],
            by=self.request.user,
        )

    def get_success_message(self, instance):
        return _("Entered. It counts when a second person has confirmed it: %(object)s") % {
            "object": instance
        }


class DelegationInspectView(InspectView):
    def get_object(self, queryset=None):
        return get_object_or_404(visible_to(self.request.user), pk=self.pk)


class DelegationHistoryView(HistoryView):
    def get_base_object_queryset(self):
        return visible_to(self.request.user)


class DelegationAskView(AskView):
    model = Delegation
    facts = ("grantor", "delegate", "unit", "post", "starts_at", "ends_at", "reason", "created_by")

    def get_queryset(self):
        return visible_to(self.request.user)

    def is_offered(self):
        return True  # who may not see the delegation gets a 404; the service judges the rest


class ConfirmDelegationView(DelegationAskView):
    page_title = _("Confirm delegation")
    question = _("Is this delegation right? The delegate's signatures will name it.")
    button = _("Confirm it")
    success = _("Confirmed: %(object)s")

    def perform(self, data):
        return services.confirm_delegation(self.object, by=self.request.user)


class EndDelegationView(DelegationAskView):
    form_class = EndForm
    page_title = _("End delegation")
    question = _("End this delegation? It cannot be taken back; a new one is entered instead.")
    button = _("End it")
    serious = True
    success = _("Ended: %(object)s")

    def perform(self, data):
        return services.end_delegation(self.object, by=self.request.user, at=data["at"])


class DelegationViewSet(RecordViewSet):
    model = Delegation
    name = "delegations"
    icon = "group"
    menu_label = _("Delegations")
    menu_order = 30
    index_view_class = DelegationIndexView
    add_view_class = DelegationCreateView
    inspect_view_class = DelegationInspectView
    history_view_class = DelegationHistoryView
    ask_views = (("confirm", ConfirmDelegationView), ("end", EndDelegationView))
    filterset_class = DelegationFilterSet
    search_fields = ("grantor__name", "delegate__name", "reason", "unit__names__name")
    ordering = ("-starts_at", "-pk")
    list_display = (
        "grantor",
        Column("delegate", label=_("Delegate")),
        Column("unit", label=_("Unit"), sort_key="unit__order"),
        Column("post", label=_("Post held"), sort_key="post__order"),
        DateColumn("starts_at", label=_("From"), sort_key="starts_at"),
        DateColumn("ends_at", label=_("Until"), sort_key="ends_at"),
        Column("reason", label=_("Reason")),
        Column("state", label=_("State"), accessor=state_label),
    )
    list_export = (
        "grantor",
        "delegate",
        "unit",
        "post",
        "starts_at",
        "ends_at",
        "reason",
        "created_by",
        "created_at",
        "confirmed_by",
        "confirmed_at",
    )
    inspect_view_fields = list_export

    def get_form_class(self, for_update=False):
        return DelegationForm
