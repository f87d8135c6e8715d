"""The 保密工作机构's desk: questions referred to it, and what is sealed away. Nobody else opens these screens."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from organisation.models.units import unit_names
from publication.models import Publication
from review import acts
from review.models import Case
from secrecy import access, labels, services
from secrecy.forms import ConclusionForm, QuarantineForm
from secrecy.panels import table_rows
from secrecy.views.screen import Screen

LISTED = 200


class BodyView(Screen):
    template_name = "secrecy/body.html"
    page_title = "保密工作机构"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user, held = self.request.user, self.held
        quarantines = list(access.quarantines_for(user, held).select_related("reported_by")[:LISTED])
        titles = access.titles_of(quarantines)
        names = unit_names({record.unit_id for record in quarantines})
        for record in quarantines:
            record.title, record.unit_name = (
                titles.get(record.submission_id, ""),
                names.get(record.unit_id, ""),
            )
        context.update(
            is_body=bool(access.units_as(user, access.BODY, held)),
            referrals=access.referrals_for(user, held).select_related("row__author", "by")[:LISTED],
            quarantines=quarantines,
        )
        return context


class ConcludeView(Screen):
    """书面结论 on one referral; 涉密 seals the item away in the same minute."""

    template_name = "secrecy/conclude.html"
    page_title = "书面结论"
    form = None

    @cached_property
    def referral(self):
        found = access.referrals_for(self.request.user, self.held).select_related("row", "by")
        referral = found.filter(pk=self.kwargs["pk"]).first()
        if referral is None:
            raise Http404
        return referral

    def post(self, request, *args, **kwargs):
        self.form = ConclusionForm(request.POST)
        if self.form.is_valid():
            case = Case.objects.get(pk=self.referral.row.submission_id)
            if self.carried_out(acts.conclude, case, request.user, **self.form.cleaned_data):
                messages.success(request, _("The conclusion is on record; the item goes on accordingly."))
                return redirect("secrecy:body")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(
            referral=self.referral,
            labels=labels,
            rows=table_rows([self.referral.row]),
            form=self.form or ConclusionForm(),
        )
        return context


class QuarantineView(Screen):
    """One sealed-away item: what was found, whether a version is still public, and the conclusion."""

    template_name = "secrecy/quarantine.html"
    page_title = "已封存"
    form = None

    @cached_property
    def record(self):
        found = access.quarantines_for(self.request.user, self.held).select_related(
            "reported_by", "concluded_by"
        )
        record = found.filter(pk=self.kwargs["pk"]).first()
        if record is None:
            raise Http404
        return record

    def post(self, request, *args, **kwargs):
        self.form = QuarantineForm(request.POST)
        if self.form.is_valid():
            given = self.form.cleaned_data
            decided = self.carried_out(
                services.decide_quarantine, self.record, request.user, given["conclusion"], given["text"]
            )
            if decided:
                messages.success(request, _("The conclusion is on record."))
                return redirect("secrecy:body")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        record = self.record
        context.update(
            record=record,
            title=access.titles_of([record]).get(record.submission_id, ""),
            still_public=Publication.objects.filter(
                object_id=record.object_id, ended_at__isnull=True
            ).first(),
            form=None if record.conclusion else self.form or QuarantineForm(),
        )
        return context
