"""A change of persons as the unit files it and the e-gov office receives it (Article 11 如有人员变动…及时报)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def _person(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options
    )


def _posts(label, **options):
    return ArrayField(models.CharField(max_length=30), verbose_name=label, default=list, **options)


class Reason(models.TextChoices):
    MOVED = "moved", _("moved to another unit")
    ROTATED = "rotated", _("other work in the unit")
    RETIRED = "retired", _("retired")
    RESIGNED = "resigned", _("left the service")
    ADDED = "added", _("added, nobody leaves")
    OTHER = "other", _("other reason")


class Decision(models.TextChoices):
    OPEN = "", _("waits for receipt")
    RECEIVED = "received", _("received")
    RETURNED = "returned", _("returned")


class FilingQuerySet(models.QuerySet):
    def open(self):
        return self.filter(decision=Decision.OPEN)

    def due(self):
        """Received, its minute has come, and the work is not handed over yet."""
        return self.filter(
            decision=Decision.RECEIVED, effective_at__lte=timezone.now(), handed_over_at__isnull=True
        )


class ChangeFiling(models.Model):
    """变更备案: who leaves which posts, who takes them, from which minute.

    The database keeps it honest (migration 0002): what was filed never changes; a person who is neither filer nor
    concerned decides, once, at the server's minute; it takes effect at the minute wished for, never before receipt.
    """

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    leaver = _person(_("leaver"), null=True, blank=True)
    leaver_posts = _posts(_("posts given up"), blank=True)
    successor = _person(_("successor"), null=True, blank=True)
    successor_name = models.CharField(_("name of a new person"), max_length=60, blank=True)
    successor_phone = models.CharField(_("telephone of the new person"), max_length=40, blank=True)
    successor_posts = _posts(_("posts taken"), blank=True)
    wanted_at = models.DateTimeField(_("takes effect"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("further explanation"), max_length=300, blank=True)
    filed_by = _person(_("reported by"))
    filed_at = models.DateTimeField(_("filed at"), db_default=Now(), editable=False)

    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    decided_by = _person(_("received by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("received at"), null=True, blank=True)
    decision_note = models.CharField(_("remark of the e-government office"), max_length=300, blank=True)
    effective_at = models.DateTimeField(_("in effect from"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, blank=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of persons")
        verbose_name_plural = _("changes of persons")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(leaver__isnull=True) | Q(successor__isnull=True) | ~Q(leaver=F("successor")),
                name="personnel_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(filed_by=F("successor")),
                name="personnel_not_for_oneself",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=False) | ~Q(successor_name=""), name="personnel_somebody_takes"
            ),
            models.UniqueConstraint(
                fields=["unit", "leaver"], condition=Q(decision=""), name="personnel_one_open_for_a_leaver"
            ),
        ]
        indexes = [
            models.Index(
                fields=["effective_at"],
                condition=Q(handed_over_at__isnull=True),
                name="personnel_not_handed_over",
            )
        ]

    def __str__(self):
        return self.number

    def number(self):
        return f"XXBD-{timezone.localtime(self.filed_at):%Y}-{self.pk:05d}"

    number.short_description = _("number")
    number = property(number)

    @property
    def is_open(self):
        return self.decision == Decision.OPEN

    @property
    def takes_over(self):
        """The successor's name, also while he has no account yet."""
        return self.successor.name if self.successor_id else self.successor_name


class Kind(models.TextChoices):
    """What passes from one person to the next; the words of the hand-over list."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "在审信息"
    RETURNED = "returned", "退回待改"
    PUBLISHED = "published", "已上网信息"
    WAITING = "waiting", "待办环节"
    DELEGATION = "delegation", "授权委托（终止）"


class HandedOver(models.Model):
    """One line of the hand-over list, written in the minute itself and never changed."""

    filing = models.ForeignKey(ChangeFiling, models.PROTECT, related_name="items", verbose_name=_("filing"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=500)
    page_id = models.BigIntegerField(_("page"), null=True)
    submission_id = models.UUIDField(_("submission"), null=True)

    class Meta:
        verbose_name = _("line of a hand-over list")
        verbose_name_plural = _("lines of a hand-over list")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.title}"
