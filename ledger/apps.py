from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """信息发布审核登记表: the append-only register of Article 19."""

    name = "ledger"
    verbose_name = _("Register")
    default_auto_field = "django.db.models.BigAutoField"

    table_grants = {"ledger_registerentry": "select, insert"}
