"""What the plain screens of this app share: Wagtail's frame, one heading, refusals as messages that lose nothing."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from organisation.authority import authorities_of
from regulation.refusals import Refusal
from secrecy import access


class Screen(WagtailAdminTemplateMixin, View):
    header_icon = "lock"

    @cached_property
    def held(self):
        return authorities_of(self.request.user)

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("secrecy:sheets"), "label": "信息发布保密审查表"},
            {"url": "", "label": str(self.get_page_title())},
        ]

    def carried_out(self, service, *args, **kwargs):
        """What the service returned; None where it refused, with its sentence as a message."""
        try:
            return service(*args, **kwargs)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return None


def sheet_or_404(user, number):
    """404 also for what exists but is closed to this person."""
    sheets = access.seen_sheets(user).select_related("author", "reviewer", "leader", "formed_by")
    sheet = sheets.filter(number=number).first()
    if sheet is None:
        raise Http404
    return sheet
