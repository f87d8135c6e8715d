"""What becomes of the paper: every printing of a sheet, and where its stamped original is kept (note 1, Article 19)."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class SheetPrint(models.Model):
    """One printing. The first needs no reason; whoever prints again says why (补打)."""

    sheet = models.ForeignKey(
        "secrecy.SecrecySheet", models.PROTECT, related_name="prints", verbose_name=_("sheet")
    )
    number = models.PositiveSmallIntegerField(_("printing"), default=1)
    reason = models.CharField(_("reason for printing again"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("printed by")
    )
    at = models.DateTimeField(_("printed at"), db_default=Now())

    class Meta:
        verbose_name = _("printing of a sheet")
        verbose_name_plural = _("printings of sheets")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="secrecy_print_once")]

    def __str__(self):
        return f"{self.sheet} {self.number}"


class Custody(models.Model):
    """Where the paper original lies, and who keeps it. A move is another line; the last one counts."""

    sheet = models.ForeignKey(
        "secrecy.SecrecySheet", models.PROTECT, related_name="custody", verbose_name=_("sheet")
    )
    place = models.CharField(
        _("place"),
        max_length=200,
        help_text=_("Room, cabinet, folder; the archive's number once it has one."),
    )
    keeper = models.CharField(_("kept by"), max_length=60)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    at = models.DateTimeField(_("recorded at"), db_default=Now())

    class Meta:
        verbose_name = _("custody of a paper sheet")
        verbose_name_plural = _("custody of paper sheets")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.sheet} {self.place}"
