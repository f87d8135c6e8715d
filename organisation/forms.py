from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from organisation import accounts


class PortalLoginForm(LoginForm):
    """Wagtail's, with a name for the password's field; nobody is remembered beyond the session (Article 20)."""

    remember = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


class OwnPasswordForm(PasswordChangeForm):
    """The old password once, the new one twice; the new one must be another."""

    def clean_new_password1(self):
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise forms.ValidationError(_("The new password must be another one."))
        return password

    def save(self, commit=True):
        accounts.change_password(self.user, self.cleaned_data["new_password1"])
        return self.user
