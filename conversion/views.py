"""从 Word 导入: hand in the file, see what stayed behind, give what is missing, submit. Three screens, no manual."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from conversion import bringing
from conversion.access import BelowUnit, OnDraft, unit_pages
from conversion.forms import FinishForm, IntoForm, NewForm
from home import pasting
from regulation.refusals import Refusal

LOSSES = "conversion-losses"


MAX_PASTED = 5 * 1024 * 1024


@require_POST
def pasted(request):
    """What the editor puts in place of a paste from Word or WPS (static/conversion/paste.js)."""
    if len(request.body) > MAX_PASTED:
        return JsonResponse({"error": _("This is too much to paste; import the file instead.")}, status=413)
    html = request.body.decode(errors="replace")
    return JsonResponse({"html": pasting.cleaned(html), "table": "<table" in html.lower()})


class Screen(WagtailAdminTemplateMixin, View):
    template_name = "conversion/bring.html"
    header_icon = "upload"
    page_title = gettext_lazy("Import from Word")
    place = None

    def show(self, **context):
        return self.render_to_response(self.get_context_data(**context))

    def get_breadcrumbs_items(self):
        return [self.place, {"url": "", "label": str(self.page_title)}] if self.place else []


def start(request):
    """From the menu: to the one unit in which the person writes, else a choice."""
    pages = unit_pages(request.user)
    if len(pages) == 1:
        return redirect("conversion:new", parent_id=pages[0].pk)
    return ChooseUnitView.as_view(pages=pages)(request)


class ChooseUnitView(Screen):
    template_name = "conversion/choose.html"
    pages = ()

    def get(self, request):
        return self.show(pages=self.pages)


class BringView(Screen):
    """One form with one file; `make` says what becomes of it."""

    def get(self, request, **kwargs):
        return self.show(form=self.form())

    def post(self, request, **kwargs):
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form=form)
        try:
            page, reading = self.make(form)
        except (ValidationError, Refusal) as refusal:
            form.add_error("file", getattr(refusal, "messages", [str(refusal)])[0])
            return self.show(form=form)
        request.session[f"{LOSSES}-{page.pk}"] = reading.losses
        return redirect("conversion:finish", page_id=page.pk)


class NewView(BelowUnit, BringView):
    """A new item from a file."""

    @property
    def place(self):
        return {"url": reverse("wagtailadmin_explore", args=[self.parent.pk]), "label": self.parent.title}

    def form(self, *data):
        return NewForm(*data, models=self.models)

    def make(self, form):
        model = next(m for m in self.models if m._meta.model_name == form.cleaned_data["kind"])
        return bringing.new_draft(
            self.parent, model, form.reading, form.cleaned_data["file"], self.request.user
        )


class DraftPlace(OnDraft):
    @property
    def place(self):
        return {
            "url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            "label": self.page.get_admin_display_title(),
        }


class IntoView(DraftPlace, BringView):
    """Into a draft that is there already."""

    def form(self, *data):
        form = IntoForm(*data)
        if not self.page.body:
            del form.fields["place"]
        return form

    def make(self, form):
        return bringing.into_draft(
            self.page,
            form.reading,
            form.cleaned_data["file"],
            self.request.user,
            replace=form.cleaned_data.get("place") != "behind",
        )


class FinishView(DraftPlace, Screen):
    """What was brought in, what stayed behind, and the few words that Word does not know."""

    template_name = "conversion/finish.html"
    page_title = gettext_lazy("Complete the import")

    def get(self, request, page_id):
        return self.show(form=FinishForm(page=self.page))

    def post(self, request, page_id):
        form = FinishForm(request.POST, page=self.page)
        submits = request.POST.get("then") == "submit"
        if not form.is_valid() or (submits and not form.require_whole()):
            messages.error(request, _("Please complete the fields marked in red; nothing is lost."))
            return self.show(form=form)
        self.save(form)
        if submits:
            return redirect("review:submit", page_id=self.page.pk)
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def save(self, form):
        page, data = self.page, form.cleaned_data
        page.title, page.column, page.editor = data["title"], data["column"], data["editor"]
        page.body = page._meta.get_field("body").to_python(form.answered())
        page.save_revision(user=self.request.user, log_action=True, clean=False)

    def get_context_data(self, **kwargs):
        losses = self.request.session.get(f"{LOSSES}-{self.page.pk}", [])
        originals = bringing.originals(self.page)
        return super().get_context_data(page=self.page, losses=losses, originals=originals, **kwargs)
