"""The composition root as a Django app: management commands, and grants after each migration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from config import grants


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "config"

    def ready(self):
        post_migrate.connect(grants.apply_after_migration, sender=self, dispatch_uid="config.grants")
