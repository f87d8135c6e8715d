"""来信办理 in the admin: the list with its terms, one letter with its steps, and 选登."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from letters.screens import HandlersOnly, StateFilterSet, WrittenIndexView, WrittenView, unit_titles
from mailbox import handling, selecting, wording
from mailbox.models import Letter
from organisation.models import Unit
from regulation.refusals import Refusal

TITLE = "来信办理"
NEEDS_NOTE = frozenset({"replied", "closed"})


class LettersOnly(HandlersOnly):
    handling = handling
    page_title = TITLE
    app = "mailbox"


class LetterFilterSet(StateFilterSet):
    ended = handling.ENDED

    class Meta:
        model = Letter
        fields = ["state", "box", "kind"]


class LetterIndexView(LettersOnly, WrittenIndexView):
    model = Letter
    results_template_name = "mailbox/letters_results.html"
    index_url_name = "mailbox:index"
    index_results_url_name = "mailbox:index_results"
    found_by = ("number", "title")
    filterset_class = LetterFilterSet
    columns = [
        TitleColumn("title", label="标题", get_url=lambda r: reverse("mailbox:letter", args=[r.number])),
        Column("state", label="状态"),
        Column("due", label="答复期限"),
        Column("unit_name", label="办理单位"),
        Column("box", label="信箱", accessor="get_box_display"),
        DateColumn("received_at", label=gettext_lazy("Received at"), sort_key="received_at"),
        Column("number", label="来信编号"),
    ]
    # For statistics: numbers and terms, never who wrote, nor what.
    list_export = [
        "number",
        "get_box_display",
        "get_kind_display",
        "unit_name",
        "received_at",
        "state",
        "due",
    ]
    export_headings = {
        "number": "来信编号",
        "get_box_display": "信箱",
        "get_kind_display": "来信类型",
        "unit_name": "办理单位",
        "received_at": gettext_lazy("Received at"),
        "state": "状态",
        "due": "答复期限",
    }

    def decorate_paginated_queryset(self, object_list):
        rows = super().decorate_paginated_queryset(object_list)
        names = unit_titles(row.held_by for row in rows)
        for row in rows:
            row.unit_name = names.get(row.held_by, _("not passed on yet"))
        return rows


class StepForm(forms.Form):
    kind = forms.ChoiceField(label="办理", widget=forms.RadioSelect)
    unit_code = forms.ChoiceField(label="转办单位", required=False)
    note = forms.CharField(
        label=gettext_lazy("What is told to the writer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("The writer reads it with his code; it stands on no public page."),
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, name) for kind, name in wording.STEPS if kind in kinds]
        units = sorted(Unit.objects.named(), key=lambda unit: unit.order)
        self.fields["unit_code"].choices = [("", "—"), *((unit.code, unit.name) for unit in units)]

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind == "passed" and not data.get("unit_code"):
            self.add_error("unit_code", _("Say which unit it is passed to."))
        if kind in NEEDS_NOTE and not (data.get("note") or "").strip():
            self.add_error("note", _("Say what is told to the writer."))
        return data


class AuthorForm(forms.Form):
    author = forms.ModelChoiceField(label="承办人", queryset=None, empty_label=None)

    def __init__(self, *args, authors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["author"].queryset = authors


class LetterView(LettersOnly, WrittenView):
    template_name = "mailbox/letter.html"
    address = "letter"

    def post(self, request, *args, **kwargs):
        if "author" in request.POST:
            return self._select(request)
        return self.take_step(request, StepForm(request.POST, kinds=self.kinds))

    def _select(self, request):
        form = AuthorForm(request.POST, authors=selecting.authors_for(self.item))
        try:
            if form.is_valid():
                page = selecting.select(self.item, request.user, form.cleaned_data["author"])
                told = _("The draft “%(title)s” lies with its author; it goes the way of Article 14(5).")
                messages.success(request, told % {"title": page.title})
                return redirect("mailbox:letter", number=self.item.number)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return self.render_to_response(self.get_context_data(author_form=form))

    def get_context_data(self, form=None, author_form=None, **kwargs):
        steps = list(self.item.steps.all())
        names = unit_titles([self.item.held_by, self.item.unit_code, *(step.unit_code for step in steps)])
        for step in steps:
            step.unit_name = names.get(step.unit_code, "")
        takes = [kind for kind in self.kinds if kind != "selected"]
        if "selected" in self.kinds and self.item.may_publish and author_form is None:
            author_form = AuthorForm(authors=selecting.authors_for(self.item))
        return super().get_context_data(**kwargs) | {
            "item": self.item,
            "steps": steps,
            "unit": names.get(self.item.held_by, _("not passed on yet")),
            "named": names.get(self.item.unit_code, ""),
            "left": self.item.term.left(),
            "form": form or (StepForm(kinds=takes) if takes else None),
            "author_form": author_form,
        }


app_name = "mailbox"
urlpatterns = [
    path("", LetterIndexView.as_view(), name="index"),
    path("results/", LetterIndexView.as_view(results_only=True), name="index_results"),
    path("<str:number>/", LetterView.as_view(), name="letter"),
]
