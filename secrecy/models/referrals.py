"""Note 4 of the table: what is unclear goes to the unit's 保密工作机构 for a written conclusion."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Referral(models.Model):
    """提请保密工作机构审查. While one is open nobody can agree to the row: never a default yes."""

    row = models.ForeignKey(
        "secrecy.SecrecyRow", models.PROTECT, related_name="referrals", verbose_name=_("row")
    )
    question = models.TextField(_("what is unclear"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("referred by")
    )
    at = models.DateTimeField(_("referred at"), db_default=Now())

    class Meta:
        verbose_name = _("referral to the secrecy body")
        verbose_name_plural = _("referrals to the secrecy body")
        ordering = ["-id"]

    def __str__(self):
        return str(self.row)

    @property
    def is_open(self):
        return not hasattr(self, "conclusion")


class SecrecyConclusion(models.Model):
    """The written conclusion of the unit's secrecy body on one referral."""

    class Verdict(models.TextChoices):
        PUBLIC = "public", "不涉密，可以公开"
        WITHHELD = "withheld", "不涉密，不宜公开"
        SECRET = "secret", "涉密，不得公开"

    referral = models.OneToOneField(
        Referral, models.PROTECT, related_name="conclusion", verbose_name=_("referral")
    )
    verdict = models.CharField(_("conclusion"), max_length=10, choices=Verdict.choices)
    text = models.TextField(_("grounds"), max_length=5000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("concluded by")
    )
    delegation_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField(_("concluded at"), db_default=Now())

    class Meta:
        verbose_name = _("conclusion of the secrecy body")
        verbose_name_plural = _("conclusions of the secrecy body")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.referral} {self.get_verdict_display()}"
