"""内容检查 of a draft: findings, one-click masking and cleaning, overrides, and where the item comes from.

Open to whoever may edit the draft and to the holders of posts of its unit who may answer for findings.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from checks import overrides, sources
from checks.forms import AskForm, ConsentForm, EvidenceForm, OrganForm
from organisation.authority import authorities_of, holders
from organisation.models import Post
from regulation.refusals import Refusal
from review import checking, mending
from review.models import ReviewedPage

POSTS = {post for posts in overrides.MAY.values() for post in posts}


class ChecksView(WagtailAdminTemplateMixin, View):
    template_name = "review/checks.html"
    header_icon = "check"
    page_title = gettext_lazy("Content checks")
    bound = None  # (action, form) after a POST that did not succeed

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        base = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not isinstance(base, ReviewedPage):
            raise Http404
        self.may_edit = base.permissions_for_user(request.user).can_edit() and not base.open_case
        if not self.may_edit and not self.may_answer(base):
            raise PermissionDenied
        self.page = base.get_latest_revision_as_object()

    def may_answer(self, page):
        """Reviewers of the unit; whatever is sealed away or restricted stays hidden from them here as well."""
        held = {a.post for a in authorities_of(self.request.user) if a.unit_id == page.unit_id}
        return bool(held & POSTS) and policy_registry.get_by_type(Page).sees(self.request.user, page.pk)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
                "label": self.get_page_subtitle(),
            },
            {"url": "", "label": str(self.page_title)},
        ]

    def get(self, request, *args, **kwargs):
        if "beside" in request.GET:
            return render(request, "review/checks_beside.html", self.beside())
        return self.render_to_response(self.get_context_data())

    def beside(self):
        """What the editor shows next to the text."""
        problems = sources.problems(checking.origin_of(self.page))
        return {"page": self.page, "result": checking.result(self.page), "origin_problems": list(problems)}

    def post(self, request, *args, **kwargs):
        act = ACTS.get(request.POST.get("action", ""))
        if act is None or (act in EDITING and not self.may_edit):
            raise PermissionDenied
        try:
            said = act(self, request)
        except (Refusal, ValidationError) as refusal:
            said = None
            messages.error(request, getattr(refusal, "messages", [str(refusal)])[0])
        if said is None:
            return self.render_to_response(self.get_context_data())
        messages.success(request, said)
        return redirect("review:checks", page_id=self.page.pk)

    # --- acts; each returns the sentence that says what was done, or None ---

    def mask(self, request):
        number = mending.mask(self.page, request.user)
        return _("Masked in %(number)s places; the draft is saved.") % {"number": number}

    def clean(self, request):
        cleaned = mending.clean(self.page, request.user, request.POST.get("sha256", ""))
        return (
            _("Removed from the file; the original stays on record.")
            if cleaned
            else _("Removed from the text.")
        )

    def override(self, request):
        fingerprint = request.POST.get("fingerprint", "")
        found = next((f for f in checking.result(self.page).findings if f.fingerprint == fingerprint), None)
        if found is None:
            return _("This finding is no longer there.")
        overrides.sign(
            found,
            request.user,
            object_id=self.page.object_id,
            unit_id=self.page.unit_id,
            author_id=self.author_id,
            reason=request.POST.get("reason", ""),
        )
        return _("Recorded with your name; every reviewer sees it.")

    def evidence(self, request):
        return self._filed("evidence", EvidenceForm(request.POST, request.FILES), "capture")

    def consent(self, request):
        return self._filed("consent", ConsentForm(request.POST, request.FILES), "consent")

    def _filed(self, name, form, kind):
        self.bound = (name, form)
        if not form.is_valid():
            return None
        data = form.cleaned_data
        sources.file_evidence(
            self.page.object_id,
            kind,
            data["file"],
            self.request.user,
            url=self.page.source_url,
            organ=data.get("organ", ""),
        )
        return _("Filed. It is kept privately and shown to the reviewers.")

    def withdraw(self, request):
        number = request.POST.get("evidence", "")
        if number.isdigit():
            sources.withdraw_evidence(self.page.object_id, int(number))
        return _("The file no longer counts; it stays on record.")

    def organ(self, request):
        form = OrganForm(request.POST)
        self.bound = ("organ", form)
        if not form.is_valid():
            return None
        sources.declare(self.page.object_id, form.cleaned_data["organ"], request.user)
        return _("Noted.")

    def ask(self, request):
        form = AskForm(request.POST)
        self.bound = ("ask", form)
        if not form.is_valid():
            return None
        sources.ask_exception(
            checking.origin_of(self.page),
            page_id=self.page.pk,
            title=self.page.title,
            unit_id=self.page.unit_id,
            by=request.user,
            why=form.cleaned_data["why"],
        )
        return _("Asked. The portal's leader decides.")

    # --- what the screen shows ---

    @property
    def author_id(self):
        return getattr(self.page.latest_revision, "user_id", None) or self.page.owner_id

    def form(self, name, make):
        if self.bound and self.bound[0] == name:
            return self.bound[1]
        return make()

    def findings(self):
        """Each finding with what this person may do about it, and the reason typed before a refusal."""
        typed = self.request.POST.get("reason", "")
        for finding in checking.result(self.page).findings:
            authority = overrides.authority_for(finding, self.request.user, self.page.unit_id, self.author_id)
            yield {
                "finding": finding,
                "may_override": authority is not None,
                "typed": typed if finding.fingerprint == self.request.POST.get("fingerprint") else "",
                "may_clean": self.may_edit
                and finding.fix == "remove"
                and mending.can_clean(self.page, finding),
            }

    def answerable(self):
        """Who may answer for what is in the way, by level."""
        levels = {finding.level for finding in checking.result(self.page).in_the_way}
        names = dict(Post.objects.values_list("code", "name"))
        for level, posts in overrides.MAY.items():
            if level in levels:
                people = holders(self.page.unit_id, posts).exclude(pk=self.author_id)
                yield {
                    "level": level,
                    "posts": "、".join(names.get(post, post) for post in posts),
                    "people": "、".join(people.values_list("name", flat=True)),
                }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        result, page = checking.result(self.page), self.page
        origin = checking.origin_of(page)
        files = list(sources.evidence(page.object_id).select_related("by"))
        found = list(self.findings())
        context.update(
            page=page,
            result=result,
            found=found,
            may_edit=self.may_edit,
            maskable=any(f.fix == "mask" and f.level == "block" for f in result.findings),
            answerable=list(self.answerable()),
            origin=origin,
            origin_problems=list(sources.problems(origin)),
            listed=sources.listed(origin) if origin.is_reprint else None,
            requests=page_requests(page),
            files=files,
            comparison=checking.compared(files, result.parts) if origin.is_reprint else None,
            evidence_form=self.form("evidence", EvidenceForm),
            consent_form=self.form(
                "consent", lambda: ConsentForm(initial={"organ": sources.organ_of(page.object_id)})
            ),
            organ_form=self.form(
                "organ", lambda: OrganForm(initial={"organ": sources.organ_of(page.object_id)})
            ),
            ask_form=self.form("ask", AskForm),
        )
        return context


def page_requests(page):
    from checks.models import SourceException

    return SourceException.objects.filter(object_id=page.object_id).select_related("decided_by")


ACTS = {
    name: getattr(ChecksView, name)
    for name in ("mask", "clean", "override", "evidence", "consent", "withdraw", "organ", "ask")
}
EDITING = {ACTS[name] for name in ("mask", "clean", "evidence", "consent", "withdraw", "organ", "ask")}
