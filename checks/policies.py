"""Who opens which screen of the checks: the e-gov office keeps lists and sources, both offices see them."""

from wagtail.permission_policies.base import BasePermissionPolicy

from organisation.policies import cached_rights
from organisation.rights import SEE

OPERATE = "operate"
# model → action → right of organisation.rights
SCREENS = {
    "WordEntry": {"view": SEE, "add": OPERATE, "change": OPERATE, "delete": OPERATE},
    "ListVersion": {"view": SEE},
    "ReprintSource": {"view": SEE, "add": OPERATE, "change": OPERATE},
    "Override": {"view": SEE},
    "SourceException": {"view": SEE},
}


class ChecksPolicy(BasePermissionPolicy):
    def user_has_permission(self, user, action):
        wanted = SCREENS[self.model.__name__].get(action)
        return bool(wanted and user.is_authenticated and wanted in cached_rights(user))

    def users_with_any_permission(self, actions):
        from organisation.models import User

        allowed = [
            u.pk for u in User.objects.filter(is_active=True) if self.user_has_any_permission(u, actions)
        ]
        return User.objects.filter(pk__in=allowed)


def install():
    from wagtail.permissions import register_permission_policy

    from checks import models

    for name in SCREENS:
        model = getattr(models, name)
        register_permission_policy(model, ChecksPolicy(model))
