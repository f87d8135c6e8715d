"""What the kept lists share: Excel in, Excel out, and the button that leads there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormView
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from checks import excel
from checks.forms import ImportForm
from organisation.policies import cached_rights
from regulation.sealed import sealed_objects

OPERATE = "operate"


class ImportView(WagtailAdminTemplateMixin, FormView):
    """Excel in; what cannot be read is said line by line, and nothing of it is taken over."""

    template_name = "checks/import.html"
    form_class = ImportForm
    page_title = _("Import from Excel")
    header_icon = "upload"
    table = None
    write = None
    viewset_name = ""

    def dispatch(self, request, *args, **kwargs):
        if OPERATE not in cached_rights(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        upload = form.cleaned_data["file"]
        try:
            rows = excel.read(upload, self.table)
        except excel.Unreadable as error:
            for sentence in error.sentences:
                form.add_error("file", sentence)
            return self.form_invalid(form)
        type(self).write(rows, self.request.user, gettext("Import of %(name)s") % {"name": upload.name})
        messages.success(self.request, gettext("%(number)s lines taken over.") % {"number": len(rows)})
        return redirect(reverse(f"{self.viewset_name}:index"))

    def get_breadcrumbs_items(self):
        label = capfirst(self.table.model._meta.verbose_name_plural)
        return [
            {"url": reverse(f"{self.viewset_name}:index"), "label": label},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs):
        meta = self.table.model._meta
        columns = [str(meta.get_field(name).verbose_name) for name in self.table.fields]
        return super().get_context_data(columns=columns, back=reverse(f"{self.viewset_name}:index"), **kwargs)


class OpenInspectView(generic.InspectView):
    """A record of one item: closed with the item (Article 13)."""

    def get_object(self, queryset=None):
        record = super().get_object(queryset)
        if record.object_id in sealed_objects():
            raise Http404
        return record


class KeptIndexView(generic.IndexView):
    """With the button that leads to the import."""

    viewset_name = ""

    @cached_property
    def header_buttons(self):
        buttons = list(super().header_buttons)
        if OPERATE in cached_rights(self.request.user):
            url = reverse(f"{self.viewset_name}:import")
            buttons.append(HeaderButton(_("Import from Excel"), url=url, icon_name="upload"))
        return buttons


class KeptViewSet(ModelViewSet):
    """Kept by the office: made and changed on screen or from Excel."""

    index_view_class = KeptIndexView
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    import_view = None

    def get_urlpatterns(self):
        view = self.construct_view(self.import_view, viewset_name=self.name)
        return [path("import/", view, name="import"), *super().get_urlpatterns()]

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(viewset_name=self.name, **kwargs)
