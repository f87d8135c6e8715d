"""The intake record of Article 12: who brought what, why not online, who took it in and at which minute."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


def _person(label):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label)


class Intake(models.Model):
    """One item that the e-gov office enters for a unit. The unit answers for it; nobody signs in its place.

    Written once; only the submission it led to is added (migration 0002).
    """

    class Reason(models.TextChoices):
        NETWORK = "network", _("Network failure of the unit")
        POWER = "power", _("Power failure")
        DISASTER = "disaster", _("Natural disaster or emergency")
        MACHINE = "machine", _("Failure of the unit's computer")

    class Channel(models.TextChoices):
        DISK = "disk", _("Disk or USB stick")
        PAPER = "paper", _("Paper")
        FAX = "fax", _("Fax")
        PACKAGE = "package", _("Offline package")
        OFFICIAL = "official", _("Official document exchange")

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    author = _person(_("author"))
    page_id = models.BigIntegerField(_("page"))
    object_id = models.UUIDField(_("object"), db_index=True)
    title = models.CharField(_("title"), max_length=500)
    submission_id = models.UUIDField(_("submission"), unique=True, null=True, blank=True)
    reason = models.CharField(_("Why not online"), max_length=20, choices=Reason.choices)
    reason_note = models.CharField(_("Further explanation"), max_length=500, blank=True)
    channel = models.CharField(_("Channel"), max_length=20, choices=Channel.choices)
    deliverer = models.CharField(_("Delivered by"), max_length=60)
    telephone = models.CharField(_("Telephone of the deliverer"), max_length=30, blank=True)
    receiver = _person(_("Received by"))
    received_at = models.DateTimeField(_("Received at"), db_default=Now())
    form_sha256 = models.CharField(_("Signed and stamped form (scan)"), max_length=64)
    form_name = models.CharField(_("file name"), max_length=255)
    form_type = models.CharField(_("content type"), max_length=60)
    files = models.JSONField(_("files with their digests"), default=list)

    class Meta:
        verbose_name = _("intake record")
        verbose_name_plural = _("intake records")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "-received_at"], name="intake_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["object_id"], condition=Q(submission_id__isnull=True), name="intake_one_open"
            )
        ]

    def __str__(self):
        return self.number

    @property
    def number(self):
        return f"XXDF-{self.received_at:%Y}-{self.pk:06d}"

    @property
    def is_open(self):
        return self.submission_id is None


class PackageFile(models.Model):
    """An offline package as it arrived; refused ones are kept as well, with the reason, for inspection."""

    class Outcome(models.TextChoices):
        RECEIVED = "received", _("read, not taken in yet")
        TAKEN = "taken", _("taken in")
        REFUSED = "refused", _("not accepted")

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.BigIntegerField(_("size"))
    file_name = models.CharField(_("file name"), max_length=255)
    is_kept = models.BooleanField(_("kept"), default=True)
    package_id = models.CharField(_("number of the package"), max_length=32, blank=True, db_index=True)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("unit")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    code = models.CharField(_("code of the reason"), max_length=20, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = _person(_("brought in by"))
    at = models.DateTimeField(_("Received at"), db_default=Now())
    intake = models.OneToOneField(Intake, models.PROTECT, null=True, blank=True, related_name="package")

    class Meta:
        verbose_name = _("offline package")
        verbose_name_plural = _("offline packages")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["package_id"], condition=~Q(outcome="refused"), name="intake_package_once"
            )
        ]

    def __str__(self):
        return self.file_name
