"""Accounts in Wagtail's user screens: opened, corrected, closed and helped with a password; never deleted.

Superusers and groups are not on these screens (``PortalUsersConfig``).
"""

import django_filters
from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Prefetch
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.users.forms import UsernameForm
from wagtail.users.views.users import UserViewSet

from organisation import accounts as services
from organisation.models import Appointment, Unit
from organisation.policies import cached_rights
from organisation.viewsets.screens import AskView, CreateView, named_unit

User = get_user_model()


class OpenAccountForm(UsernameForm):
    class Meta:
        model = User
        fields = ("username", "name", "phone", "email")


class AccountForm(forms.ModelForm):
    """The user name stays: it is in the records."""

    class Meta:
        model = User
        fields = ("name", "phone", "email")


class AccountFilterSet(WagtailFilterSet):
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=lambda request: Unit.objects.named(), method="in_unit"
    )

    class Meta:
        model = User
        fields = ("is_active", "must_change_password")

    def __init__(self, *args, is_searching=False, **kwargs):
        super().__init__(*args, **kwargs)

    def in_unit(self, queryset, name, value):
        return queryset.filter(pk__in=Appointment.objects.valid().filter(unit=value).values("person"))


def posts_of(person):
    return "、".join(f"{held.unit.short_name}{held.post.name}" for held in person.posts_now)


class AccountIndexView(generic.IndexView):
    page_title = _("Persons")
    add_item_label = _("Open an account")
    any_permission_required = ["view"]
    search_fields = ("username", "name", "phone")

    def get_base_queryset(self):
        held = Appointment.objects.valid().select_related("post").prefetch_related(named_unit())
        return User.objects.prefetch_related(Prefetch("appointments", held, to_attr="posts_now"))

    @property
    def columns(self):
        title = self._get_title_column_class(TitleColumn)
        return [
            title("name", label=_("Person's name"), sort_key="name", get_url=self.get_edit_url),
            Column("username", label=_("User name"), sort_key="username"),
            Column("posts", label=_("Posts held"), accessor=posts_of),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last login"), sort_key="last_login"),
        ]

    def get_edit_url(self, instance):
        if "operate" in cached_rights(self.request.user):
            return super().get_edit_url(instance)
        return None

    def get_delete_url(self, instance):
        return None

    def get_copy_url(self, instance):
        return None

    def get_list_more_buttons(self, instance):
        return super().get_list_more_buttons(instance) + account_buttons(self.request.user, instance)


def account_buttons(user, person):
    from django.urls import reverse

    rights = cached_rights(user)
    if not person.is_active or person.pk == user.pk:
        return []
    buttons = []
    if "desk" in rights:
        url = reverse("wagtailusers_users:reset", args=[person.pk])
        buttons.append(Button(_("Reset password"), url=url, icon_name="key", priority=20))
    if "operate" in rights:
        url = reverse("wagtailusers_users:close", args=[person.pk])
        buttons.append(Button(_("Close account"), url=url, icon_name="cross", priority=40))
    return buttons


def hand_over(request, person, password):
    """Shown once, to the desk; kept nowhere."""
    sentence = _("One-time password of %(person)s (%(username)s): %(password)s. It is shown only now.")
    messages.warning(
        request, sentence % {"person": person.name, "username": person.username, "password": password}
    )


class OpenAccountView(CreateView):
    page_title = _("Open an account")
    success_message = _("Account of %(object)s opened.")

    def save_instance(self):
        person, password = services.open_account(by=self.request.user, **self.form.cleaned_data)
        hand_over(self.request, person, password)
        return person


class EditAccountView(generic.EditView):
    success_message = _("Account of %(object)s saved.")
    context_object_name = "user"

    def can_delete(self):
        return False

    @property
    def header_more_buttons(self):
        return super().header_more_buttons + account_buttons(self.request.user, self.object)


class ResetForm(forms.Form):
    reason = forms.CharField(
        label=_("How was the person identified?"),
        max_length=200,
        help_text=_("For example: called back on the number of the unit."),
    )


class ResetPasswordView(AskView):
    model = User
    form_class = ResetForm
    page_title = _("Reset password")
    facts = ("name", "username", "phone")
    question = _(
        "Give %(object)s a password for one use? It is recorded, and must be changed at the next log-in."
    )
    button = _("Reset password")
    success = _("Password of %(object)s reset.")

    def is_offered(self):
        return "desk" in cached_rights(self.request.user)

    def perform(self, data):
        return services.reset_password(self.object, by=self.request.user, reason=data["reason"])

    def done(self, password):
        hand_over(self.request, self.object, password)
        return super().done(password)


class CloseAccountView(AskView):
    model = User
    page_title = _("Close account")
    facts = ("name", "username", "phone")
    question = _("Close the account of %(object)s? All appointments and delegations end at this moment.")
    button = _("Close account")
    serious = True
    success = _("Account of %(object)s closed.")

    def is_offered(self):
        return "operate" in cached_rights(self.request.user)

    def perform(self, data):
        return services.close_account(self.object, by=self.request.user)


class AccountViewSet(UserViewSet):
    menu_label = _("Persons")
    ordering = "username"
    copy_view_enabled = False
    index_view_class = AccountIndexView
    add_view_class = OpenAccountView
    edit_view_class = EditAccountView
    filterset_class = AccountFilterSet
    search_fields = ("username", "name", "phone")
    search_backend_name = None
    list_export = ("username", "name", "phone", "email", "is_active", "last_login")
    template_prefix = ""

    def get_form_class(self, for_update=False):
        return AccountForm if for_update else OpenAccountForm

    def get_urlpatterns(self):
        kept = [route for route in super().get_urlpatterns() if route.name != "delete"]
        name = self.url_namespace
        return [
            *kept,
            path("reset/<int:pk>/", self.construct_view(ResetPasswordView, viewset_name=name), name="reset"),
            path("close/<int:pk>/", self.construct_view(CloseAccountView, viewset_name=name), name="close"),
        ]

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(**kwargs) | {"delete_url_name": None}
