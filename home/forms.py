"""Editor forms: early and polite words for what would be refused at submission anyway."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from organisation.models import UnitKind

MAX_TITLE = 100


class StructureForm(WagtailAdminPageForm):
    """Home and columns are drafted by, and on the account of, the e-gov office (Article 18)."""

    def save(self, commit=True):
        from organisation.authority import office

        if not self.instance.unit_id:
            self.instance.unit = office(UnitKind.EGOV_OFFICE)
        return super().save(commit)


class ColumnForm(StructureForm):
    contributor_kinds = forms.MultipleChoiceField(
        label=_("kinds of unit that contribute"),
        choices=UnitKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ColumnChoiceField(forms.ModelChoiceField):
    """Columns with their way from the top, in tree order."""

    def label_from_instance(self, column):
        return f"{'　' * max(column.depth - 3, 0)}{column.title}"


class ArticleForm(WagtailAdminPageForm):
    """An item of a unit: the columns on offer are those the unit contributes to (Article 17)."""

    column = ColumnChoiceField(queryset=None, required=False, label=_("Column"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        from home.models import ColumnPage
        from home.placement import columns_for

        self.unit = self._unit()
        ids = [column.pk for column in columns_for(self.unit)] if self.unit else []
        if self.instance.column_id:
            ids.append(self.instance.column_id)
        self.fields["column"].queryset = ColumnPage.objects.filter(pk__in=ids).order_by("path")

    def _unit(self):
        if self.instance.unit_id:
            return self.instance.unit
        parent = self.parent_page.specific if self.parent_page else None
        return getattr(parent, "unit", None)

    def clean_title(self):
        """Wagtail's title field allows 255; the portal's lists and the official table do not."""
        title = " ".join(self.cleaned_data["title"].split())
        if len(title) > MAX_TITLE:
            raise forms.ValidationError(
                _("The title has %(length)s characters; at most %(limit)s are possible.")
                % {"length": len(title), "limit": MAX_TITLE}
            )
        return title

    def clean(self):
        cleaned = super().clean()
        if self.unit and not self.instance.unit_id:
            self.instance.unit = self.unit
        column = cleaned.get("column")
        if self.unit and column:
            self._check_column(column)
        if cleaned.get("in_government_name") and not cleaned.get("government_category"):
            self.add_error("government_category", _("Name the category of Article 14 (1)."))
        if cleaned.get("is_reprint") and not cleaned.get("source_name"):
            self.add_error("source_name", _("A reprint names its source."))
        return cleaned

    def _check_column(self, column):
        from home.placement import refusal_for

        refusal = refusal_for(self.unit, column)
        if refusal:
            self.add_error("column", str(refusal))
