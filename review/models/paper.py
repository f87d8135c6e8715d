"""纸质签批补录: an opinion given on paper, entered from its scan by one person and checked by another (Articles 12, 14)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


def _person(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options
    )


class PaperOpinionQuerySet(models.QuerySet):
    def waiting(self):
        """Entered, and not yet compared with the paper by a second person."""
        return self.filter(verified_at__isnull=True, rejected_at__isnull=True)

    def counted(self):
        return self.filter(verified_at__isnull=False)


class PaperOpinion(models.Model):
    """What one person wrote on paper about exactly these bytes, until it becomes a signature.

    Nothing of it counts before a second person compared it with the scan. The database (migration 0002) keeps what
    was entered as it was, and lets no sign-off of medium "paper" in without such a record.
    """

    class Reason(models.TextChoices):
        NETWORK = "network", _("The network of the unit was down")
        ABSENT = "absent", _("The signatory was away from his desk")
        MEETING = "meeting", _("Signed at a meeting or on site")
        NO_LOGIN = "no_login", _("The signatory does not sign online")

    submission_id = models.UUIDField(_("submission"), db_index=True)
    positions = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("steps"))
    digest = models.CharField(_("digest"), max_length=64)
    person = _person(_("signatory"))
    action = models.CharField(_("decision"), max_length=20)
    data = models.JSONField(_("answers on the paper"), default=dict)
    reason = models.CharField(_("Why on paper"), max_length=20, choices=Reason.choices)
    signed_on = models.DateField(_("date written on the paper"))
    sha256 = models.CharField(_("scan"), max_length=64)
    file_name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(_("content type"), max_length=60)
    entered_by = _person(_("entered by"))
    entered_at = models.DateTimeField(_("entered at"), db_default=Now())
    verified_by = _person(_("checked by"), null=True, blank=True)
    verified_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    rejected_by = _person(_("sent back by"), null=True, blank=True)
    rejected_at = models.DateTimeField(_("sent back at"), null=True, blank=True)
    rejected_reason = models.CharField(_("reason"), max_length=1000, blank=True)

    objects = PaperOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion on paper")
        verbose_name_plural = _("opinions on paper")
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "-verified_at"], name="review_paper_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | Q(rejected_at__isnull=True),
                name="review_paper_one_answer",
            )
        ]

    def __str__(self):
        return f"{self.submission_id} {self.positions}"

    @property
    def is_waiting(self):
        return self.verified_at is None and self.rejected_at is None

    @property
    def is_image(self):
        return self.content_type.startswith("image/")
