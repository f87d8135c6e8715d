"""每日审查表: one unit's day, its sheets and the rows that stand on none yet; made and printed in one go (Article 13)."""

from datetime import date

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from organisation.authority import authorities_of
from organisation.models.units import names_over_time
from publication.files import open_private
from regulation.refusals import Refusal
from secrecy import access, labels, sheet_pdf
from secrecy.models import SecrecyRow
from secrecy.panels import table_rows
from secrecy.services import keeping
from secrecy.services.sheets import form_sheet_of, rows_to_seal
from secrecy.views.screen import Screen
from secrecy.views.sheets import SEALED, seal_label


def today(request):
    """The first of the person's own units, today."""
    unit = access.seen_units(request.user).current().order_by("pk")
    own = unit.filter(pk__in={a.unit_id for a in authorities_of(request.user)}).first() or unit.first()
    if own is None:
        raise Http404
    return redirect("secrecy:day", unit=own.pk, day=timezone.localdate())


class DayView(Screen):
    template_name = "secrecy/day.html"
    page_title = "每日审查表"
    header_icon = "calendar"

    @cached_property
    def unit(self):
        unit = access.seen_units(self.request.user, self.held).named().filter(pk=self.kwargs["unit"]).first()
        if unit is None:
            raise Http404
        return unit

    @cached_property
    def sheets(self):
        seen = access.seen_sheets(self.request.user, self.held).filter(unit=self.unit, day=self.kwargs["day"])
        found = seen.select_related("author", "reviewer", "leader")
        return list(found.annotate(row_count=Count("entries"), is_sealed=SEALED).order_by("serial"))

    @property
    def may_seal(self):
        return self.unit.pk in access.units_as(self.request.user, access.SEALER, self.held)

    def get(self, request, *args, **kwargs):
        if asked := request.GET.get("unit"):  # the form above the day
            return self.turn_to(asked, request.GET.get("day", ""))
        return super().get(request, *args, **kwargs)

    def turn_to(self, unit, day):
        try:
            return redirect("secrecy:day", unit=int(unit), day=date.fromisoformat(day))
        except ValueError:
            messages.error(self.request, _("Choose a unit and a day."))
            return redirect("secrecy:day", **self.kwargs)

    def post(self, request, *args, **kwargs):
        """生成当日审查表: as many sheets as the day's rows need."""
        made = []
        while row := self.unmade().first():
            sheet = self.carried_out(form_sheet_of, row, request.user)
            if sheet is None:
                break
            made.append(sheet.number)
        if made:
            messages.success(request, _("Made: %(numbers)s") % {"numbers": "、".join(made)})
        return redirect("secrecy:day", **self.kwargs)

    def unmade(self):
        return rows_to_seal([self.unit.pk]).filter(day=self.kwargs["day"]).order_by("pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = access.seen_rows(self.request.user, self.held).filter(unit=self.unit, day=self.kwargs["day"])
        open_rows = SecrecyRow.objects.without_sheet().filter(pk__in=rows.values("pk")).with_people()
        for sheet in self.sheets:
            sheet.seal = seal_label(sheet)
        context.update(
            unit=self.unit,
            unit_name=names_over_time([self.unit.pk])(self.unit.pk, self.kwargs["day"]) or self.unit.name,
            units=access.seen_units(self.request.user, self.held).named(),
            day=self.kwargs["day"],
            labels=labels,
            sheets=self.sheets,
            rows=table_rows(open_rows.order_by("pk")),
            may_make=self.may_seal and self.unmade().exists(),
            may_print=self.may_seal and any(sheet.withdrawn_at is None for sheet in self.sheets),
        )
        return context


class PrintDayView(DayView):
    """All sheets of the day as one PDF, each printing on record."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if not self.may_seal:
            raise Http404
        sheets = [sheet for sheet in self.sheets if sheet.withdrawn_at is None and sheet.pdf_sha256]
        try:
            for sheet in sheets:
                keeping.record_print(sheet, request.user, request.POST.get("reason", ""))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("secrecy:day", **self.kwargs)
        pdf = sheet_pdf.bound([open_private(sheet.pdf_sha256).read() for sheet in sheets])
        response = HttpResponse(pdf, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="sheets-{self.kwargs["day"]:%Y-%m-%d}.pdf"'
        return response
