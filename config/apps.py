"""The composition root as a Django app: management commands, and grants after each migration."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from config import grants


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "config"
    default = True

    def ready(self):
        """Django sends `post_migrate` only for apps with models; the last of them sees all tables."""
        from organisation.policies import cached_rights
        from organisation.rights import EGOV
        from search import viewsets

        viewsets.members.append(lambda user: EGOV in cached_rights(user))
        last = [app for app in apps.get_app_configs() if app.models_module is not None][-1]
        post_migrate.connect(grants.apply_after_migration, sender=last, dispatch_uid="config.grants")


class PublicConfig(AppConfig):
    """The composition root of the public process: who draws which kind of document, and nothing else."""

    name = "config"

    def ready(self):
        from home import faces
        from publication import rendering

        faces.install()
        rendering.register("unit", "public/unit.html", faces.unit)
