from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonnelConfig(AppConfig):
    """人员变动备案 (Article 11): a unit files a change of persons, the e-gov office receives it, work is handed over."""

    name = "personnel"
    verbose_name = _("Changes of persons")
    default_auto_field = "django.db.models.BigAutoField"

    # Evidence: the triggers of migration 0002 say what may change.
    table_grants = {
        "personnel_changefiling": (
            "select, insert, update (successor_id, decision, decided_by_id, decided_at, decision_note,"
            " effective_at, handed_over_at)"
        ),
        "personnel_handedover": "select, insert",
    }

    def ready(self):
        import_module("personnel.policies").install()
        import_module("personnel.handing_over")  # registers its round with the worker
