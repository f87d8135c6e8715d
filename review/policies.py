"""Wagtail's own workflow screens show the routes and tasks and change nothing (Articles 14 and 24).

Routes are rules in code; a row an administrator could edit would be a way around them. Registered in
`ReviewConfig.ready`, superusers included.
"""

from wagtail.permission_policies import ModelPermissionPolicy


class ViewOnlyPolicy(ModelPermissionPolicy):
    def user_has_permission(self, user, action):
        return user.is_active and action == "view"

    def user_has_any_permission(self, user, actions):
        return user.is_active and "view" in actions

    def users_with_any_permission(self, actions, include_superusers=True):
        users = super().users_with_any_permission(actions, include_superusers)
        return users if "view" in actions else users.none()


def install():
    from wagtail.models import Task, Workflow
    from wagtail.permissions import policy_registry

    for model in (Task, Workflow):
        policy_registry.values_by_class[model] = ViewOnlyPolicy(model)
