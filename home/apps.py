from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Portal page types: home, columns, information, policies; images and files (Articles 3, 9, 17, 18)."""

    name = "home"
    verbose_name = _("Portal pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from home import (  # noqa: F401  (holdings and sync register their part)
            faces,
            holdings,
            moving,
            permission_policies,
            sync,
            translations,
        )

        faces.install()
        moving.install()
        permission_policies.install()
        translations.install()
