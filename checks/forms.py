"""Forms of evidence and exceptions; their fields keep what was typed when something is refused."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EvidenceForm(forms.Form):
    """原文存证: what the original looked like when it was taken over."""

    prefix = "evidence"

    file = forms.FileField(
        label=_("Capture of the original"),
        help_text=_("Saved page (HTML, MHTML), PDF or screenshot, 20 MB at most."),
    )


class ConsentForm(forms.Form):
    prefix = "consent"

    organ = forms.CharField(label=_("Consenting organ"), max_length=200)
    file = forms.FileField(label=_("Written consent"), help_text=_("PDF or picture of the signed paper."))


class OrganForm(forms.Form):
    prefix = "organ"

    organ = forms.CharField(
        label=_("Organ whose unpublished information this contains"),
        max_length=200,
        required=False,
        help_text=_("Leave empty if there is none."),
    )


class AskForm(forms.Form):
    prefix = "ask"

    why = forms.CharField(
        label=_("Why this source, and why it can be trusted"),
        max_length=500,
        min_length=6,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecideForm(forms.Form):
    grant = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("1", _("Allow this source for this item")), ("0", _("Do not allow"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, min_length=6, widget=forms.Textarea(attrs={"rows": 2})
    )


class ImportForm(forms.Form):
    file = forms.FileField(label=_("Excel file (.xlsx)"))
