"""依申请公开 (政府信息公开条例, chapter 4): who asks for which information, and what was done about it and when."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from letters import clock, wording


class InformationRequest(models.Model):
    """A request as it was handed in on the net. The applicant proves himself by the code that only he was told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    code_digest = models.CharField(max_length=64)
    sender = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("received at"), db_default=Now())
    unit_code = models.CharField(_("unit"), max_length=40)
    applicant_kind = models.CharField(_("applicant"), max_length=12, choices=wording.APPLICANTS)
    name = models.CharField(_("name"), max_length=60)
    paper_kind = models.CharField(_("kind of identity paper"), max_length=12, choices=wording.PAPERS)
    paper_number = models.CharField(_("number of the identity paper"), max_length=40)
    telephone = models.CharField(_("telephone"), max_length=30)
    email = models.CharField(_("e-mail"), max_length=120, blank=True)
    address = models.CharField(_("postal address"), max_length=150, blank=True)
    wanted = models.TextField(_("information asked for"), max_length=2000)
    medium = models.CharField(_("form of the information"), max_length=12, choices=wording.MEDIA)
    way = models.CharField(_("way of receiving it"), max_length=12, choices=wording.WAYS)

    class Meta:
        verbose_name = _("request for information")
        verbose_name_plural = _("requests for information")
        ordering = ["-received_at", "pk"]
        indexes = [
            models.Index(fields=["sender", "received_at"], name="letters_sender"),
            models.Index(fields=["unit_code", "-received_at"], name="letters_unit"),
        ]

    def __str__(self):
        return self.number

    @cached_property
    def term(self) -> clock.Term:
        """State and due day, as both follow from the steps taken."""
        return clock.term(self.received_at, [(step.kind, step.at) for step in self.steps.all()])


class RequestStep(models.Model):
    """One step of handling, with the person who took it; rows are only added."""

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=12, choices=wording.STEPS)
    result = models.CharField(_("kind of answer"), max_length=12, choices=wording.RESULTS, blank=True)
    note = models.TextField(_("what was told to the applicant"), max_length=2000, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of requests")
        ordering = ["pk"]

    def __str__(self):
        return self.get_kind_display()
