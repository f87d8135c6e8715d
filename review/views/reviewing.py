"""The review page: one page that works on a phone, the item as it will look above, the buttons always below.

Screens judge with the same rules as the acts (`rules.may_sign`) and validate with the same forms, then hand over
to `acts`, where everything is judged again under lock. A refusal loses nothing that was typed.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from regulation.refusals import Refusal
from review import actions, acts, checking, inbox, outcomes
from review.acts import paper as papers
from review.acts.cleaning import agree_forms
from review.acts.performing import on_case
from review.acts.undoing import may_undo
from review.acts.withdrawal import may_withdraw
from review.dossier import Dossier
from review.rules import may_sign
from review.views import streak
from review.views.access import case_or_404
from review.views.files import pdf_page_count

NEXT = "approve_next"


class ReviewView(WagtailAdminTemplateMixin, View):
    template_name = "review/review.html"
    header_icon = "tasks"
    bound = None  # (action name, forms) after a POST that did not succeed

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.case, self.held = case_or_404(request.user, kwargs["pk"])

    def get_page_title(self):
        return self.case.safe_title

    def get_breadcrumbs_items(self):
        return [
            {"url": reverse("review:inbox"), "label": _("Review inbox")},
            {"url": "", "label": self.case.task_label or self.case.status_label},
        ]

    def get_header_title(self):
        return f"{self.case.task_label or self.case.status_label}：{self.case.safe_title}"

    @cached_property
    def verdict(self):
        return may_sign(self.case, self.case.step, self.request.user, authorities=self.held)

    @cached_property
    def steps(self):
        return [step for step in self.case.steps if step.position in self.verdict.positions]

    def get(self, request, *args, **kwargs):
        streak.opened(request, self.case)
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        name = request.POST.get("action", "")
        goes_on = name == NEXT
        name = "approve" if goes_on else name
        forms = self.forms_of(name, request.POST)
        if [form for form in forms if not form.is_valid()]:  # every form, so that every error shows
            messages.error(request, _("Not signed: please complete the fields marked in red."))
            return self.show_again(name, forms)
        data = {"merge": True}
        for form in forms:
            data.update(form.cleaned_data)
        try:
            if goes_on:
                streak.require_allowed(request, self.case)
            on_case(self.case, request.user, name, data)
        except (Refusal, PermissionDenied) as refusal:
            messages.error(request, str(refusal) or _("This is not allowed."))
            return self.show_again(name, forms)
        messages.success(request, _("“%(title)s” is dealt with.") % {"title": self.case.safe_title})
        return redirect(self.next_url(goes_on))

    def show_again(self, name, forms):
        self.bound = (name, forms)
        return self.render_to_response(self.get_context_data())

    def next_url(self, goes_on):
        if goes_on:
            following = streak.next_case(self.request, inbox.waiting_for(self.request.user, self.held))
            if following is not None:
                return reverse("review:review", args=[following.pk])
        return reverse("review:inbox")

    def forms_of(self, name, data=None):
        if not self.verdict.allowed:
            return []
        if name == "approve":
            return agree_forms(self.case, self.steps, data)
        action = actions.find(self.case, name)
        return [action.form(data, case=self.case)] if action else []

    def buttons(self):
        """(action, forms, is it the one that was just refused) for everything but agreeing."""
        if not self.verdict.allowed:
            return []
        bound_name, bound_forms = self.bound or ("", [])
        return [
            {
                "action": action,
                "forms": bound_forms if action.name == bound_name else self.forms_of(action.name),
                "open": action.name == bound_name,
            }
            for action in actions.actions_for(self.case)
            if action.name != "approve"
        ]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        case, request = self.case, self.request
        dossier = Dossier(case, request.user)
        agreeing = next((a for a in actions.actions_for(case) if a.name == "approve"), None)
        bound_name, bound_forms = self.bound or ("", [])
        context.update(
            case=case,
            dossier=dossier,
            checks=checking.of_case(case),
            origin=checking.provenance(case, dossier.document),
            verdict=self.verdict,
            reasons=[] if self.verdict.allowed else reasons_worth_telling(self.verdict, case),
            merged=self.steps if len(self.steps) > 1 else [],
            agree=agreeing if self.verdict.allowed else None,
            agree_forms=bound_forms if bound_name == "approve" else self.forms_of("approve"),
            buttons=self.buttons(),
            approve_next=self.verdict.allowed and streak.is_offered(request, case),
            next_value=NEXT,
            files=[self.file_context(f) for f in dossier.files],
            may_paper=case.is_open and papers.may_handle(case, request.user) is None,
            may_withdraw=may_withdraw(case, request.user) is None,
            may_undo=may_undo(case, request.user) is None,
            **self.panels(),
        )
        return context

    def file_context(self, file):
        is_pdf = file.get("content_type") == "application/pdf"
        pages = pdf_page_count(file["sha256"]) if is_pdf else 0
        return {"file": file, "pages": range(1, pages + 1)}

    def panels(self):
        """What higher apps add, and the secrecy desk's parts: the row, the sheet or the seal's tools where due."""
        return {"case_panels": case_panels(self.case, self.request)} | self.secrecy_panels()

    def secrecy_panels(self):
        if not outcomes.is_registered() or not any(s.opinion == "secrecy" for s in self.case.steps):
            return {"row_panel": "", "sheet_panel": ""}
        desk = outcomes.desk()
        at_seal = self.case.opinion == "seal" and self.verdict.allowed
        sheet = desk.seal_panel if at_seal else desk.sheet_panel
        return {
            "row_panel": desk.row_panel(self.case, self.request),
            "sheet_panel": sheet(self.case, self.request),
        }


def case_panels(case, request):
    """Parts of other apps, by the hook `register_case_panel` (case, request) → HTML."""
    built = (build(case, request) for build in hooks.get_hooks("register_case_panel"))
    return [panel for panel in built if panel.strip()]


def reasons_worth_telling(verdict, case):
    """Whoever only reads an item needs no lecture; whoever expected to sign learns why not."""
    if not case.is_open:
        return []
    return verdict.reasons[:2]


class WithdrawView(View):
    """撤回, by POST only."""

    http_method_names = ["post"]

    def post(self, request, pk):
        case, _held = case_or_404(request.user, pk)
        try:
            acts.withdraw(case, request.user, remark=request.POST.get("remark", "")[:1000])
            messages.success(request, _("Withdrawn. The draft can be changed again."))
        except (Refusal, PermissionDenied) as refusal:
            messages.error(request, str(refusal))
            return redirect("review:review", pk=case.pk)
        return redirect("wagtailadmin_pages:edit", case.page_id)


class UndoWithdrawalView(View):
    """撤销撤回, by POST only."""

    http_method_names = ["post"]

    def post(self, request, pk):
        case, _held = case_or_404(request.user, pk)
        try:
            again = acts.undo_withdrawal(case, request.user)
        except (Refusal, PermissionDenied) as refusal:
            messages.error(request, str(refusal))
            return redirect("wagtailadmin_pages:edit", case.page_id)
        messages.success(request, _("Handed in again as it was. Its steps begin anew."))
        return redirect("review:review", pk=again.pk)
