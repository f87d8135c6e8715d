"""专人专管: the table of persons and posts on screen, in print and as Excel, for any moment."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.matrix import ACTS, matrix
from organisation.models import UnitKind
from organisation.moments import MomentForm, MomentTableView
from organisation.policies import cached_rights
from organisation.rights import SEE

TITLE = "专人专管一览"


class MatrixForm(MomentForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of unit"), required=False)
    lacking = forms.BooleanField(label=gettext_lazy("Only units that lack somebody"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All")), *UnitKind.choices]


class MatrixView(MomentTableView):
    template_name = "organisation/matrix.html"
    page_title = TITLE
    header_icon = "group"
    file_name = "persons"

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
            return self.as_excel(self.matrix.at, *self.sheet())
        return self.render_to_response(self.get_context_data())

    def sheet(self):
        rows = (
            [row.unit.name, *("、".join(cell) for cell in row.cells), "、".join(row.missing)]
            for row in self.rows
        )
        return [_("Unit"), *(post.name for post in self.matrix.posts), _("Lacking")], rows

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "matrix": self.matrix,
            "rows": self.rows,
            "acts": [(post.name, ACTS.get(post.code, "")) for post in self.matrix.posts],
        }
