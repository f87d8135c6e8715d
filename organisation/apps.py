from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    """Who is who: persons, units with names over time, posts, appointments and delegations (Articles 11, 17, 20)."""

    name = "organisation"
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
        from organisation import signals  # noqa: F401  (connects the receivers)
        from organisation.posts import sync_posts

        post_migrate.connect(sync_posts, sender=self, dispatch_uid="organisation.sync_posts")
