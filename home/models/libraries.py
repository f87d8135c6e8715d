"""Which Wagtail collection is whose library."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitLibrary(models.Model):
    """One root collection per unit; written by ``sync_portal``, read to know whose an image or file is."""

    unit = models.OneToOneField(
        "organisation.Unit", models.PROTECT, related_name="library", verbose_name=_("unit")
    )
    collection = models.OneToOneField("wagtailcore.Collection", models.PROTECT, related_name="unit_library")

    class Meta:
        verbose_name = _("unit library")
        verbose_name_plural = _("unit libraries")

    def __str__(self):
        return str(self.collection)
