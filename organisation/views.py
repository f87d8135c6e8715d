"""Screens outside Wagtail's view sets: forgotten password, choosing one's own, settings."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel

from organisation.forms import OwnPasswordForm
from organisation.models import Unit, UnitKind


@method_decorator(login_not_required, name="dispatch")
class PasswordHelpView(TemplateView):
    """Article 20: 若密码忘记，应及时与区电子政务办公室联系. There is no reset by e-mail."""

    template_name = "organisation/password_help.html"

    def get_context_data(self, **kwargs):
        office = Unit.objects.current().named().filter(kind=UnitKind.EGOV_OFFICE).first()
        return super().get_context_data(office=office, **kwargs)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangePasswordView(FormView):
    """One's own new password; the only screen there is while a one-time password is in use."""

    template_name = "organisation/change_password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("wagtailadmin_home")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form):
        form.save()
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, _("The password is changed."))
        return super().form_valid(form)


class SettingsView(AccountView):
    """Wagtail's page of one's own settings without the name: names are entered by the e-government office."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
