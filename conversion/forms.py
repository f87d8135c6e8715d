"""What is asked before and after an import; nothing that was typed is lost when something is refused."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from conversion import bringing
from home.forms import MAX_TITLE, ColumnChoiceField
from home.models import ColumnPage
from home.placement import columns_for

MAX_ALT, MAX_CAPTION = 200, 120


class BringForm(forms.Form):
    """The file is read while the form is checked, so that every refusal stands beside the field."""

    file = forms.FileField(
        label=_("Word or Excel file"),
        help_text=_(
            ".docx or .xlsx, 50 MB at most. Save .doc, .wps, .xls and .et files as one of these first."
        ),
        widget=forms.FileInput(attrs={"accept": bringing.ACCEPTED, "data-bring-file": ""}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.reading = bringing.read(file)
        return file


class NewForm(BringForm):
    kind = forms.ChoiceField(label=_("Kind of item"), widget=forms.RadioSelect)

    def __init__(self, *args, models, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(model._meta.model_name, model._meta.verbose_name) for model in models]
        self.fields["kind"].initial = models[0]._meta.model_name


class IntoForm(BringForm):
    place = forms.ChoiceField(
        label=_("Where the text goes"),
        choices=[("replace", _("In place of the present text")), ("behind", _("Behind the present text"))],
        initial="replace",
        widget=forms.RadioSelect,
    )


class FinishForm(forms.Form):
    """What Word does not know and the portal must: the column, words for pictures, names of tables (Article 15)."""

    title = forms.CharField(label=_("Title"), max_length=MAX_TITLE)
    column = ColumnChoiceField(queryset=None, label=_("Column"), required=False)
    editor = forms.CharField(label=_("Responsible editor"), max_length=60, required=False)

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        columns = columns_for(page.unit)
        self.fields["column"].queryset = ColumnPage.objects.filter(pk__in=[c.pk for c in columns]).order_by(
            "path"
        )
        only = columns[0].pk if len(columns) == 1 else None
        self.initial = {"title": page.title, "column": page.column_id or only, "editor": page.editor}
        self.blocks = list(page.body.raw_data)
        images = [b["value"]["image"]["image"] for b in self.blocks if b["type"] == "image"]
        self.images = get_image_model().objects.in_bulk(images)
        self.pictures, self.tables = [], []
        for block in self.blocks:
            if block["type"] in ASKED:
                ASKED[block["type"]](self, block)

    def _ask_picture(self, block):
        image = self.images.get(block["value"]["image"]["image"])
        if image is None:
            return
        value, key = block["value"]["image"], block["id"]
        self.fields[f"alt-{key}"] = forms.CharField(
            label=_("Alternative text"), max_length=MAX_ALT, required=False, initial=value.get("alt_text")
        )
        self.fields[f"decorative-{key}"] = forms.BooleanField(
            label=_("Only decoration"), required=False, initial=value.get("decorative")
        )
        names = (f"alt-{key}", f"decorative-{key}")
        self.pictures.append({"image": image, "fields": [self[name] for name in names]})

    def _ask_table(self, block):
        name = f"caption-{block['id']}"
        self.fields[name] = forms.CharField(
            label=_("Table title"),
            max_length=MAX_CAPTION,
            required=False,
            initial=block["value"].get("caption"),
        )
        heads = [column.get("heading") or "" for column in block["value"]["table"]["columns"]]
        self.tables.append({"heads": "，".join(filter(None, heads))[:80], "fields": [self[name]]})

    def plain_fields(self):
        return [self[name] for name in ("title", "column", "editor")]

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def require_whole(self):
        """Before submission every picture and table has its words; before saving it need not."""
        data = self.cleaned_data
        for name in list(self.fields):
            kind, _sign, key = name.partition("-")
            if kind == "alt" and not data.get(name) and not data.get(f"decorative-{key}"):
                self.add_error(
                    name, ValidationError(_("Say what the picture shows, or mark it as decoration."))
                )
            if kind == "caption" and not data.get(name):
                self.add_error(name, ValidationError(_("Give the table a title.")))
        if not data.get("column"):
            self.add_error("column", ValidationError(_("Choose the column in which the item appears.")))
        return not self.errors

    def answered(self) -> list[dict]:
        """The body with the answers in it."""
        data, made = self.cleaned_data, []
        for block in self.blocks:
            value, key = dict(block["value"]) if isinstance(block["value"], dict) else None, block["id"]
            if f"alt-{key}" in data:
                value["image"] = value["image"] | {
                    "alt_text": data[f"alt-{key}"],
                    "decorative": data[f"decorative-{key}"],
                }
            if f"caption-{key}" in data:
                value["caption"] = data[f"caption-{key}"]
            made.append(block if value is None else {**block, "value": value})
        return made


ASKED = {"image": FinishForm._ask_picture, "table": FinishForm._ask_table}
