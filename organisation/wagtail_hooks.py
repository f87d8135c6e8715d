from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)

from organisation.matrix_view import TITLE
from organisation.policies import cached_rights
from organisation.rights import SEE
from organisation.viewsets import AppointmentViewSet, DelegationViewSet, PasswordResetViewSet, UnitViewSet


class OrganisationGroup(ModelViewSetGroup):
    """The submenu 组织人员. Each item shows for whom its policy lets in."""

    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 850
    items = (UnitViewSet, AppointmentViewSet, DelegationViewSet, PasswordResetViewSet)

    def __init__(self):
        """Higher apps add their screens by the hook ``register_organisation_viewset``."""
        self.items = (*self.items, *(made() for made in hooks.get_hooks("register_organisation_viewset")))
        super().__init__()

    def get_submenu_items(self):
        return [MatrixMenuItem(), *super().get_submenu_items()]


class MatrixMenuItem(MenuItem):
    """For whoever sees the organisation: members of the two offices."""

    def __init__(self):
        super().__init__(
            TITLE, reverse_lazy("organisation_matrix"), name="persons", icon_name="group", order=5
        )

    def is_shown(self, request):
        return SEE in cached_rights(request.user)


@hooks.register("register_admin_viewset")
def register_organisation():
    return OrganisationGroup()


def _refused(stock):
    """A stock bulk action that nobody may use: it would pass by the services."""
    return type(f"No{stock.__name__}", (stock,), {"check_perm": lambda self, obj: False})


# Wagtail keeps the last action registered for a model and a name
# (wagtail/admin/views/bulk_action/registry.py).
for stock_action in (AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction):
    hooks.register("register_bulk_action", _refused(stock_action), order=1)


@hooks.register("register_log_actions")
def register_log_actions(actions):
    """Lines of the history of a person, unit, appointment or delegation."""
    for action, label in {
        "request": _("Entered"),
        "confirm": _("Confirmed"),
        "end": _("Ended"),
        "open_account": _("Account opened"),
        "close_account": _("Account closed"),
        "reset_password": _("Password reset at the desk"),
        "change_password": _("Password changed"),
        "create_unit": _("Unit founded"),
        "rename_unit": _("Unit renamed"),
        "close_unit": _("Unit closed"),
    }.items():
        actions.register_action(f"organisation.{action}", label, label)
