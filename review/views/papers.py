"""纸质签批补录 on screen: print the sheet, enter the scan, and a second person compares (Articles 12, 14)."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from organisation.models import User
from regulation.refusals import Refusal
from review import papers, routes
from review.acts import paper as services
from review.acts.cleaning import cleaned_of
from review.models import Case, PaperOpinion
from review.paper_forms import ScanForm
from review.views.access import case_or_404
from review.views.files import pdf_page_count

PDF = "application/pdf"


class PaperScreen(WagtailAdminTemplateMixin, View):
    header_icon = "doc-full"
    page_title = "纸质签批补录"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_subtitle(self):
        return self.case.safe_title

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("review:review", args=[self.case.pk]), "label": self.case.safe_title},
            {"url": "", "label": self.page_title},
        ]


class PapersView(PaperScreen):
    """Everything on paper about one submission: the sheet to print, what came in, what may still come."""

    template_name = "review/papers.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.case, self.held = case_or_404(request.user, kwargs["pk"])

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        refusal = services.may_handle(self.case, self.request.user)
        may_enter = refusal is None and self.case.ended_at is None
        rows = PaperOpinion.objects.filter(submission_id=self.case.pk)
        context.update(
            case=self.case,
            papers=[
                {"paper": p, "labels": labels_of(self.case, p), "due": p.positions[0] == self.case.position}
                for p in rows.select_related("person", "entered_by", "verified_by", "rejected_by")
            ],
            steps=[
                {"step": step, "label": routes.TASKS.get(step.task, step.task), "people": people}
                for step, people in services.open_steps(self.case)
            ]
            if may_enter
            else [],
            refusal=refusal,
        )
        return context


def labels_of(case, paper):
    found = {step.position: routes.OPINIONS.get(step.opinion, step.opinion) for step in case.steps}
    return "、".join(found.get(position, "") for position in paper.positions)


class EnterView(PaperScreen):
    """One person's opinion on one step, typed off the paper."""

    template_name = "review/enter_paper.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.case, self.held = case_or_404(request.user, kwargs["pk"])
        self.person = get_object_or_404(User, pk=kwargs["person"])
        self.step = next((s for s in self.case.steps if s.position == kwargs["position"]), None)
        if self.step is None:
            raise Http404
        if services.may_handle(self.case, request.user, self.step):
            raise PermissionDenied

    @cached_property
    def action(self):
        names = [action.name for action in self.offered]
        asked = self.request.POST.get("decision") or self.request.GET.get("decision") or ""
        return asked if asked in names else next(iter(names), "approve")

    @cached_property
    def offered(self):
        return services.offered(self.case, self.step)

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("review:papers", pk=self.case.pk)

    def answer_forms(self, data=None):
        return services.forms_for(self.case, self.step, self.person, self.action, data)

    def post(self, request, *args, **kwargs):
        scan = ScanForm(request.POST, request.FILES, case=self.case)
        answers = self.answer_forms(request.POST)
        if [form for form in (scan, *answers) if not form.is_valid()]:
            messages.error(request, _("Not entered: please complete the fields marked in red."))
            return self.render_to_response(self.get_context_data(scan=scan, answers=answers))
        try:
            services.enter(
                self.case,
                request.user,
                step=self.step,
                person=self.person,
                action=self.action,
                data=cleaned_of(answers),
                scan=scan.scan,
                reason=scan.cleaned_data["reason"],
                signed_on=scan.cleaned_data["signed_on"],
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data(scan=scan, answers=answers))
        messages.success(
            request, _("Entered. It counts when a second person has compared it with the paper.")
        )
        return redirect("review:papers", pk=self.case.pk)

    def get_context_data(self, scan=None, answers=None, **kwargs):
        context = super().get_context_data(**kwargs)
        steps = services.steps_signed(self.case, self.step, self.person)
        context.update(
            case=self.case,
            person=self.person,
            labels="、".join(routes.OPINIONS.get(s.opinion, s.opinion) for s in steps),
            offered=self.offered,
            action=self.action,
            scan_form=scan or ScanForm(case=self.case),
            answer_forms=answers or self.answer_forms(),
        )
        return context


def paper_or_404(user, pk):
    paper = get_object_or_404(
        PaperOpinion.objects.select_related("person", "entered_by", "verified_by"), pk=pk
    )
    if paper.person_id == user.pk:
        told = Case.objects.filter(
            quarantined=False
        )  # sealed away is sealed from the signatory too (Article 13)
        return paper, get_object_or_404(told, pk=paper.submission_id)
    return paper, case_or_404(user, paper.submission_id)[0]


class VerifyView(PaperScreen):
    """The scan beside what was typed off it; right, or back with the reason."""

    template_name = "review/verify_paper.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.paper, self.case = paper_or_404(request.user, kwargs["pk"])

    def post(self, request, *args, **kwargs):
        try:
            if request.POST.get("answer") == "verify":
                services.verify(self.paper, request.user)
                messages.success(request, _("Compared and counted; the signatory is told."))
            else:
                services.send_back(self.paper, request.user, request.POST.get("reason", ""))
                messages.success(request, _("Sent back; it counts for nothing."))
        except (Refusal, PermissionDenied) as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data())
        return redirect("review:papers", pk=self.case.pk)

    def answers(self):
        """What was typed, in the words of the form it was typed into."""
        step = next(s for s in self.case.steps if s.position == self.paper.positions[0])
        try:
            forms_ = services.forms_for(self.case, step, self.paper.person, self.paper.action)
        except Refusal:
            forms_ = []
        fields = {name: field for form in forms_ for name, field in form.fields.items()}
        for name, value in self.paper.data.items():
            if value not in ("", None):
                field = fields.get(name)
                said = _("Yes") if value is True else dict(getattr(field, "choices", ())).get(value, value)
                yield field.label if field else name, said

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pages = pdf_page_count(self.paper.sha256) if self.paper.content_type == PDF else 0
        shadow_step = next(s for s in self.case.steps if s.position == self.paper.positions[0])
        decisions = {a.name: a.label for a in services.offered(self.case, shadow_step)}
        context.update(
            case=self.case,
            paper=self.paper,
            labels=labels_of(self.case, self.paper),
            decision=decisions.get(self.paper.action, self.paper.action),
            answers=list(self.answers()),
            pages=range(1, pages + 1),
            due=self.paper.positions[0] == self.case.position,
            refusal=services.may_verify(self.paper, self.case, self.request.user),
            may_send_back=services.may_handle(self.case, self.request.user) is None,
            typed_reason=self.request.POST.get("reason", ""),
        )
        return context


class WaitingPapersView(WagtailAdminTemplateMixin, View):
    """待核对的纸质签批: what waits for a second person."""

    template_name = "review/waiting_papers.html"
    header_icon = "doc-full"
    page_title = "待核对的纸质签批"

    def get(self, request, *args, **kwargs):
        found = self.search(request.GET.get("q", ""))
        if isinstance(found, Case):
            return redirect("review:papers", pk=found.pk)
        return self.render_to_response(self.get_context_data())

    def search(self, query):
        """What a phone reads from the QR code of the sheet leads to its submission."""
        number = re.search(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", query.lower())
        if number is None:
            return None
        return case_or_404(self.request.user, number.group())[0]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = list(papers.to_verify(self.request.user)[:200])
        cases = Case.objects.in_bulk([row.submission_id for row in rows])
        context["rows"] = [
            {
                "paper": row,
                "case": case,
                "labels": labels_of(case, row),
                "due": row.positions[0] == case.position,
            }
            for row in rows
            if (case := cases[row.submission_id])
        ]
        return context
