from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class OrganisationConfig(AppConfig):
    """Who is who: persons, units, posts, appointments and delegations (Articles 11, 17, 20)."""

    name = "organisation"
    default = True
    verbose_name = _("Organisation")
    default_auto_field = "django.db.models.BigAutoField"

    # What the application role may do; anything not listed here falls under the general rule of config.
    # Persons, units, names and appointments are evidence: nobody deletes them.
    table_grants = {
        "organisation_user": "select, insert, update",
        "organisation_unit": "select, insert, update",
        "organisation_unitname": "select, insert, update",
        "organisation_post": "select",
        "organisation_appointment": "select, insert, update",
        "organisation_delegation": "select, insert, update",
        "organisation_passwordreset": "select, insert",
    }

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from organisation import checks, groups, models, signals  # noqa: F401  (each registers or connects)
        from organisation.policies import SCREENS, OfficePolicy
        from organisation.posts import sync_posts

        for name in SCREENS:
            if name != "User":  # that one belongs to PortalUsersConfig below
                model = getattr(models, name)
                register_permission_policy(model, OfficePolicy(model))
        post_migrate.connect(sync_posts, sender=self, dispatch_uid="organisation.sync_posts")


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens with our forms, services and permissions; it replaces ``wagtail.users``.

    The stock form lets whoever may edit users make superusers and put people into groups
    (wagtail/users/forms.py); here the groups follow from the appointments and nobody is made a superuser on
    screen.
    """

    default = False
    user_viewset = "organisation.viewsets.accounts.AccountViewSet"

    def ready(self):
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from organisation.policies import OfficePolicy

        register_permission_policy(get_user_model(), OfficePolicy(get_user_model()))
        register_permission_policy(Group)
