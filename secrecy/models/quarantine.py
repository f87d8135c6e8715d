"""封存: an item in which a secret was found is closed to everyone but the unit's secrecy body (Article 13)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class QuarantineQuerySet(models.QuerySet):
    def closed(self):
        """Still sealed away: not concluded, or concluded as secret."""
        return self.exclude(conclusion=Quarantine.Conclusion.LIFTED)


class Quarantine(models.Model):
    """Carries no title: this table is what notices and registers are made of."""

    class Conclusion(models.TextChoices):
        CONFIRMED = "confirmed", "确认涉密，继续封存"
        LIFTED = "lifted", "不涉密，解除封存"

    submission_id = models.UUIDField(_("submission"), unique=True)
    object_id = models.UUIDField(_("object"), db_index=True)
    page_id = models.BigIntegerField(_("page"), db_index=True)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported at"), db_default=Now())
    remark = models.TextField(_("what was found"), max_length=2000)
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=Conclusion.choices, blank=True)
    conclusion_text = models.TextField(_("grounds"), max_length=5000, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("concluded by"),
    )
    concluded_delegation_id = models.BigIntegerField(null=True, blank=True)
    concluded_at = models.DateTimeField(_("concluded at"), null=True, blank=True)

    objects = QuarantineQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarantined item")
        verbose_name_plural = _("quarantined items")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["unit", "page_id"], condition=~Q(conclusion="lifted"), name="secrecy_quarantine_open"
            ),
        ]

    def __str__(self):
        return f"{self.submission_id}"

    @property
    def is_closed(self):
        return self.conclusion != self.Conclusion.LIFTED
