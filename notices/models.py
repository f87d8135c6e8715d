"""Notices, the deadlines they watch, and comments. None of them repeats a word of an item.

A notice says which case, what happened and when; title and facts are read when it is shown, by the rules of that
minute. So an item that is sealed away or moved to route (6) falls silent in every notice there ever was.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    WAITING = "waiting", _("Waits for you")
    RETURNED = "returned", _("Sent back")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    TAKEN_DOWN = "taken_down", _("Taken offline")
    HELD = "held", _("On hold")
    REROUTED = "rerouted", _("Moved to another route")
    SETTLED = "settled", _("Settled without publication")
    QUARANTINED = "quarantined", _("Sealed away")
    COMMENT = "comment", _("New comment")
    REMINDER = "reminder", _("Due soon")
    OVERDUE = "overdue", _("Overdue")
    OVERDUE_EGOV = "egov", _("Overdue, told to the e-government office")
    OVERDUE_GOV = "gov", _("Overdue, told to the government office")
    DECIDE = "decide", _("Taken offline, to be decided soon")
    UNDECIDED = "undecided", _("Taken offline, decision overdue")


#: They speak of a step that waits, and are over when it does not wait any more.
OF_A_STEP = (Kind.WAITING, Kind.REMINDER, Kind.OVERDUE, Kind.OVERDUE_EGOV, Kind.OVERDUE_GOV)
URGENT = (*OF_A_STEP[1:], Kind.DECIDE, Kind.UNDECIDED)


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at__isnull=True)

    def to_mail(self, now):
        return self.unread().filter(mailed_at__isnull=True, mail_at__lte=now)

    def settle(self, now):
        """Nothing is left to read or to mail of them."""
        return self.unread().update(read_at=now, mail_at=None)


class Notice(models.Model):
    """One thing that one person is told, once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submission_id = models.UUIDField(_("submission"), db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    since = models.DateTimeField(_("moment it tells of"))
    created_at = models.DateTimeField(_("time"), db_default=Now())
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    mail_at = models.DateTimeField(_("to be mailed at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "submission_id", "kind", "since"], name="notices_once")
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notices_of_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notices_unread"),
            models.Index(
                fields=["mail_at"],
                condition=Q(mailed_at__isnull=True, mail_at__isnull=False),
                name="notices_to_mail",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.submission_id}"


class Watch(models.Model):
    """Up to which rung of the ladder a waiting step has been told of, and when the next one is due."""

    submission_id = models.UUIDField(_("submission"), primary_key=True)
    since = models.DateTimeField(_("waiting since"))
    rung = models.PositiveSmallIntegerField(_("rung"), default=0)
    next_at = models.DateTimeField(_("next at"), null=True, db_index=True)

    class Meta:
        verbose_name = _("watched deadline")
        verbose_name_plural = _("watched deadlines")

    def __str__(self):
        return f"{self.submission_id} {self.rung}"


class Comment(models.Model):
    """A word between author and reviewers about an item. Never public, never part of what is signed."""

    submission_id = models.UUIDField(_("submission"))
    object_id = models.UUIDField(_("object"), db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    text = models.TextField(_("comment"), max_length=2000)
    at = models.DateTimeField(_("time"), db_default=Now())

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["id"]

    def __str__(self):
        return self.text[:40]
