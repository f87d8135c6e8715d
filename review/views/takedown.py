"""立即下线, 追认, 恢复发布: what is online for this person to take down, and what waits for ratification."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from organisation.authority import authorities_of
from organisation.models import User
from organisation.models.units import names_over_time
from publication.models import Publication, TakeDown
from publication.standing import EGOV_POSTS, UNIT_POSTS
from regulation.refusals import Refusal
from review import acts, reasons, staffing
from review.acts.removal import may_decide, may_take_down
from review.forms import DecideTakeDownForm, TakeDownForm
from review.visibility import decidable_take_downs


class OnlineView(ReportView):
    """Published items this person may take down, newest first."""

    model = Publication
    template_name = "review/online.html"
    results_template_name = "review/online_results.html"
    page_title = gettext_lazy("Published items")
    header_icon = "globe"
    index_url_name = "review:online"
    index_results_url_name = "review:online_results"
    paginate_by = 25
    is_searchable = True
    search_fields = ["title"]
    search_backend_name = None
    default_ordering = "-published_at"
    columns = [
        Column("title", label="标题", sort_key="title"),
        Column("unit", label="来源单位"),
        Column("published_at", label=gettext_lazy("Published at"), sort_key="published_at"),
    ]
    list_export = ["title", "path", "published_at"]

    @cached_property
    def held(self):
        return authorities_of(self.request.user)

    def get_base_queryset(self):
        public = Publication.objects.filter(ended_at__isnull=True).defer("document")
        if any(a.unit_id == staffing.offices()["egov"] and a.post in EGOV_POSTS for a in self.held):
            return public
        return public.filter(unit_id__in={a.unit_id for a in self.held if a.post in UNIT_POSTS})

    def get_queryset(self):
        return self.search_queryset(self.order_queryset(self.get_base_queryset()))

    def decorate_paginated_queryset(self, object_list):
        found = list(object_list)
        unit_at = names_over_time({publication.unit_id for publication in found})
        for publication in found:
            publication.unit_label = unit_at(publication.unit_id, publication.published_at)
        return found


def names_of(ids):
    """`{person id: name}`; publication keeps plain ids."""
    return dict(User.objects.filter(pk__in={i for i in ids if i}).values_list("pk", "name"))


class FormView(WagtailAdminTemplateMixin, View):
    """A small form with its own template; what it does is one act."""

    form_class = None

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(form=self.form_class()))

    def get_breadcrumbs_items(self):
        return [
            {"url": self.back_url(), "label": self.back_label},
            {"url": "", "label": self.get_page_title()},
        ]

    def refuse(self, refusal, form):
        messages.error(self.request, str(refusal))
        return self.render_to_response(self.get_context_data(form=form))


class TakeDownView(FormView):
    template_name = "review/take_down.html"
    page_title = "立即下线"
    header_icon = "download"
    form_class = TakeDownForm
    back_label = gettext_lazy("Published items")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.publication = get_object_or_404(Publication, pk=kwargs["pk"])
        if refusal := may_take_down(self.publication, request.user):
            raise refusal

    def back_url(self):
        return reverse("review:online")

    def get_context_data(self, **kwargs):
        return super().get_context_data(publication=self.publication, **kwargs)

    def post(self, request, *args, **kwargs):
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            acts.take_down(self.publication, request.user, **form.cleaned_data)
        except (Refusal, PermissionDenied) as refusal:
            return self.refuse(refusal, form)
        messages.success(
            request, _("Taken down. The approver ratifies it or restores the item within 24 hours.")
        )
        return redirect("review:taken_down")


class TakenDownView(WagtailAdminTemplateMixin, View):
    """Take-downs without a decision first; each says who may decide and until when."""

    template_name = "review/taken_down.html"
    page_title = gettext_lazy("Taken down")
    header_icon = "warning"
    limit = 100
    breadcrumbs_items = [
        {"url": reverse_lazy("review:online"), "label": gettext_lazy("Published items")},
        {"url": "", "label": gettext_lazy("Taken down")},
    ]

    def get(self, request):
        return self.render_to_response(self.get_context_data())

    def get_queryset(self):
        held = authorities_of(self.request.user)
        units = {a.unit_id for a in held}
        found = TakeDown.objects.select_related("publication").defer("publication__document")
        if not units & set(staffing.offices().values()):
            found = found.filter(publication__unit_id__in=units)
        return found.order_by("decided_at", "-at")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = list(self.get_queryset()[: self.limit])
        unit_at = names_over_time({row.publication.unit_id for row in rows})
        people = names_of(i for row in rows for i in (row.by, row.decided_by))
        mine = set(decidable_take_downs(self.request.user).values_list("pk", flat=True))
        for row in rows:
            row.is_mine = row.pk in mine
            row.by_name, row.decided_by_name = people.get(row.by, ""), people.get(row.decided_by, "")
            row.unit_label = unit_at(row.publication.unit_id, row.publication.published_at)
            row.reason_label = reasons.label("take_down", row.reason_code)
            row.late = row.decided_at is None and row.ratify_due < timezone.now()
        context["rows"] = sorted(rows, key=lambda row: row.decided_at is not None)
        return context


class DecideView(FormView):
    template_name = "review/decide.html"
    page_title = "追认 / 恢复发布"
    header_icon = "warning"
    form_class = DecideTakeDownForm
    back_label = gettext_lazy("Taken down")
    verbs = {"ratify": acts.ratify, "restore": acts.restore}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.take_down = get_object_or_404(TakeDown.objects.select_related("publication"), pk=kwargs["pk"])
        if refusal := may_decide(self.take_down, request.user):
            raise refusal

    def back_url(self):
        return reverse("review:taken_down")

    def get_context_data(self, **kwargs):
        reason = reasons.label("take_down", self.take_down.reason_code)
        by = names_of([self.take_down.by]).get(self.take_down.by, "")
        return super().get_context_data(take_down=self.take_down, reason=reason, by=by, **kwargs)

    def post(self, request, *args, **kwargs):
        form = self.form_class(request.POST)
        verb = self.verbs.get(request.POST.get("action", ""))
        if verb is None or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            verb(self.take_down, request.user, form.cleaned_data["remark"])
        except (Refusal, PermissionDenied) as refusal:
            return self.refuse(refusal, form)
        messages.success(request, _("Decided and registered."))
        return redirect("review:taken_down")
