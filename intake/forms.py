"""What the e-gov desk writes down when a unit brings an item; nothing typed is lost when something is refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from conversion import bringing
from home import uploads
from home.forms import MAX_TITLE, ColumnChoiceField
from home.models import ColumnPage
from home.placement import columns_for
from intake import services
from intake.models import Intake
from publication import scans

TEXT = {"rows": 10}


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; each is judged by its content like one that is uploaded in the library."""

    widget = SeveralFiles(attrs={"multiple": True})

    def clean(self, data, initial=None):
        given = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        for file in given:
            super().clean(file, initial)
            uploads.check(file, ("document",))
            file.seek(0)
        return given


class ContentForm(forms.Form):
    """The item itself: typed, or a Word file; both may come with attachments."""

    title = forms.CharField(label=_("Title"), max_length=MAX_TITLE)
    column = ColumnChoiceField(queryset=None, label=_("Column"))
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs=TEXT),
        help_text=_("One paragraph a line; or bring the Word file below."),
    )
    word = forms.FileField(
        label=_("Word file"), required=False, widget=forms.FileInput(attrs={"accept": bringing.ACCEPTED})
    )
    attachments = FilesField(label=_("Attachments"), required=False)

    text_required = True

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        columns = [column.pk for column in columns_for(unit)]
        self.fields["column"].queryset = ColumnPage.objects.filter(pk__in=columns).order_by("path")

    def clean_word(self):
        file = self.cleaned_data["word"]
        self.reading = bringing.read(file) if file else None
        return file

    def clean(self):
        cleaned = super().clean()
        text, word = (cleaned.get("text") or "").strip(), cleaned.get("word")
        if text and word:
            self.add_error("word", _("Either the typed text or the Word file, not both."))
        if self.text_required and not text and not word and "word" not in self.errors:
            self.add_error("text", _("Type the text or choose the Word file."))
        return cleaned

    def filling(self):
        return {
            "text": self.cleaned_data["text"],
            "reading": self.reading,
            "original": self.cleaned_data["word"],
            "attachments": self.cleaned_data["attachments"],
        }


class PutRightForm(ContentForm):
    """What stays empty stays as it was."""

    text_required = False


class FactsForm(forms.ModelForm):
    """Why not online, through which channel, by whom; the receiver and the minute are the server's."""

    scan = forms.FileField(
        label=_("Signed and stamped form (scan)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": scans.ACCEPT}),
        help_text=_("JPEG or PNG picture or PDF, up to 20 MB"),
    )

    class Meta:
        model = Intake
        fields = ["author", "reason", "reason_note", "channel", "deliverer", "telephone"]

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["author"].queryset = services.authors_of(unit.pk)
        self.fields["author"].label = "承办人"

    def clean_scan(self):
        self.accepted = scans.accepted(self.cleaned_data["scan"])
        return self.cleaned_data["scan"]

    def facts(self):
        names = ("reason", "reason_note", "channel", "deliverer", "telephone")
        return {name: self.cleaned_data[name] for name in names}

    def _post_clean(self):
        """The record is made by the service: model validation is the database's here."""
