"""The plan on screen, in print and as Excel; today with how each column stands, for an earlier day as it was then."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desk import duties
from desk.plan import plan
from organisation.moments import MomentForm, MomentTableView

TITLE = "栏目内容保障方案"
STATES = {
    duties.LATE: gettext_lazy("Too late"),
    duties.SOON: gettext_lazy("Due soon"),
    duties.CALM: gettext_lazy("Up to date"),
}


class PlanForm(MomentForm):
    unit = forms.ChoiceField(label=gettext_lazy("Responsible unit"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("All")), *STATES.items()]

    def offer(self, units):
        self.fields["unit"].choices = [("", _("All")), *((name, name) for name in units)]


class PlanView(MomentTableView):
    """For everybody with an account: each unit reads in it what the district expects of it."""

    template_name = "desk/plan.html"
    page_title = TITLE
    header_icon = "calendar-alt"
    file_name = "columns"

    def get(self, request):
        try:
            self.at = PlanForm.base_fields["at"].clean(request.GET.get("at", ""))
        except forms.ValidationError:
            self.at = None  # said at its field; the table is today's
        lines = plan(self.at)
        self.form = PlanForm(request.GET or None)
        self.form.offer(dict.fromkeys(line.unit for line in lines if line.unit))
        wanted = self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else {}
        self.lines = [line for line in lines if _fits(line, wanted)]
        if request.GET.get("export") == "xlsx":
            return self.as_excel(self.at or timezone.now(), HEADINGS, map(cells_of, self.lines))
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "at": self.at or timezone.now(),
            "headings": HEADINGS,
            "rows": [(line, cells_of(line)) for line in self.lines],
            "late": sum(line.tone == duties.LATE for line in self.lines),
        }


def _fits(line, wanted):
    return wanted.get("unit") in (None, "", line.unit) and wanted.get("state") in (None, "", line.tone)


HEADINGS = (
    gettext_lazy("Column"),
    gettext_lazy("Responsible unit"),
    gettext_lazy("Units that contribute"),
    gettext_lazy("Update within"),
    gettext_lazy("Contact"),
    gettext_lazy("In force since"),
    gettext_lazy("Newest item"),
    gettext_lazy("Due on"),
    gettext_lazy("State"),
)


def cells_of(line):
    name = f"{line.section} / {line.column}" if line.section else line.column
    return (
        name,
        line.unit or "—",
        line.contributors or "—",
        _within(line),
        "、".join(line.contacts) or "—",
        f"{timezone.localtime(line.since):%Y-%m-%d}",
        _day(line.duty.last) or _("still empty") if line.duty else "—",
        _day(line.duty.due) if line.duty else "—",
        STATES[line.tone] if line.duty else "—",
    )


def _day(day):
    return f"{day:%Y-%m-%d}" if day else ""


def _within(line):
    if not line.days:
        return _("on change")
    days = ngettext("%(n)d day", "%(n)d days", line.days) % {"n": line.days}
    return days if line.is_decided else _("%(days)s (usual for its type)") % {"days": days}
