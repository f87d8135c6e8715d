"""提交审核: what the author sees before signing as 承办人. Errors lose nothing; the draft is saved already."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from regulation.questions import HARMS, NO, YES
from regulation.refusals import Refusal
from review import acts, checking, outcomes
from review.acts.submission import needs_row, preview
from review.models import ReviewedPage

MINUTE = "%Y-%m-%dT%H:%M"


class HarmsForm(forms.Form):
    """第六条: asked for each of the four, without a default answer."""

    prefix = "harms"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for harm in HARMS:
            self.fields[harm.code] = forms.ChoiceField(
                label=f"是否危及{harm.text}", choices=[(NO, NO), (YES, YES)], widget=forms.RadioSelect
            )


def _moment(label):
    """The browser's own picker: works on a phone and needs no inline script (Content-Security-Policy)."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)
    return forms.DateTimeField(label=label, required=False, widget=widget, input_formats=[MINUTE])


class TimingForm(forms.Form):
    """When the approved item goes online and, if it must, off again. Empty: as soon as it is approved."""

    prefix = "timing"

    publish_at = _moment(gettext_lazy("Go online not before"))
    expire_at = _moment(gettext_lazy("Take offline at"))


class SubmitView(WagtailAdminTemplateMixin, View):
    template_name = "review/submit.html"
    header_icon = "upload"
    page_title = gettext_lazy("Submit for review")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        base = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not isinstance(base, ReviewedPage):
            raise Http404
        if not base.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.page = base.get_latest_revision_as_object()
        self.preview = preview(self.page, request.user)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            {"url": edit, "label": self.page.get_admin_display_title()},
            {"url": "", "label": str(self.page_title)},
        ]

    @property
    def with_row(self):
        return bool(self.preview.route) and needs_row(self.preview.route)

    def forms(self, data=None):
        found = {"harms": HarmsForm(data), "timing": TimingForm(data), "row": None}
        if self.with_row and outcomes.is_registered():
            found["row"] = outcomes.desk().row_form(self.page, self.request.user, data)
        return found

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(forms=self.forms()))

    def post(self, request, *args, **kwargs):
        found = self.forms(request.POST)
        if [form for form in found.values() if form is not None and not form.is_valid()]:
            messages.error(request, _("Not submitted: please complete the fields marked in red."))
            return self.render_to_response(self.get_context_data(forms=found))
        try:
            case = acts.submit(
                self.page,
                request.user,
                row=request.POST,
                harms=found["harms"].cleaned_data,
                **found["timing"].cleaned_data,
            )
        except (Refusal, PermissionDenied) as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data(forms=found))
        messages.success(
            request,
            _("Submitted: %(status)s.") % {"status": case.status_label},
        )
        return redirect("review:review", pk=case.pk)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(
            page=self.page,
            preview=self.preview,
            with_row=self.with_row,
            companions=self.page.companions(),
            checks=checking.result(self.page) if self.page.unit_id else None,
            media=sum((f.media for f in kwargs["forms"].values() if f is not None), forms.Media()),
        )
        return context
