"""The regulation app: the 25 articles, the nine questions, refusals that cite them, working days."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationConfig(AppConfig):
    name = "regulation"
    verbose_name = _("Regulation")
