"""The paper itself, as a form: which scan, which day, and why it was not signed online."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publication import scans
from review.models import PaperOpinion


class ScanForm(forms.Form):
    """The paper itself: a new scan, or one of this item that carries this signature as well."""

    prefix = "scan"

    file = forms.FileField(
        label=gettext_lazy("Scan or photograph of the signed sheet"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("JPEG or PNG picture or PDF, up to 20 MB"),
        widget=forms.FileInput(attrs={"accept": scans.ACCEPT}),
    )
    earlier = forms.ModelChoiceField(
        PaperOpinion.objects.none(), label=gettext_lazy("or a scan of this item"), required=False
    )
    signed_on = forms.DateField(
        label=gettext_lazy("Date written on the paper"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.ChoiceField(label=gettext_lazy("Why on paper"), choices=PaperOpinion.Reason.choices)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        earlier = (
            PaperOpinion.objects.filter(submission_id=case.pk).order_by("sha256", "pk").distinct("sha256")
        )
        self.fields["earlier"].queryset = PaperOpinion.objects.filter(pk__in=earlier.values("pk"))
        self.fields["earlier"].label_from_instance = lambda paper: paper.file_name
        if not earlier:
            del self.fields["earlier"]

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future."))
        return day

    def clean(self):
        cleaned = super().clean()
        file, earlier = cleaned.get("file"), cleaned.get("earlier")
        if (file is None) == (earlier is None):
            self.add_error("file", _("Choose one scan."))
        elif file is not None:
            try:
                self.scan = scans.accepted(file)
            except forms.ValidationError as error:
                self.add_error("file", error)
        else:
            self.scan = earlier
        return cleaned
