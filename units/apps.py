from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    """Unit subsites (Articles 2 and 17)."""

    name = "units"
    verbose_name = _("Unit subsites")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from home import faces
        from publication import rendering
        from units import sync  # noqa: F401  (registers its part)

        rendering.register("unit", "public/unit.html", faces.unit)
