"""The statutory row as forms: the author's part, the reviewer's proposal, the secrecy body's conclusion, the seal.

Labels are the table's own words (`labels.py`). What is answered by ticking a box is a group of radio buttons drawn as
□ and √ (secrecy.css); without style sheets they remain radio buttons.
"""

from django import forms
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from publication import scans
from secrecy import labels
from secrecy.models import Custody, Quarantine, SealEvidence, SecrecyConclusion
from secrecy.models.rows import Form, Source

LINE = {"maxlength": 300, "class": "secrecy-line"}
CELL = LINE | {"rows": 2}  # wraps in its column; line breaks are taken out again


def _one_of(choices, label, **options):
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **options)


class OwnLook:
    """A form that draws itself as part of the table; `{{ form }}` and `form.render()` give the same."""

    look = ""

    def render(self, template_name=None, context=None, renderer=None):
        return render_to_string(self.look, {"form": self, "labels": labels, **(context or {})})

    __str__ = render
    __html__ = render


class OffwebForm(forms.Form):
    """The row of what goes another way than the web: the same columns, the name typed."""

    unit = forms.ModelChoiceField(None, label="填报单位")
    department = forms.CharField(label=labels.DEPARTMENT, max_length=100)
    name = forms.CharField(label=labels.NAME, max_length=500)
    source = _one_of(Source.choices, labels.SOURCE, initial=Source.OWN)
    reprint_source = forms.CharField(label=labels.SOURCE_REPRINT, max_length=300, required=False)
    form = _one_of(
        [choice for choice in Form.choices if choice[0] != Form.WEB], labels.FORM, initial=Form.OTHER
    )
    other_form = forms.CharField(
        label=_("other form of publication"),
        max_length=100,
        required=False,
        help_text=_("Where it appears: bulletin, notice board, broadcast, meeting …"),
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["unit"].initial = units.first()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("source") == Source.REPRINT and not cleaned.get("reprint_source", "").strip():
            self.add_error("reprint_source", _("Name the source of the reprint."))
        if cleaned.get("form") == Form.OTHER and not cleaned.get("other_form", "").strip():
            self.add_error("other_form", _("Say which other form of publication."))
        return cleaned


class OffwebOpinionForm(forms.Form):
    """同意 or 不同意 of the one whose turn it is; the reviewer may also ask the secrecy body."""

    answer = _one_of([("agree", labels.AGREE), ("disagree", labels.DISAGREE)], _("Opinion"))
    remark = forms.CharField(
        label=_("Remark"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, may_refer, **kwargs):
        super().__init__(*args, **kwargs)
        if may_refer:
            self.fields["answer"].choices += [("refer", "不明确，提请保密工作机构审查")]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") in ("disagree", "refer") and not cleaned.get("remark", "").strip():
            self.add_error("remark", _("Say why."))
        return cleaned


class CustodyForm(forms.ModelForm):
    class Meta:
        model = Custody
        fields = ["place", "keeper", "remark"]

    def _post_clean(self):
        """The record is made by the service: model validation is the database's here."""


class RowForm(OwnLook, forms.Form):
    """Columns 序号 to 发布形式: what the 承办人 fills in. The name is the item's own title and not typed again."""

    prefix = "row"
    look = "secrecy/row_form.html"

    department = forms.CharField(label=labels.DEPARTMENT, max_length=100, widget=forms.Textarea(CELL))
    source = _one_of(Source.choices, labels.SOURCE)
    reprint_source = forms.CharField(
        label=labels.SOURCE_REPRINT, max_length=300, required=False, widget=forms.Textarea(CELL)
    )
    form = _one_of(Form.choices, labels.FORM)
    other_form = forms.CharField(
        label=labels.FORM_OTHER, max_length=100, required=False, widget=forms.TextInput(LINE)
    )

    def __init__(self, *args, page=None, title="", **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        self.title = title or getattr(page, "title", "")

    def clean(self):
        cleaned = super().clean()
        if not self.title.strip():
            self.add_error(None, _("The item has no title."))
        self._clean_source(cleaned)
        if cleaned.get("form") == Form.OTHER and not cleaned.get("other_form", "").strip():
            self.add_error("other_form", _("Say which other form of publication."))
        return cleaned

    def _clean_source(self, cleaned):
        source = cleaned.get("source")
        if source == Source.REPRINT and not cleaned.get("reprint_source", "").strip():
            self.add_error("reprint_source", _("Name the source of the reprint."))
        if source and self.page is not None and (source == Source.REPRINT) != bool(self.page.is_reprint):
            self.add_error(
                "source",
                _(
                    "The draft says otherwise: mark it as a reprint there, or untick it here. A reprint goes its own route."
                ),
            )


def prefilled_row(page):
    """What the form starts with: taken from the draft, so that mostly nothing need be typed."""
    return {
        "department": page.unit.name,
        "source": Source.REPRINT if page.is_reprint else Source.OWN,
        "reprint_source": page.source_name if page.is_reprint else "",
        "form": Form.WEB,
        "other_form": "",
    }


class ProposalForm(OwnLook, forms.Form):
    """The reviewer may propose 依申请提供 or 其他 instead of what the author ticked; the leader decides it."""

    look = "secrecy/proposal_form.html"

    proposed_form = _one_of(Form.choices, labels.FORM)
    proposed_other_form = forms.CharField(
        label=labels.FORM_OTHER, max_length=100, required=False, widget=forms.TextInput(LINE)
    )

    def __init__(self, data=None, *args, row, **kwargs):
        initial = {"proposed_form": row.form, "proposed_other_form": row.other_form}
        super().__init__(
            {**initial, **_given(data)} if data is not None else None, *args, initial=initial, **kwargs
        )
        self.row = row

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("proposed_form") == Form.OTHER and not cleaned.get("proposed_other_form", "").strip():
            self.add_error("proposed_other_form", _("Say which other form of publication."))
        return cleaned

    def detail(self):
        """What is kept with the sign-off: only a proposal that differs from the author's tick."""
        proposed = self.cleaned_data.get("proposed_form")
        return {"proposed_form": proposed} if proposed and proposed != self.row.form else {}


def _given(data):
    """The form's own fields out of whatever was sent; a missing one means "as the author ticked"."""
    names = ("proposed_form", "proposed_other_form")
    return {name: data.get(name) for name in names if data.get(name) not in (None, "")}


class ConclusionForm(forms.Form):
    """书面结论 of the unit's secrecy body; nothing is chosen beforehand."""

    verdict = _one_of(SecrecyConclusion.Verdict.choices, _("Conclusion"))
    text = forms.CharField(
        label=_("Grounds"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5, "maxlength": 5000})
    )


class QuarantineForm(forms.Form):
    conclusion = _one_of(Quarantine.Conclusion.choices, _("Conclusion"))
    text = forms.CharField(
        label=_("Grounds"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5, "maxlength": 5000})
    )


class DestructionForm(forms.Form):
    """拟销毁: why, and what becomes of whatever else carries it. Read by people who must not learn what it was."""

    grounds = forms.CharField(
        label=_("Grounds"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        help_text=_("Leader and witnesses read this: say nothing of the content."),
    )
    carriers = forms.CharField(
        label=_("Paper, copies and backups, and what becomes of them"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        help_text=_(
            "The portal destroys what it holds itself; everything else is destroyed by hand. 无 if none."
        ),
    )


class DestructionDecisionForm(forms.Form):
    approve = _one_of([("yes", "同意销毁"), ("no", "不同意")], _("Decision"))
    remark = forms.CharField(
        label=_("Remark"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("approve") == "no" and not cleaned.get("remark", "").strip():
            self.add_error("remark", _("Say why it is not approved."))
        return cleaned


class ScanForm(forms.Form):
    """上传盖章件: a photograph with the phone's camera, or a file that is there already. One of the two."""

    photo = forms.FileField(
        label=_("Photograph the stamped sheet"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )
    scan = forms.FileField(
        label=_("or choose a scan"),
        required=False,
        allow_empty_file=True,
        help_text=_("JPEG or PNG picture or PDF, up to 20 MB"),
        widget=forms.FileInput(attrs={"accept": scans.ACCEPT}),
    )

    def clean(self):
        cleaned = super().clean()
        given = [name for name in ("photo", "scan") if cleaned.get(name) is not None]
        if len(given) != 1:
            raise forms.ValidationError(_("Take a photograph or choose one file."), code="one_file")
        name = given[0]
        self.upload, self.is_photo = cleaned[name], name == "photo"
        try:
            scans.accepted(self.upload)
        except forms.ValidationError as error:
            self.add_error(name, error)
        return cleaned


class ElectronicSealForm(forms.ModelForm):
    """登记电子印章: the five facts the seal server gives; none may be missing."""

    class Meta:
        model = SealEvidence
        fields = ["seal_name", "seal_owner", "seal_unit", "key_serial", "sealed_at"]
        widgets = {"sealed_at": AdminDateTimeInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True

    def clean_sealed_at(self):
        moment = self.cleaned_data["sealed_at"]
        if moment > timezone.now():
            raise forms.ValidationError(_("The sealing time lies in the future."))
        return moment

    def _post_clean(self):
        """The record is made by the service, not by this form: model validation is the database's here."""
