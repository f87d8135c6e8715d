from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from organisation import accounts


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
