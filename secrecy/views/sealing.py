"""The 专管人员's work: make the sheet, print and stamp it, bring the stamped sheet back or record the electronic seal."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from organisation.models.units import unit_names
from secrecy import access, labels, services
from secrecy.forms import ElectronicSealForm
from secrecy.models import SecrecySheet
from secrecy.panels import table_rows
from secrecy.services.sheets import form_sheet_of
from secrecy.views.screen import Screen, sheet_or_404
from secrecy.views.sheets import SEALED, SheetView

LISTED = 50


def back_to(request, sheet):
    """To the item where one was being sealed, else to the sheet."""
    try:
        return redirect("review:review", pk=UUID(request.POST.get("case") or request.GET.get("case", "")))
    except ValueError:
        return redirect("secrecy:sheet", number=sheet.number)


class WorklistView(Screen):
    """待盖章: rows that still need a sheet, and sheets that still need their seal."""

    template_name = "secrecy/worklist.html"
    page_title = "待盖章"
    header_icon = "edit"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        units = access.units_as(self.request.user, access.SEALER, self.held)
        rows = access.rows_awaiting(self.request.user, self.held).with_people().order_by("day", "pk")
        sheets = SecrecySheet.objects.filter(~SEALED, unit__in=units, withdrawn_at__isnull=True)
        names = unit_names(units)
        context.update(
            labels=labels,
            groups=_groups(rows[:LISTED], names),
            sheets=sheets.select_related("author").order_by("pk")[:LISTED],
            is_sealer=bool(units),
        )
        return context


def _groups(rows, names):
    """Rows by the sheet they will make together, so that one click seals what belongs together."""
    groups = {}
    for row in rows:
        groups.setdefault((row.unit_id, row.author_id, row.reviewer_id, row.leader_id, row.day), []).append(
            row
        )
    return [
        {"unit": names.get(key[0], ""), "day": key[4], "rows": table_rows(found), "first": found[0]}
        for key, found in groups.items()
    ]


class FormSheetView(View):
    """生成审查表, by POST only."""

    http_method_names = ["post"]

    def form_sheet(self, request, pk):
        return Screen(request=request).carried_out(services.form_sheet, pk, request.user)

    def post(self, request, *args, **kwargs):
        sheet = self.form_sheet(request, **kwargs)
        if sheet is None:
            return redirect("secrecy:worklist")
        messages.success(request, _("Sheet %(number)s: print it and stamp it.") % {"number": sheet.number})
        return redirect("secrecy:sheet", number=sheet.number)


class FormRowSheetView(FormSheetView):
    """The same for a row, of an item or not."""

    def form_sheet(self, request, row):
        found = get_object_or_404(access.seen_rows(request.user), pk=row)
        return Screen(request=request).carried_out(form_sheet_of, found, request.user)


class UploadView(SheetView):
    """上传盖章件. A file that is refused says why on the sheet's own page; nothing else is lost."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        from secrecy.forms import ScanForm

        form = ScanForm(request.POST, request.FILES)
        if form.is_valid():
            done = self.carried_out(
                services.record_scan, self.sheet, request.user, form.upload, photo=form.is_photo
            )
            if done:
                messages.success(request, _("The stamped sheet is on record."))
                return back_to(request, self.sheet)
        else:
            messages.error(request, _("Not uploaded: see below."))
        return self.render_to_response(self.get_context_data(scan_form=form))


class ElectronicSealView(Screen):
    """登记电子印章."""

    template_name = "secrecy/electronic.html"
    page_title = gettext_lazy("Record an electronic seal")
    form = None

    @cached_property
    def sheet(self):
        sheet = sheet_or_404(self.request.user, self.kwargs["number"])
        if sheet.unit_id not in access.units_as(self.request.user, access.SEALER, self.held):
            raise Http404
        return sheet

    def post(self, request, *args, **kwargs):
        self.form = ElectronicSealForm(request.POST)
        if self.form.is_valid():
            done = self.carried_out(
                services.record_electronic_seal, self.sheet, request.user, **self.form.cleaned_data
            )
            if done:
                messages.success(request, _("The electronic seal is on record."))
                return back_to(request, self.sheet)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        initial = {"seal_unit": unit_names([self.sheet.unit_id]).get(self.sheet.unit_id, "")}
        form = self.form or ElectronicSealForm(initial=initial)
        context.update(sheet=self.sheet, form=form, media=form.media, back=self.request.GET.get("case", ""))
        return context
