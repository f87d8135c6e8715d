"""Word lists and their versions."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets import AdminDateInput

from checks import excel, lists
from checks.findings import Level
from checks.models import ListVersion, WordEntry
from checks.rules import RULES
from checks.viewsets.screens import ImportView, KeptViewSet
from checks.words import RULE_OF
from organisation.viewsets.screens import IndexView, RecordViewSet


class VersionedMixin:
    """Every change of an entry makes a new version of the lists, in the same transaction."""

    @transaction.atomic
    def save_instance(self):
        instance = super().save_instance()
        lists.new_version(self.request.user, str(instance))
        return instance


class WordCreateView(VersionedMixin, generic.CreateView):
    pass


class WordEditView(VersionedMixin, generic.EditView):
    pass


class WordDeleteView(generic.DeleteView):
    @transaction.atomic
    def delete_action(self):
        said = str(self.object)
        super().delete_action()
        lists.new_version(self.request.user, gettext("Deleted: %(entry)s") % {"entry": said})


class WordImportView(ImportView):
    table = excel.WORDS
    write = staticmethod(excel.write_words)


class WordFilterSet(WagtailFilterSet):
    class Meta:
        model = WordEntry
        fields = {"list": ["exact"], "level": ["exact"], "shipped": ["exact"], "valid_to": ["lte"]}


class WordForm(forms.ModelForm):
    class Meta:
        model = WordEntry
        fields = excel.WORDS.fields
        widgets = {
            "exceptions": forms.Textarea(attrs={"rows": 2}),
            "contexts": forms.Textarea(attrs={"rows": 2}),
            "valid_from": AdminDateInput,
            "valid_to": AdminDateInput,
        }


def level_of(entry: WordEntry):
    """Its own level, or the one of its list."""
    return Level(entry.level or RULES[RULE_OF[entry.list]].level).label


class WordViewSet(KeptViewSet):
    model = WordEntry
    name = "word-lists"
    icon = "list-ul"
    menu_label = _("Word lists")
    menu_order = 10
    add_view_class = WordCreateView
    edit_view_class = WordEditView
    delete_view_class = WordDeleteView
    import_view = WordImportView
    filterset_class = WordFilterSet
    search_fields = ("word", "standard", "note")
    ordering = ("list", "word")
    list_display = (
        "word",
        Column("list", label=_("List"), accessor="get_list_display", sort_key="list"),
        Column("standard", label=_("Standard form"), sort_key="standard"),
        Column("level", label=_("Level"), accessor=level_of, sort_key="level"),
        Column("valid_to", label=_("Valid until"), sort_key="valid_to"),
    )
    list_export = excel.WORDS.fields
    export_filename = "词库"

    def get_form_class(self, for_update=False):
        return WordForm


class VersionViewSet(RecordViewSet):
    model = ListVersion
    name = "word-versions"
    icon = "history"
    menu_label = _("Versions of the lists")
    menu_order = 20
    index_view_class = IndexView
    search_fields = ("reason", "by__name")
    list_filter = ("at",)
    list_display = (
        Column("number", label=_("Number"), sort_key="number"),
        Column("label", label=_("Version")),
        Column("entries", label=_("Entries"), sort_key="entries"),
        "reason",
        Column("by", label=_("Changed by")),
        DateColumn("at", label=_("Time"), sort_key="at"),
    )
    list_export = ("number", "digest", "entries", "reason", "by", "at")
    inspect_view_fields = list_export
    exclude_form_fields = ()
