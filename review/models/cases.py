"""Where each submission stands: the read model behind the inbox, the status panel and the review page.

The lawful facts are `publication.Submission`, `FrozenStep` and `SignOff`; a `Case` only repeats what
lists must find fast, so that the inbox costs the same few queries at ten and at ten thousand items.
`review.cases` rebuilds a case from those facts after every act; nothing else writes here.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from review import routes, statuses


def kept_by(user):
    return Q(keeper_id=user.pk) | Q(author_id=user.pk, keeper__isnull=True)


class CaseQuerySet(models.QuerySet):
    def open(self):
        """Still waiting for a signature, a minute or a bundle."""
        return self.filter(ended_at__isnull=True)

    def waiting(self):
        """Waiting for somebody (not merely for its minute)."""
        return self.open().filter(step_unit__isnull=False)

    def kept_by(self, user):
        """Those this person looks after: what he wrote, unless he handed it over, and what was handed to him."""
        return self.filter(kept_by(user))

    def current_for_page(self, page_id):
        return self.open().filter(page_id=page_id).first()


class Case(models.Model):
    submission_id = models.UUIDField(_("submission"), primary_key=True)
    object_id = models.UUIDField(_("object"), db_index=True)
    page_id = models.BigIntegerField(_("page"), db_index=True)
    page_type = models.CharField(_("page type"), max_length=100)
    title = models.CharField(_("title"), max_length=500)
    unit = models.ForeignKey(
        "organisation.Unit", verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, related_name="+"
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("looked after by"), on_delete=models.PROTECT, related_name="+",
        null=True, blank=True, help_text=_("The successor, where the author handed his work over (Article 11)."),
    )  # fmt: skip
    route = models.CharField(_("route"), max_length=20)
    variant = models.CharField(_("variant"), max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    opinion = models.CharField(_("opinion"), max_length=20, blank=True)
    task = models.CharField(_("task"), max_length=30, blank=True)
    posts = ArrayField(models.CharField(max_length=30), verbose_name=_("posts"), default=list, blank=True)
    step_unit = models.ForeignKey(
        "organisation.Unit", verbose_name=_("office of the step"), on_delete=models.PROTECT,
        related_name="+", null=True, blank=True,
    )  # fmt: skip
    step_since = models.DateTimeField(_("waiting since"))
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=24)
    restricted = models.BooleanField(_("restricted"), default=False)
    quarantined = models.BooleanField(_("quarantined"), default=False)
    pause = models.CharField(_("pause"), max_length=10, blank=True)  # "held", "referred"
    remarkable = models.BooleanField(_("has exceptions"), default=False)
    replaces_id = models.UUIDField(_("replaces"), null=True, blank=True)
    workflow_state_id = models.BigIntegerField(_("workflow state"), null=True, blank=True)
    created_at = models.DateTimeField(_("submitted at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    publication_id = models.BigIntegerField(_("publication"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["page_id"], condition=Q(ended_at__isnull=True), name="review_one_open_case_per_page"
            ),
        ]
        indexes = [
            models.Index(
                fields=["step_unit", "opinion", "step_since"],
                condition=Q(ended_at__isnull=True),
                name="review_case_waiting",
            ),
            models.Index(
                fields=["step_since"],
                condition=Q(ended_at__isnull=True, step_unit__isnull=False),
                name="review_case_longest",
            ),
            models.Index(fields=["author", "-created_at"], name="review_case_author"),
            models.Index(fields=["publication_id"], name="review_case_publication"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pause_before = self.__dict__.get("pause", "")

    def __str__(self):
        return self.safe_title

    @property
    def submission(self):
        """The lawful facts; kept by plain id, as publication knows nothing of review."""
        if not hasattr(self, "_submission"):
            from publication.models import Submission

            self._submission = Submission.objects.get(pk=self.submission_id)
        return self._submission

    @property
    def steps(self):
        """The frozen steps in order."""
        if not hasattr(self, "_steps"):
            from publication.models import FrozenStep

            steps = FrozenStep.objects.filter(submission_id=self.submission_id)
            self._steps = list(steps.order_by("position"))
        return self._steps

    @property
    def step(self):
        return next((step for step in self.steps if step.position == self.position), None)

    @property
    def form_is_checked(self):
        """Whether this step compares the sealed form with the text (Article 13).

        In routes (1) to (3) that is 核对; in (4) to (6) it is part of the e-gov office's review, after the seal.
        """
        sealed = any(step.opinion == "seal" and step.position < self.position for step in self.steps)
        return self.opinion in ("check", "review") and sealed

    @property
    def kept_by_id(self):
        """Who is told of it and may take it back: the author, or his successor."""
        return self.keeper_id or self.author_id

    @property
    def safe_title(self):
        """A quarantined item shows no title to anybody (Article 13)."""
        return "（已封存）" if self.quarantined else self.title

    @property
    def pk_text(self):
        return str(self.submission_id)

    @property
    def is_open(self):
        return self.ended_at is None

    @property
    def route_table(self):
        return routes.get(self.route, self.variant)

    @property
    def route_label(self):
        return routes.LABELS.get(self.route, self.route)

    @property
    def opinion_label(self):
        return routes.OPINIONS.get(self.opinion, "")

    @property
    def task_label(self):
        return routes.TASKS.get(self.task, "")

    @property
    def status_label(self):
        return statuses.label(self.status)

    @property
    def status_tone(self):
        return statuses.tone(self.status)


class Escalation(models.Model):
    """A move between routes by decision: up to (6) by any reviewer, down only by the e-gov 主管领导."""

    UP, DOWN = "up", "down"

    object_id = models.UUIDField(db_index=True)
    from_submission_id = models.UUIDField()
    to_submission_id = models.UUIDField(null=True, blank=True)
    direction = models.CharField(max_length=4, choices=[(UP, UP), (DOWN, DOWN)])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=30)
    remark = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")

    def __str__(self):
        return f"{self.object_id} {self.direction}"


class Disowning(models.Model):
    """非本人签批: the person named on a sign-off says the signature is not theirs."""

    signoff_id = models.BigIntegerField(unique=True)
    submission_id = models.UUIDField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    remark = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("disowned signature")
        verbose_name_plural = _("disowned signatures")

    def __str__(self):
        return str(self.signoff_id)
