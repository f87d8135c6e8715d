"""Templates per column: an item of the unit from which others begin (Article 10: what a column is to be filled with)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ColumnTemplate(models.Model):
    """A draft that its unit keeps as the pattern for a column; it is copied, never published by this."""

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, related_name="+", verbose_name=_("page"))
    column = models.ForeignKey("home.ColumnPage", models.CASCADE, related_name="+", verbose_name=_("column"))
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=60)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("column template")
        verbose_name_plural = _("column templates")
        ordering = ["column__path", "name"]

    def __str__(self):
        return self.name
