"""A citizen's letter, and every step that was taken with it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from letters.clock import Term
from mailbox import clock, wording


class Letter(models.Model):
    """A letter as it was handed in on the net. The writer proves himself by the code that only he was told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    code_digest = models.CharField(max_length=64)
    sender = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("received at"), db_default=Now())
    box = models.CharField(_("mailbox"), max_length=12, choices=wording.BOXES)
    kind = models.CharField(_("kind"), max_length=12, choices=wording.KINDS)
    unit_code = models.CharField(_("unit"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=60)
    telephone = models.CharField(_("telephone"), max_length=30)
    title = models.CharField(_("title"), max_length=60)
    text = models.TextField(_("text"), max_length=2000)
    may_publish = models.BooleanField(_("may be published"))

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-received_at", "pk"]
        indexes = [
            models.Index(fields=["sender", "received_at"], name="mailbox_sender"),
            models.Index(fields=["-received_at"], name="mailbox_received"),
        ]

    def __str__(self):
        return self.number

    @cached_property
    def term(self) -> Term:
        last = list(self.steps.all())[-1:]
        return clock.term(self.received_at, last[0].kind if last else "")

    @property
    def reply(self):
        return next((step for step in self.steps.all() if step.kind == "replied"), None)


class LetterStep(models.Model):
    """One step, with the person who took it; rows are only added. `page_id`: the draft that a selection became."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=12, choices=wording.STEPS)
    unit_code = models.CharField(_("unit"), max_length=40, blank=True)
    note = models.TextField(_("what was told to the writer"), max_length=2000, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), db_default=Now())
    page_id = models.IntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("step of a letter")
        verbose_name_plural = _("steps of letters")
        ordering = ["pk"]

    def __str__(self):
        return self.get_kind_display()
