from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversionConfig(AppConfig):
    """Word and Excel in and out: how a file becomes a draft, and a draft a paper (Article 3)."""

    name = "conversion"
    verbose_name = _("Word and Excel")
    default_auto_field = "django.db.models.BigAutoField"
