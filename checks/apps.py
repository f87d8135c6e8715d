from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecksConfig(AppConfig):
    """What is looked for in items and files before anybody signs them, and where reprints come from."""

    name = "checks"
    verbose_name = _("Content checks")
    default_auto_field = "django.db.models.BigAutoField"

    # Findings, overrides, evidence and versions are evidence: nobody changes or deletes them.
    table_grants = {
        "checks_listversion": "select, insert",
        "checks_checkrun": "select, insert",
        "checks_override": "select, insert",
        "checks_evidence": "select, insert, update (withdrawn_at)",
        "checks_sourceexception": "select, insert, update (granted, reason, decided_by_id, decided_at)",
        "checks_reprintsource": "select, insert, update",
    }

    def ready(self):
        from checks import policies, sync  # noqa: F401  (sync registers its part)

        policies.install()
