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
from secrecy.forms import ConclusionForm, DestructionForm, QuarantineForm
from secrecy.panels import table_rows
from secrecy.services import destroying, offweb
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
        if self.form.is_valid() and self.carried_out(self.conclude, request.user, **self.form.cleaned_data):
            messages.success(request, _("The conclusion is on record; the item goes on accordingly."))
            return redirect("secrecy:body")
        return self.render_to_response(self.get_context_data())

    def conclude(self, person, **given):
        """On an item of the portal the case goes on accordingly; elsewhere the row does."""
        submission_id = self.referral.row.submission_id
        if submission_id is None:
            return offweb.conclude(self.referral, person, **given)
        return acts.conclude(Case.objects.get(pk=submission_id), person, **given)

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
    destruction_form = None

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
        if "grounds" in request.POST:
            return self.propose(request)
        self.form = QuarantineForm(request.POST)
        if self.form.is_valid():
            given = self.form.cleaned_data
            decided = self.carried_out(
                services.decide_quarantine, self.record, request.user, given["conclusion"], given["text"]
            )
            if decided:
                messages.success(request, _("The conclusion is on record."))
                return redirect("secrecy:quarantine", pk=self.record.pk)
        return self.render_to_response(self.get_context_data())

    def propose(self, request):
        """拟销毁; the unit's leader finds it under 封存销毁."""
        self.destruction_form = DestructionForm(request.POST)
        if self.destruction_form.is_valid():
            made = self.carried_out(
                destroying.propose, self.record, request.user, **self.destruction_form.cleaned_data
            )
            if made:
                messages.success(request, _("Proposed under %(number)s.") % {"number": made.number})
                return redirect("secrecy:destruction", pk=made.pk)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        record = self.record
        destructions = list(record.destructions.all())
        current = next((made for made in destructions if made.approved is not False), None)
        offered = record.conclusion == record.Conclusion.CONFIRMED and current is None
        context.update(
            record=record,
            title=access.titles_of([record]).get(record.submission_id, ""),
            still_public=Publication.objects.filter(
                object_id=record.object_id, ended_at__isnull=True
            ).first(),
            form=None if record.conclusion else self.form or QuarantineForm(),
            destructions=destructions,
            is_destroyed=bool(current and current.destroyed_at),
            destruction_form=(self.destruction_form or DestructionForm()) if offered else None,
        )
        return context
