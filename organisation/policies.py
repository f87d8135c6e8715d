"""Who opens which organisation screen, as Wagtail permission policies over the table of ``rights.py``.

The policies decide what is shown; the services judge again. Nothing here is ever deleted, and appointments
and delegations never change, so those actions are not in the table at all.
"""

from wagtail.permission_policies.base import BasePermissionPolicy

from organisation.rights import SEE, SIGN, rights_of

# model → action → any of these rights
SCREENS = {
    "Unit": {"view": {SEE}, "add": {"operate"}, "change": {"operate"}},
    "User": {"view": {SEE}, "add": {"operate"}, "change": {"operate"}},
    "Appointment": {"view": {SEE}, "add": {"operate"}},
    "Delegation": {"view": {SEE, SIGN}, "add": {"operate", SIGN}},
    "PasswordReset": {"view": {SEE}},
}


def cached_rights(user):
    """Rights of the user of a request, asked once: menus and list rows ask many times."""
    if not hasattr(user, "_organisation_rights"):
        user._organisation_rights = rights_of(user)
    return user._organisation_rights


class OfficePolicy(BasePermissionPolicy):
    def user_has_permission(self, user, action):
        wanted = SCREENS[self.model.__name__].get(action)
        return bool(wanted and user.is_authenticated and wanted & cached_rights(user))

    def users_with_any_permission(self, actions):
        from organisation.models import User

        candidates = User.objects.filter(is_active=True)
        allowed = [user.pk for user in candidates if self.user_has_any_permission(user, actions)]
        return User.objects.filter(pk__in=allowed)
