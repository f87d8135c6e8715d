"""What the organisation's screens share: refusals shown in place, screens that ask."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from organisation.models import Unit
from organisation.policies import cached_rights
from regulation.refusals import Refusal


def named_unit():
    """Units with today's names, one query for a whole list."""
    return Prefetch("unit", Unit.objects.named())


class PersonField(forms.ModelChoiceField):
    """A person by name and user name; closed accounts are not offered."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "queryset", get_user_model().objects.filter(is_active=True).order_by("name", "username")
        )
        super().__init__(**kwargs)

    def label_from_instance(self, person):
        return f"{person.name}（{person.username}）"


class UnitField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(queryset=Unit.objects.none(), **kwargs)

    def __deepcopy__(self, memo):
        """Each form asks anew: a name may begin today, a unit may have been closed yesterday."""
        field = super().__deepcopy__(memo)
        field.queryset = Unit.objects.current().named()
        return field


class IndexView(generic.IndexView):
    """A list that nothing is changed in; rows lead to the detail screen."""

    @cached_property
    def rights(self):
        return cached_rights(self.request.user)

    def get_edit_url(self, instance):
        return None

    def get_delete_url(self, instance):
        return None


class CreateView(generic.CreateView):
    """Creates through a service; a refusal comes back beside the form, which keeps what was typed."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def get_success_buttons(self):
        return []


class AskView(WagtailAdminTemplateMixin, FormView):
    """A screen that shows the facts and asks before a service runs. Subclasses say what and call it."""

    template_name = "organisation/ask.html"
    form_class = forms.Form
    model = None
    viewset_name = ""
    facts = ()
    question = ""
    button = _("Yes")
    serious = False
    success = ""
    header_icon = "user"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not self.is_offered():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return self.model._default_manager.all()

    def is_offered(self):
        """Whether the person may open the screen; whether he may do it, the service says."""
        raise NotImplementedError

    def perform(self, data):
        raise NotImplementedError

    def done(self, result):
        messages.success(self.request, self.success % {"object": self.object})
        return redirect(self.get_success_url())

    def form_valid(self, form):
        try:
            result = self.perform(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return self.done(result)

    def get_success_url(self):
        return reverse(f"{self.viewset_name}:index")

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        label = capfirst(self.model._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": self.get_success_url(), "label": label},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_facts(self):
        for name in self.facts:
            field = self.object._meta.get_field(name)
            value = getattr(self.object, name)
            if isinstance(value, bool):
                value = _("Yes") if value else _("No")
            if value not in (None, ""):
                yield capfirst(field.verbose_name), value

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            facts=list(self.get_facts()),
            question=self.question % {"object": self.object},
            button=self.button,
            serious=self.serious,
            cancel_url=self.get_success_url(),
            media=kwargs["form"].media if "form" in kwargs else self.get_form().media,
            **kwargs,
        )


class RecordViewSet(ModelViewSet):
    """Records that are made, looked at and never edited, copied or deleted."""

    index_view_class = IndexView
    add_view_class = CreateView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_per_page = 50
    ask_views = ()

    def get_urlpatterns(self):
        """Without the stock edit, delete and copy screens: there is no such thing here."""
        from django.urls import path

        kept = [
            route
            for route in super().get_urlpatterns()
            if route.name not in {"edit", "delete", "copy", "usage"}
        ]
        asked = [
            path(f"{name}/<int:pk>/", self.construct_view(view, viewset_name=self.name), name=name)
            for name, view in self.ask_views
        ]
        return kept + asked

    def get_common_view_kwargs(self, **kwargs):
        kwargs = super().get_common_view_kwargs(**kwargs)
        return kwargs | {"edit_url_name": None, "delete_url_name": None, "usage_url_name": None}

    def register_admin_url_finder(self):
        """There is no edit screen to find."""
