"""Who opens the screens of changes of persons; the services judge again."""

from wagtail.permission_policies.base import BasePermissionPolicy

from organisation.models import User
from organisation.policies import cached_rights
from organisation.rights import SEE
from personnel.models import ChangeFiling
from personnel.rights import OPERATE, own_units


def cached_units(user):
    """The units a person files for, asked once a request."""
    if not hasattr(user, "_filing_units"):
        user._filing_units = own_units(user)
    return user._filing_units


def visible_to(user):
    """The two offices see all, a unit its own."""
    filings = ChangeFiling.objects.select_related("leaver", "successor", "filed_by", "decided_by")
    return filings if SEE in cached_rights(user) else filings.filter(unit__in=cached_units(user))


class FilingPolicy(BasePermissionPolicy):
    def user_has_permission(self, user, action):
        if not user.is_authenticated or not user.is_active:
            return False
        rights = cached_rights(user)
        if action == "view":
            return SEE in rights or bool(cached_units(user))
        return action == "add" and (OPERATE in rights or bool(cached_units(user)))

    def users_with_any_permission(self, actions):
        candidates = User.objects.filter(is_active=True)
        return candidates.filter(
            pk__in=[user.pk for user in candidates if self.user_has_any_permission(user, actions)]
        )


def install():
    from wagtail.permissions import register_permission_policy

    register_permission_policy(ChangeFiling, FilingPolicy(ChangeFiling))
