"""销毁: what the secrecy body confirmed as secret is destroyed, before two witnesses; a stub stays (Articles 13, 19)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


def _person(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options
    )


class Destruction(models.Model):
    """One proposal, its leader's decision, two witnesses, and what was destroyed. Carries no title.

    The database keeps it (migration 0007): the second witness's signature destroys, in that very transaction, so that
    nothing is ever destroyed without its record and no record stands for something that still exists.
    """

    quarantine = models.ForeignKey(
        "secrecy.Quarantine", models.PROTECT, related_name="destructions", verbose_name=_("quarantined item")
    )
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    grounds = models.TextField(_("grounds"), max_length=1000)
    carriers = models.TextField(_("other carriers"), max_length=1000)
    proposed_by = _person(_("proposed by"))
    proposed_delegation_id = models.BigIntegerField(null=True, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"), db_default=Now())
    approved = models.BooleanField(_("approved"), null=True)
    decided_by = _person(_("decided by"), null=True, blank=True)
    decided_post = models.CharField(_("post"), max_length=30, blank=True)
    decided_delegation_id = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_remark = models.CharField(_("remark"), max_length=500, blank=True)
    destroyed_at = models.DateTimeField(_("destroyed at"), null=True, blank=True)
    inventory = models.JSONField(_("what was destroyed"), default=list)

    class Meta:
        verbose_name = _("destruction")
        verbose_name_plural = _("destructions")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["quarantine"],
                condition=Q(approved__isnull=True) | Q(approved=True),
                name="secrecy_destruction_once",
            )
        ]

    def __str__(self):
        return self.number

    @property
    def number(self):
        return f"XXXH-{self.proposed_at:%Y}-{self.pk:06d}"

    @property
    def awaits_decision(self):
        return self.approved is None

    @property
    def awaits_witnesses(self):
        return bool(self.approved) and self.destroyed_at is None

    @property
    def status(self):
        if self.awaits_decision:
            return "待批准"
        if not self.approved:
            return "未批准"
        return "已销毁" if self.destroyed_at else "待监销"


class Witness(models.Model):
    """监销人: was there when it was destroyed. Two different people, neither of whom proposed, approved or wrote."""

    destruction = models.ForeignKey(
        Destruction, models.PROTECT, related_name="witnesses", verbose_name=_("destruction")
    )
    person = _person(_("witness"))
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    post = models.CharField(_("post"), max_length=30)
    at = models.DateTimeField(_("signed at"), db_default=Now())

    class Meta:
        verbose_name = _("witness of a destruction")
        verbose_name_plural = _("witnesses of destructions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["destruction", "person"], name="secrecy_witness_once")]

    def __str__(self):
        return f"{self.destruction} {self.person}"
