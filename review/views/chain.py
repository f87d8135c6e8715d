"""审核发布全过程 (Article 1): author, secrecy row, every opinion, register numbers of one item on one page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from ledger.models import RegisterEntry
from publication.models import Publication, SignOff
from regulation.refusals import Refusal
from review import acts, outcomes
from review.dossier import Dossier, opinions_of
from review.models import Case
from review.views.access import case_or_404
from review.visibility import visible_cases


def page_chain(request, page_id):
    """From a page's admin view: the chain of its newest case."""
    page = get_object_or_404(Page, pk=page_id)
    case = visible_cases(request.user).filter(page_id=page.pk).order_by("-created_at").first()
    if case is None:
        messages.info(request, _("This item was never submitted."))
        return redirect("wagtailadmin_explore", page.get_parent().pk if page.depth > 1 else page.pk)
    return redirect("review:chain", pk=case.pk)


class ChainView(WagtailAdminTemplateMixin, View):
    template_name = "review/chain.html"
    header_icon = "history"
    page_title = "审核发布全过程"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.case, self.held = case_or_404(request.user, kwargs["pk"])

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_subtitle(self):
        return self.case.safe_title

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("review:review", args=[self.case.pk]), "label": self.case.safe_title},
            {"url": "", "label": self.page_title},
        ]

    @cached_property
    def cases(self):
        """Every submission of this object this person may see, oldest first."""
        mine = visible_cases(self.request.user, self.held).filter(object_id=self.case.object_id)
        return list(mine.select_related("author").order_by("created_at"))

    def rounds(self):
        """Round by round: the submission, what was signed on it, how it ended, its secrecy row."""
        opinions = opinions_of([case.pk for case in self.cases])
        for case in self.cases:
            own = [o for o in opinions if o.signoff.submission_id == case.pk]
            yield {
                "case": case,
                "dossier": Dossier(case, self.request.user),
                "opinions": own,
                "row": self.row_panel(case),
            }

    def row_panel(self, case):
        if not outcomes.is_registered() or not any(s.opinion == "secrecy" for s in case.steps):
            return ""
        return outcomes.desk().row_panel(case, self.request)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        object_id = self.case.object_id
        context.update(
            case=self.case,
            rounds=list(self.rounds()),
            entries=RegisterEntry.objects.filter(object_id=object_id).order_by("number"),
            publications=Publication.objects.filter(object_id=object_id).order_by("pk"),
        )
        return context


class DisownView(View):
    """非本人签批: the person named on a paper signature says it is not theirs."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.signoff = get_object_or_404(SignOff, pk=kwargs["pk"])
        if self.signoff.person_id != request.user.pk:
            raise Http404
        self.case = get_object_or_404(Case, pk=self.signoff.submission_id)

    def get(self, request, pk):
        return render(request, "review/disown.html", {"signoff": self.signoff, "case": self.case})

    def post(self, request, pk):
        try:
            acts.disown(self.signoff, request.user, remark=request.POST.get("remark", "")[:1000])
            messages.success(request, _("Recorded. What rested on this signature is off the net."))
        except (Refusal, PermissionDenied) as refusal:
            messages.error(request, str(refusal))
        return redirect("review:chain", pk=self.case.pk)
