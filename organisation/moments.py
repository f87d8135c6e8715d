"""Tables of the whole district for any moment (who holds which post, who keeps which column), and the same as Excel."""

from io import BytesIO

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from openpyxl import Workbook
from openpyxl.styles import Font
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

MINUTE = "%Y-%m-%dT%H:%M"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MomentForm(forms.Form):
    """Empty: now."""

    at = forms.DateTimeField(
        label=_("As of"),
        required=False,
        input_formats=[MINUTE],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
    )


class MomentTableView(WagtailAdminTemplateMixin, View):
    """`page_title`, a template and `file_name`; the subclass reads its table in `get`."""

    file_name = "table"

    def get_breadcrumbs_items(self):
        return [{"url": "", "label": self.page_title}]

    def as_excel(self, at, headings, rows):
        book = Workbook()
        sheet = book.active
        sheet.title = self.page_title
        sheet.append([f"{self.page_title}（{timezone.localtime(at):%Y-%m-%d %H:%M}）"])
        sheet.append([str(name) for name in headings])
        for cell in sheet[2]:
            cell.font = Font(bold=True)
        for row in rows:
            sheet.append([str(value) for value in row])
        out = BytesIO()
        book.save(out)
        response = HttpResponse(out.getvalue(), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{self.file_name}.xlsx"'
        return response

    def get_context_data(self, **kwargs):
        query = self.request.GET.copy()
        query["export"] = "xlsx"
        return super().get_context_data(**kwargs) | {"export": query.urlencode()}
