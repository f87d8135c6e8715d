"""存放: where the stamped paper lies. A move is another line; lines are never changed."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secrecy.forms import CustodyForm
from secrecy.services import keeping
from secrecy.views.screen import Screen, sheet_or_404


def keeping_context(sheet, held):
    """What the sheet's own page shows of its paper."""
    posts = {authority.post for authority in held if authority.unit_id == sheet.unit_id}
    return {
        "prints": list(sheet.prints.select_related("by")),
        "custody": list(sheet.custody.select_related("by")),
        "may_keep": bool(posts & set(keeping.KEEPERS)),
    }


class CustodyView(Screen):
    template_name = "secrecy/custody.html"
    page_title = gettext_lazy("Where the paper is kept")
    header_icon = "folder-open-1"
    form = None

    @cached_property
    def sheet(self):
        return sheet_or_404(self.request.user, self.kwargs["number"])

    def post(self, request, *args, **kwargs):
        self.form = CustodyForm(request.POST)
        if self.form.is_valid():
            done = self.carried_out(keeping.keep, self.sheet, request.user, **self.form.cleaned_data)
            if done:
                messages.success(request, _("On record."))
                return redirect("secrecy:sheet", number=self.sheet.number)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        last = self.sheet.custody.first()
        initial = {"place": last.place, "keeper": last.keeper} if last else {}
        form = self.form or CustodyForm(initial=initial)
        return super().get_context_data(**kwargs) | {"sheet": self.sheet, "form": form}
