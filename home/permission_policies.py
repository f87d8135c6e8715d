"""Who sees which pages in the admin (Articles 5, 13, 14(6), 17).

Wagtail's tree rights do most of it: `sync_portal` gives a unit's group its own subtree.
This policy adds what trees cannot say: items on route (6) and sealed-away items exist
for nobody but those concerned, superusers included, and nobody may publish.
Explorer, search, choosers, the admin API, reports and logs all ask here
(wagtail/permissions.py, policy_registry).
"""

from wagtail.permission_policies.pages import PagePermissionPolicy

from secrecy.access import hidden_page_ids

CACHE = "_pages_hidden_from"
PUBLISH = {"publish"}


def hidden_from(user) -> set[int]:
    """Asked often in a request; the user object lives as long as the request does."""
    if not hasattr(user, CACHE):
        setattr(user, CACHE, set(hidden_page_ids(user)))
    return getattr(user, CACHE)


class PortalPagePermissionPolicy(PagePermissionPolicy):
    def user_has_any_permission(self, user, actions):
        wanted = set(actions) - PUBLISH
        return bool(wanted) and super().user_has_any_permission(user, wanted)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        wanted = set(actions) - PUBLISH
        if not wanted or not user.is_active or instance.pk in hidden_from(user):
            return False
        return super().user_has_any_permission_for_instance(user, wanted, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        wanted = set(actions) - PUBLISH
        if not wanted or not user.is_active:
            return self.model._default_manager.none()
        return super().instances_user_has_any_permission_for(user, wanted).exclude(pk__in=hidden_from(user))

    def explorable_instances(self, user):
        if not user.is_active:
            return self.model._default_manager.none()
        return super().explorable_instances(user).exclude(pk__in=hidden_from(user))

    def sees(self, user, page_id) -> bool:
        """Whether a page exists for this person at all."""
        return self.explorable_instances(user).filter(pk=page_id).exists()


def install():
    """In place of Wagtail's own policy for pages, before anybody has asked for it."""
    from wagtail.models import AbstractPage
    from wagtail.permissions import policy_registry

    policy_registry.values_by_class[AbstractPage] = PortalPagePermissionPolicy()
