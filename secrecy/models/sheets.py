"""The sheet that is printed and sealed, its rows in order, and the evidence of the seal (Article 13)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


def _person(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options
    )


class SecrecySheet(models.Model):
    """信息发布保密审查表: decided rows of one unit, 承办人, reviewer, leader and day under one seal.

    Number, serial and time come from the database. The PDF is set once, when the sheet forms, and kept: what is
    printed again next year is what was stamped.
    """

    number = models.CharField(_("sheet number"), max_length=20, unique=True)
    year = models.PositiveIntegerField(_("year"))
    serial = models.PositiveIntegerField(_("serial"))
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    author = _person(_("author"))
    reviewer = _person(_("reviewer"))
    leader = _person(_("leader on the form"))
    day = models.DateField(_("day"))
    row_digest = models.CharField(_("digest over the rows"), max_length=64)
    pdf_sha256 = models.CharField(_("printed form"), max_length=64, blank=True)
    formed_by = _person(_("made by"))
    formed_delegation_id = models.BigIntegerField(null=True, blank=True)
    formed_at = models.DateTimeField(_("made at"), db_default=Now())
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("secrecy sheet")
        verbose_name_plural = _("secrecy sheets")
        ordering = ["-year", "-serial"]
        indexes = [models.Index(fields=["unit", "-day"], name="secrecy_sheet_unit_day")]
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="secrecy_sheet_serial")]

    def __str__(self):
        return self.number

    @property
    def ordered_rows(self):
        return [entry.row for entry in self.entries.select_related("row").order_by("position")]

    @property
    def valid_evidence(self):
        return self.evidence.filter(rejected_at__isnull=True).order_by("-id").first()


class SheetRow(models.Model):
    """Which row stands where on which sheet; released only when its sheet is withdrawn."""

    sheet = models.ForeignKey(SecrecySheet, models.PROTECT, related_name="entries", verbose_name=_("sheet"))
    row = models.ForeignKey(
        "secrecy.SecrecyRow", models.PROTECT, related_name="entries", verbose_name=_("row")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of a sheet")
        verbose_name_plural = _("rows of sheets")
        ordering = ["sheet", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "position"], name="secrecy_sheetrow_position"),
            models.UniqueConstraint(
                fields=["row"], condition=Q(released_at__isnull=True), name="secrecy_row_on_one_sheet"
            ),
        ]

    def __str__(self):
        return f"{self.sheet} {self.position}"


class SealEvidence(models.Model):
    """盖章: the stamped sheet as scan or photograph, or the record of an electronic seal.

    Append-only; the e-gov office may reject it once (退回补表), and then another is recorded.
    """

    class Kind(models.TextChoices):
        SCAN = "scan", _("scan")
        PHOTO = "photo", _("photograph")
        ELECTRONIC = "electronic", _("electronic seal")

    sheet = models.ForeignKey(SecrecySheet, models.PROTECT, related_name="evidence", verbose_name=_("sheet"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    sha256 = models.CharField(_("file"), max_length=64, blank=True)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    content_type = models.CharField(_("content type"), max_length=60, blank=True)
    size = models.PositiveIntegerField(_("size"), default=0)
    seal_name = models.CharField(_("name of the seal"), max_length=100, blank=True)
    seal_owner = models.CharField(_("owner of the seal"), max_length=100, blank=True)
    seal_unit = models.CharField(_("unit of the seal"), max_length=100, blank=True)
    key_serial = models.CharField(_("serial number of the key"), max_length=100, blank=True)
    sealed_at = models.DateTimeField(_("sealing time by the seal server"), null=True, blank=True)
    paper_id = models.BigIntegerField(_("opinion on paper"), null=True, blank=True)
    recorded_by = _person(_("recorded by"))
    recorded_delegation_id = models.BigIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now())
    rejected_by = _person(_("rejected by"), null=True, blank=True)
    rejected_at = models.DateTimeField(_("rejected at"), null=True, blank=True)
    rejected_reason = models.CharField(_("reason for rejection"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("evidence of the seal")
        verbose_name_plural = _("evidence of seals")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind__in=["scan", "photo"], sealed_at__isnull=True) & ~Q(sha256=""))
                | (
                    Q(kind="electronic", sealed_at__isnull=False)
                    & ~Q(seal_name="")
                    & ~Q(seal_owner="")
                    & ~Q(seal_unit="")
                    & ~Q(key_serial="")
                ),
                name="secrecy_evidence_complete",
            ),
        ]

    def __str__(self):
        return f"{self.sheet} {self.get_kind_display()}"

    @property
    def is_image(self):
        return self.content_type.startswith("image/")
