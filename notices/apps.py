from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What people are told about items and what they tell each other: notices, reminders, comments (Articles 5, 14)."""

    name = "notices"
    verbose_name = _("Notices")
    default_auto_field = "django.db.models.BigAutoField"

    # What was said about an item stays as it was said.
    table_grants = {"notices_comment": "select, insert"}

    def ready(self):
        import_module("notices.following")
        import_module("notices.deadlines")
        import_module("notices.undecided")
        import_module("notices.mailing")
        import_module("notices.silence").take_places()
