from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    """What the public writes to the government; today: requests for information (依申请公开)."""

    name = "letters"
    verbose_name = _("Letters")
    default_auto_field = "django.db.models.BigAutoField"

    # Nothing received and no step taken is ever changed or removed. The public process has no right on either
    # table: it hands in, and asks after one number, through the two functions of migration 0002.
    table_grants = {
        "letters_informationrequest": "select, insert",
        "letters_requeststep": "select, insert",
    }
