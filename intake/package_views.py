"""Offline packages on screen: the form to carry away, the upload, and taking in what was read (Article 12)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.forms import ColumnChoiceField
from home.models import ColumnPage
from home.placement import columns_for
from intake import importing, offline_form, services
from intake.models import PackageFile
from intake.views import Screen
from organisation.authority import authorities_of, units_of
from organisation.models import Unit
from publication import scans
from regulation.refusals import Refusal
from regulation.sealed import sealed_objects
from review.views.files import private_response


def open_packages():
    """Without those whose item is sealed away: the package says everything the item says (Article 13)."""
    return PackageFile.objects.exclude(intake__object_id__in=sealed_objects())


def offline_page(request, unit):
    """离线报送表 of one unit, for its own people and for the e-gov desk; to be saved and filled in without a network."""
    if not services.may_take_in(request.user) and not units_of(request.user).filter(pk=unit).exists():
        raise PermissionDenied
    of = get_object_or_404(Unit.objects.current().named(), pk=unit)
    response = HttpResponse(offline_form.render(of))
    response["Content-Disposition"] = f'attachment; filename="offline-{slugify(of.code)}.html"'
    return response


def own_offline_page(request):
    """From the help menu: the form of the unit for which the person writes."""
    own = [a.unit_id for a in authorities_of(request.user) if a.post in ("author", "dedicated")]
    if not own:
        messages.error(request, _("Only a unit's author or dedicated person has an offline form."))
        return redirect("wagtailadmin_home")
    return redirect("intake:offline", unit=own[0])


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Offline package"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xxbs,application/json"}),
    )


class TakePackageForm(forms.Form):
    author = forms.ModelChoiceField(None, label="承办人")
    column = ColumnChoiceField(queryset=None, label=gettext_lazy("Column"))
    scan = forms.FileField(
        label=gettext_lazy("Signed and stamped form (scan)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": scans.ACCEPT}),
        help_text=gettext_lazy("JPEG or PNG picture or PDF, up to 20 MB"),
    )
    same_digest = forms.BooleanField(
        label=gettext_lazy("The digest on the stamped slip is the one shown here")
    )

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["author"].queryset = services.authors_of(unit.pk)
        offered = [column.pk for column in columns_for(unit)]
        self.fields["column"].queryset = ColumnPage.objects.filter(pk__in=offered).order_by("path")

    def clean_scan(self):
        self.accepted = scans.accepted(self.cleaned_data["scan"])
        return self.cleaned_data["scan"]


class PackagesView(Screen):
    """Upload, and what came before: received, taken in, refused with the reason."""

    template_name = "intake/packages.html"
    form = None

    def get_page_subtitle(self):
        return _("Offline packages")

    def post(self, request, *args, **kwargs):
        self.form = UploadForm(request.POST, request.FILES)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        record = importing.bring(self.form.cleaned_data["file"], request.user)
        if record.outcome == record.Outcome.REFUSED:
            messages.error(request, f"{record.reason}（第十二条）")
            return redirect("intake:packages")
        return redirect("intake:package", pk=record.pk)

    def get_context_data(self, **kwargs):
        records = open_packages().select_related("by", "intake")[:100]
        units = Unit.objects.current().named()
        return super().get_context_data() | {
            "form": self.form or UploadForm(),
            "records": records,
            "units": units,
        }


class PackageView(Screen):
    """What the package says, beside the stamped slip; taking it in makes draft and intake record."""

    template_name = "intake/package.html"

    @cached_property
    def record(self):
        return get_object_or_404(open_packages(), pk=self.kwargs["pk"])

    @cached_property
    def said(self):
        return None if self.record.outcome == PackageFile.Outcome.REFUSED else importing.said_by(self.record)

    def get_page_subtitle(self):
        return self.record.file_name

    def post(self, request, *args, **kwargs):
        if self.said is None:
            raise PermissionDenied
        form = TakePackageForm(request.POST, request.FILES, unit=self.record.unit)
        if not form.is_valid():
            return self.refused(_("Not taken in: please complete the fields marked in red."), form=form)
        data = form.cleaned_data
        try:
            taken = importing.take_in(
                self.record, request.user, author=data["author"], column=data["column"], form=form.accepted
            )
        except Refusal as refusal:
            return self.refused(refusal, form=form)
        messages.success(request, _("Taken in under %(number)s.") % {"number": taken.number})
        return redirect("intake:record", pk=taken.pk)

    def blank(self):
        unit = self.record.unit
        named = services.authors_of(unit.pk).filter(name=self.said.author).first()
        initial = {"author": named, "column": importing.column_of(self.said, unit)}
        return TakePackageForm(unit=unit, initial=initial)

    def get_context_data(self, form=None, **kwargs):
        context = super().get_context_data() | {"record": self.record, "said": self.said}
        if self.record.outcome == PackageFile.Outcome.RECEIVED:
            context["form"] = form or self.blank()
            context["unit"] = Unit.objects.named().get(pk=self.record.unit_id)
        return context


class PackageFileView(PackageView):
    """The file as it arrived, for inspection."""

    def get(self, request, *args, **kwargs):
        if not self.record.is_kept:
            raise PermissionDenied
        return private_response(self.record.sha256, self.record.file_name, "application/octet-stream")
