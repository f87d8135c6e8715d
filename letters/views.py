"""依申请公开 in the admin: the list with its terms, and one request with its steps."""

from django import forms
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from letters import handling, wording
from letters.models import InformationRequest
from letters.screens import HandlersOnly, StateFilterSet, WrittenIndexView, WrittenView, unit_titles

TITLE = "依申请公开"
NEEDS_NOTE = frozenset({"asked", "extended", "answered", "closed"})


class RequestsOnly(HandlersOnly):
    handling = handling
    page_title = TITLE
    app = "letters"


class RequestFilterSet(StateFilterSet):
    ended = handling.ENDED

    class Meta:
        model = InformationRequest
        fields = ["state"]


class RequestIndexView(RequestsOnly, WrittenIndexView):
    model = InformationRequest
    results_template_name = "letters/requests_results.html"
    index_url_name = "letters:index"
    index_results_url_name = "letters:index_results"
    found_by = ("number", "name")
    filterset_class = RequestFilterSet
    columns = [
        TitleColumn(
            "number", label="申请编号", get_url=lambda r: reverse("letters:request", args=[r.number])
        ),
        Column("unit_name", label="受理单位"),
        Column("name", label="申请人"),
        DateColumn("received_at", label=gettext_lazy("Received at"), sort_key="received_at"),
        Column("state", label="状态"),
        Column("due", label="答复期限"),
    ]
    # For the annual report: numbers and terms, never who asked.
    list_export = ["number", "unit_name", "received_at", "state", "due", "result"]
    export_headings = {
        "number": "申请编号",
        "unit_name": "受理单位",
        "received_at": gettext_lazy("Received at"),
        "state": "状态",
        "due": "答复期限",
        "result": "答复类型",
    }

    def decorate_paginated_queryset(self, object_list):
        rows = super().decorate_paginated_queryset(object_list)
        names = unit_titles(row.unit_code for row in rows)
        for row in rows:
            row.unit_name = names.get(row.unit_code, row.unit_code)
            row.result = next((step.get_result_display() for step in row.steps.all() if step.result), "")
        return rows


class StepForm(forms.Form):
    kind = forms.ChoiceField(label="办理", widget=forms.RadioSelect)
    result = forms.ChoiceField(label="答复类型", required=False, choices=[("", "—"), *wording.RESULTS])
    note = forms.CharField(
        label=gettext_lazy("What is told to the applicant"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("The applicant reads it with his code; it stands on no public page."),
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, name) for kind, name in wording.STEPS if kind in kinds]

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind == "answered" and not data.get("result"):
            self.add_error("result", _("Say what kind of answer it is."))
        if kind in NEEDS_NOTE and not data.get("note"):
            self.add_error("note", _("Say what is told to the applicant."))
        if kind != "answered":
            data["result"] = ""
        return data


class RequestView(RequestsOnly, WrittenView):
    template_name = "letters/request.html"
    address = "request"

    def post(self, request, *args, **kwargs):
        return self.take_step(request, StepForm(request.POST, kinds=self.kinds))

    def get_context_data(self, form=None, **kwargs):
        names = unit_titles([self.item.unit_code])
        return super().get_context_data(**kwargs) | {
            "item": self.item,
            "unit": names.get(self.item.unit_code, self.item.unit_code),
            "left": self.item.term.left(),
            "form": form or (StepForm(kinds=self.kinds) if self.kinds else None),
        }


app_name = "letters"
urlpatterns = [
    path("", RequestIndexView.as_view(), name="index"),
    path("results/", RequestIndexView.as_view(results_only=True), name="index_results"),
    path("<str:number>/", RequestView.as_view(), name="request"),
]
