"""Routes as the owner wrote them, steps as frozen at submission, and the signatures on them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from publication.models.submissions import Submission


class StepFacts(models.Model):
    """What a step demands, in a definition and frozen alike."""

    position = models.PositiveSmallIntegerField()
    opinion = models.CharField(max_length=20)
    task = models.CharField(max_length=30)
    posts = ArrayField(models.CharField(max_length=30))
    clause = models.CharField(max_length=20)

    class Meta:
        abstract = True


class RouteDefinition(StepFacts):
    """One step of one route (Article 14). Written by the database owner; the application only reads it."""

    class Whose(models.TextChoices):
        SOURCE = "source", _("the source unit")
        GOV = "gov", _("the district government office")
        EGOV = "egov", _("the e-government office")

    route = models.CharField(max_length=20)
    variant = models.CharField(max_length=20, blank=True, default="")
    version = models.PositiveIntegerField()
    whose = models.CharField(max_length=10, choices=Whose)

    class Meta:
        verbose_name = _("step of a route")
        verbose_name_plural = _("steps of routes")
        ordering = ["route", "variant", "version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["route", "variant", "version", "position"], name="publication_routedefinition_once"
            )
        ]

    def __str__(self):
        return f"{self.route}/{self.variant} v{self.version} {self.position} {self.opinion}"


class FrozenStep(StepFacts):
    """A step as it binds one submission, its office resolved; later changes of routes do not touch it (Article 24)."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="steps", db_index=False)
    unit_id = models.BigIntegerField()

    class Meta:
        ordering = ["submission", "position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="publication_frozenstep_once")
        ]

    def __str__(self):
        return f"{self.position} {self.opinion}"


class SignOff(models.Model):
    """One opinion of one person on exactly these bytes, at the server's time. Never altered, never deleted."""

    class Decision(models.TextChoices):
        AGREE = "agree", _("agreed")
        RETURN = "return", _("returned")
        REFUSE = "refuse", _("refused")
        ESCALATE = "escalate", _("moved to the emergency route")
        REFER = "refer", _("referred to the secrecy body")
        QUARANTINE = "quarantine", _("sealed off")
        ON_REQUEST = "on_request", _("on request only")
        OTHER_FORM = "other_form", _("another form of publication")
        REOPEN = "reopen", _("form returned")
        HOLD = "hold", _("held")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="sign_offs", db_index=False)
    position = models.PositiveSmallIntegerField()
    attempt = models.PositiveSmallIntegerField(default=1)
    decision = models.CharField(max_length=20, choices=Decision)
    opinion = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    person_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    post = models.CharField(max_length=30)
    delegation_id = models.BigIntegerField(null=True, blank=True)
    act = models.UUIDField()
    medium = models.CharField(max_length=10, choices=Submission.Medium, default=Submission.Medium.ONLINE)
    remark = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)
    signed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["submission", "position"], name="publication_signoff_step"),
            models.Index(fields=["person_id", "-signed_at"], name="publication_signoff_person"),
            models.Index(fields=["act"], name="publication_signoff_act"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position", "attempt"],
                condition=Q(decision="agree"),
                name="publication_signoff_once",
            )
        ]

    def __str__(self):
        return f"{self.submission_id} {self.position} {self.decision}"
