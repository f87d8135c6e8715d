"""变更备案 on screen: the list, the form, one change with its hand-over list, receipt and return."""

from collections import Counter

import django_filters
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import Button

from organisation.models import Post, Unit
from organisation.policies import cached_rights
from organisation.viewsets.accounts import hand_over as show_password
from organisation.viewsets.screens import AskView, CreateView, IndexView, RecordViewSet, named_unit
from personnel import filing as services
from personnel.forms import FilingForm, ReceiveForm, ReturnForm
from personnel.handing_over import lines_of
from personnel.models import ChangeFiling, Decision, Kind
from personnel.policies import visible_to
from personnel.rights import OPERATE


def may_decide(user, filing):
    """Whether the buttons are worth showing; the service judges again."""
    concerned = (filing.filed_by_id, filing.leaver_id, filing.successor_id)
    return filing.is_open and OPERATE in cached_rights(user) and user.pk not in concerned


def state_label(filing):
    if filing.decision != Decision.RECEIVED:
        return filing.get_decision_display()
    return _("handed over") if filing.handed_over_at else _("received, not yet in effect")


def posts_label(codes):
    names = dict(Post.objects.values_list("code", "name"))
    return "、".join(names.get(code, code) for code in codes)


def what_passes(filing):
    """How many of what pass to the successor, as things stand."""
    counted = Counter(line.kind for line in lines_of(filing))
    return "、".join(f"{kind.label} {counted[kind]}" for kind in Kind if counted[kind]) or gettext(
        "nothing open"
    )


class FilingFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        empty_label=_("All"),
        choices=[("open", _("waits for receipt")), *Decision.choices[1:]],
    )
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=lambda request: Unit.objects.named())

    class Meta:
        model = ChangeFiling
        fields = ["state", "unit", "reason"]

    def in_state(self, queryset, name, value):
        return queryset.filter(decision="" if value == "open" else value)


class FilingIndexView(IndexView):
    any_permission_required = ["view"]

    def get_base_queryset(self):
        return visible_to(self.request.user).prefetch_related(named_unit())

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if may_decide(self.request.user, instance):
            receive, give_back = (
                reverse(f"personnel-changes:{verb}", args=[instance.pk]) for verb in ("receive", "return")
            )
            buttons.append(Button(_("Receive"), url=receive, icon_name="check", priority=5))
            buttons.append(Button(_("Return it"), url=give_back, icon_name="undo", priority=30))
        printed = reverse("personnel:filing_pdf", args=[instance.pk])
        buttons.append(Button(_("Print (PDF)"), url=printed, icon_name="doc-full", priority=25))
        return buttons


class FilingCreateView(CreateView):
    page_title = _("File a change of persons")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def save_instance(self):
        data = self.form.cleaned_data
        return services.file(data.pop("unit"), by=self.request.user, **data)

    def get_success_message(self, instance):
        return _("Filed as %(object)s. It takes effect when the e-government office has received it.") % {
            "object": instance
        }


class FilingInspectView(InspectView):
    template_name = "personnel/filing.html"

    def get_object(self, queryset=None):
        filings = visible_to(self.request.user).prefetch_related(named_unit())
        return get_object_or_404(filings, pk=self.pk)

    def get_context_data(self, **kwargs):
        filing = self.object
        stored = list(filing.items.all())
        open_still = filing.decision != Decision.RETURNED and not filing.handed_over_at
        return super().get_context_data(**kwargs) | {
            "filing": filing,
            "state": state_label(filing),
            "giving_up": posts_label(filing.leaver_posts),
            "taking": posts_label(filing.successor_posts),
            "items": list(lines_of(filing)) if open_still else stored,
            "is_preview": open_still,
            "may_decide": may_decide(self.request.user, filing),
        }


class FilingHistoryView(HistoryView):
    def get_base_object_queryset(self):
        return visible_to(self.request.user)


class FilingAskView(AskView):
    model = ChangeFiling
    facts = (
        "unit",
        "leaver",
        "successor",
        "successor_name",
        "successor_phone",
        "note",
        "filed_by",
        "filed_at",
    )
    header_icon = "user"

    def get_queryset(self):
        return visible_to(self.request.user).prefetch_related(named_unit())

    def is_offered(self):
        return OPERATE in cached_rights(self.request.user)

    def get_facts(self):
        yield from super().get_facts()
        filing = self.object
        yield _("Reason"), filing.get_reason_display()
        if filing.leaver_id:
            yield _("Posts given up"), posts_label(filing.leaver_posts)
        yield _("Posts taken"), posts_label(filing.successor_posts)
        yield _("Takes effect"), filing.wanted_at
        yield _("Passes to the successor"), what_passes(filing)


class ReceiveView(FilingAskView):
    form_class = ReceiveForm
    page_title = _("Receive a change of persons")
    question = _(
        "From the minute named, or from now on if it has passed, the leaver's posts end and his open sessions with"
        " them; the successor takes over what is open. It cannot be taken back."
    )
    button = _("Receive")
    success = _("Received: %(object)s")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"needs_account": self.object.successor_id is None}

    def perform(self, data):
        return services.receive(self.object, by=self.request.user, **data)

    def done(self, received):
        if received.password:
            show_password(self.request, received.filing.successor, received.password)
        if received.pending:
            posts = "、".join(str(appointment.post) for appointment in received.pending)
            messages.warning(
                self.request, _("A second person must still confirm: %(posts)s.") % {"posts": posts}
            )
        return super().done(received)

    def get_success_url(self):
        return reverse("personnel-changes:inspect", args=[self.object.pk])


class ReturnView(FilingAskView):
    form_class = ReturnForm
    page_title = _("Return a change of persons")
    question = _("Return it to the unit? The unit files it anew.")
    button = _("Return it")
    serious = True
    success = _("Returned: %(object)s")

    def perform(self, data):
        return services.give_back(self.object, by=self.request.user, **data)


class ChangeFilingViewSet(RecordViewSet):
    model = ChangeFiling
    name = "personnel-changes"
    icon = "user"
    menu_label = "变更备案"
    menu_order = 25
    index_view_class = FilingIndexView
    add_view_class = FilingCreateView
    inspect_view_class = FilingInspectView
    history_view_class = FilingHistoryView
    ask_views = (("receive", ReceiveView), ("return", ReturnView))
    filterset_class = FilingFilterSet
    search_fields = ("leaver__name", "successor__name", "successor_name", "note", "unit__names__name")
    ordering = ("-pk",)
    list_display = (
        "number",
        Column("unit", label=_("Unit"), sort_key="unit__order"),
        Column("leaver", label=_("Leaver")),
        Column("takes_over", label=_("Successor")),
        Column("reason", label=_("Reason"), accessor="get_reason_display"),
        DateColumn("filed_at", label=_("Filed at"), sort_key="filed_at"),
        DateColumn("effective_at", label=_("In effect from"), sort_key="effective_at"),
        Column("state", label=_("State"), accessor=state_label),
    )
    list_export = (
        "number",
        "unit",
        "leaver",
        "takes_over",
        "get_reason_display",
        "note",
        "filed_by",
        "filed_at",
        "get_decision_display",
        "decided_by",
        "decided_at",
        "effective_at",
        "handed_over_at",
    )
    inspect_view_fields = ("number",)

    def get_form_class(self, for_update=False):
        return FilingForm
