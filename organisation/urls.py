"""Mounted before Wagtail's own admin URLs, of which it replaces ``password_reset/`` and ``account/``."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from organisation.matrix_view import MatrixView
from organisation.views import ChangePasswordView, PasswordHelpView, SettingsView

urlpatterns = [
    path("password_reset/", PasswordHelpView.as_view(), name="organisation_password_help"),
    path("change-password/", ChangePasswordView.as_view(), name="organisation_change_password"),
    path("persons/", require_admin_access(MatrixView.as_view()), name="organisation_matrix"),
    path("account/", require_admin_access(SettingsView.as_view()), name="organisation_account"),
]
