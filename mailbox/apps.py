from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailboxConfig(AppConfig):
    """区长信箱 and 咨询建言: what citizens write, who answers it, and what of it goes to the public (Article 14(5))."""

    name = "mailbox"
    verbose_name = _("Mailbox")
    default_auto_field = "django.db.models.BigAutoField"

    # As with requests for information: nothing received and no step taken is changed or removed, and the public
    # process has two functions and no table (migration 0002).
    table_grants = {
        "mailbox_letter": "select, insert",
        "mailbox_letterstep": "select, insert",
    }
