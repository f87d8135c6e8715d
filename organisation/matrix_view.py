"""专人专管: the table of persons and posts on screen, in print and as Excel, for any moment."""

from io import BytesIO

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from openpyxl import Workbook
from openpyxl.styles import Font
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from organisation.matrix import ACTS, matrix
from organisation.models import UnitKind
from organisation.policies import cached_rights
from organisation.rights import SEE

TITLE = "专人专管一览"
MINUTE = "%Y-%m-%dT%H:%M"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MatrixForm(forms.Form):
    at = forms.DateTimeField(
        label=gettext_lazy("As of"),
        required=False,
        input_formats=[MINUTE],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of unit"), required=False)
    lacking = forms.BooleanField(label=gettext_lazy("Only units that lack somebody"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All")), *UnitKind.choices]


class MatrixView(WagtailAdminTemplateMixin, View):
    template_name = "organisation/matrix.html"
    page_title = TITLE
    header_icon = "group"

    def get_breadcrumbs_items(self):
        return [{"url": "", "label": TITLE}]

    def get(self, request):
        if SEE not in cached_rights(request.user):
            raise PermissionDenied
        self.form = MatrixForm(request.GET or None)
        wanted = self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else {}
        self.matrix = matrix(wanted.get("at"))
        self.rows = [
            row
            for row in self.matrix.rows
            if wanted.get("kind") in (None, "", row.unit.kind) and (row.missing or not wanted.get("lacking"))
        ]
        if request.GET.get("export") == "xlsx":
            return self.as_excel()
        return self.render_to_response(self.get_context_data())

    def as_excel(self):
        book = Workbook()
        sheet = book.active
        sheet.title = TITLE
        sheet.append([f"{TITLE}（{timezone.localtime(self.matrix.at):%Y-%m-%d %H:%M}）"])
        sheet.append([_("Unit"), *(post.name for post in self.matrix.posts), _("Lacking")])
        for cell in sheet[2]:
            cell.font = Font(bold=True)
        for row in self.rows:
            sheet.append([row.unit.name, *("、".join(cell) for cell in row.cells), "、".join(row.missing)])
        out = BytesIO()
        book.save(out)
        response = HttpResponse(out.getvalue(), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="persons.xlsx"'
        return response

    def get_context_data(self, **kwargs):
        query = self.request.GET.copy()
        query["export"] = "xlsx"
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "matrix": self.matrix,
            "rows": self.rows,
            "acts": [(post.name, ACTS.get(post.code, "")) for post in self.matrix.posts],
            "export": query.urlencode(),
        }
