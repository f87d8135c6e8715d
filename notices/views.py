"""Everybody's own notices, and the one form with which a comment is written."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from notices import comments, wording
from notices.models import Kind, Notice
from regulation.refusals import Refusal
from review.views.access import case_or_404

ON_A_PAGE = 30
TO_THE_EDITOR = (Kind.RETURNED,)


class NoticesView(WagtailAdminTemplateMixin, View):
    template_name = "notices/index.html"
    header_icon = "mail"
    page_title = gettext_lazy("Notices")

    def get_breadcrumbs_items(self):
        return [{"url": "", "label": self.page_title}]

    def get(self, request):
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        mine = Notice.objects.filter(person=self.request.user)
        page = Paginator(mine, ON_A_PAGE).get_page(self.request.GET.get("p"))
        lines = wording.told(page.object_list, self.request.user)
        return context | {"page_of_notices": page, "lines": lines, "unread": mine.unread().exists()}


def open_notice(request, pk):
    """Reads it and leads to its item; whoever may not open the item any more is told so."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    Notice.objects.filter(pk=notice.pk).settle(timezone.now())
    (line,) = wording.told([notice], request.user)
    if line.case is None:
        messages.info(request, _("This item is not open to you any more."))
        return redirect("notices:index")
    if notice.kind in TO_THE_EDITOR and line.case.kept_by_id == request.user.pk and not line.is_silent:
        return redirect("wagtailadmin_pages:edit", line.case.page_id)
    return redirect("review:review", line.case.pk)


@require_POST
def read_all(request):
    Notice.objects.filter(person=request.user).settle(timezone.now())
    return redirect("notices:index")


class CommentView(WagtailAdminTemplateMixin, View):
    """Posted from the review page; a refusal shows the words again."""

    template_name = "notices/comment.html"
    header_icon = "comment"
    page_title = gettext_lazy("Comments")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.case, _held = case_or_404(request.user, kwargs["pk"])

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("review:review", args=[self.case.pk]), "label": self.case.safe_title},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request, pk):
        return self.render_to_response(self.get_context_data())

    def post(self, request, pk):
        text = request.POST.get("text", "")
        try:
            comments.add(self.case, request.user, text)
        except (Refusal, PermissionDenied) as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data(typed=text))
        messages.success(request, _("The comment is told to those concerned."))
        return redirect(reverse("review:review", args=[self.case.pk]) + "#comments")

    def get_context_data(self, typed="", **kwargs):
        context = super().get_context_data(**kwargs)
        return context | panel_context(self.case, self.request) | {"typed": typed}


def panel_context(case, request):
    return {
        "case": case,
        "comments": comments.of_case(case, request.user),
        "may_comment": comments.may_comment(case, request.user) is None,
        "longest": comments.LONGEST,
    }
