"""Who sees which pages in the admin (Articles 5, 13, 14(6), 17).

Wagtail's tree rights do most of it: `sync_portal` gives a unit's group its own subtree.
This policy adds what trees cannot say: items on route (6) and sealed-away items exist
for nobody but those concerned, superusers included, and nobody may publish.
Explorer, search, choosers, the admin API, reports and logs all ask here
(wagtail/permissions.py, policy_registry).
"""

from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from review.policies import ViewOnlyPolicy
from secrecy.access import hidden_files, hidden_page_ids

CACHE = "_pages_hidden_from"
FILES_CACHE = "_files_hidden_from"
PUBLISH = {"publish"}
WRITE = {"add", "change", "delete"}


def hidden_from(user) -> set[int]:
    """Asked often in a request; the user object lives as long as the request does."""
    if not hasattr(user, CACHE):
        setattr(user, CACHE, set(hidden_page_ids(user)))
    return getattr(user, CACHE)


def files_hidden_from(user) -> set[str]:
    """Digests of what belongs to sealed-away items (Article 13), asked once for a request."""
    if not hasattr(user, FILES_CACHE):
        setattr(user, FILES_CACHE, hidden_files(user))
    return getattr(user, FILES_CACHE)


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


class TechnicalViewPolicy(ViewOnlyPolicy):
    """What the machinery wrote, for those who keep it running to look at."""

    def user_has_permission(self, user, action):
        return user.is_superuser and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return user.is_superuser and super().user_has_any_permission(user, actions)


class LibraryPolicy(CollectionOwnershipPermissionPolicy):
    """Images and files are their unit's material like its drafts: a superuser looks, and changes none.

    What belongs to a sealed-away item exists for its unit's secrecy body alone: in lists, choosers, the API, by URL.
    """

    def _left(self, user, actions):
        return set(actions) - WRITE if user.is_superuser else set(actions)

    def user_has_permission(self, user, action):
        return bool(self._left(user, {action})) and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_any_permission_for_instance(user, {action}, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        left = self._left(user, actions)
        if not left or instance.sha256 in files_hidden_from(user):
            return False
        return super().user_has_any_permission_for_instance(user, left, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        left = self._left(user, actions)
        if not left:
            return self.model._default_manager.none()
        found = super().instances_user_has_any_permission_for(user, left)
        hidden = files_hidden_from(user)
        return found.exclude(sha256__in=hidden) if hidden else found

    def collections_user_has_any_permission_for(self, user, actions):
        found = super().collections_user_has_any_permission_for(user, actions)
        return found if self._left(user, actions) else found.none()


def install():
    """In place of Wagtail's own policies, before anybody has asked for them.

    Groups, sites and collections are written by `sync_portal` from appointments, units and settings.
    """
    from django.contrib.auth.models import Group
    from wagtail.models import AbstractPage, Collection, Site
    from wagtail.permissions import policy_registry

    from home.models import PortalDocument, PortalImage

    policy_registry.values_by_class[AbstractPage] = PortalPagePermissionPolicy()
    for model, stock in ((PortalImage, "wagtailimages.Image"), (PortalDocument, "wagtaildocs.Document")):
        policy = LibraryPolicy(model, auth_model=stock, owner_field_name="uploaded_by_user")
        policy_registry.register(model, policy, exact_class=True)
    for model in (Collection, Group, Site):
        policy_registry.register(model, TechnicalViewPolicy(model), exact_class=True)
