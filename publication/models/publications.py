"""What is public, what waits to be, and what was taken down."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from publication.models.expressions import digest_of, text_of, uuid_of
from publication.models.submissions import Submission


class Release(models.Model):
    """Fully signed, waiting for its minute or its bundle. The public role cannot read it."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="release")
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    bundle_id = models.UUIDField(null=True, blank=True, db_index=True)
    created_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("release")
        verbose_name_plural = _("releases")

    def __str__(self):
        return f"{self.submission_id} due {self.due_at}"


class PublicationQuerySet(models.QuerySet):
    def open(self):
        """Public at this moment."""
        return self.filter(ended_at__isnull=True)

    def light(self):
        """Without the bytes: for lists and links."""
        return self.defer("document")


class Publication(models.Model):
    """What the public reads: the signed bytes, from one minute to another. History is never rewritten.

    Inserted only when fully signed, closed once. `first_published_at` is the moment of the item's first publication:
    lists and the page show it, so that a correction or a restoration neither jumps to the top of its column nor
    forges a date (portal.md, veto items). `legacy` is 存量 (Article 25): signed for as a batch, without an approver of
    its own.
    """

    class EndReason(models.TextChoices):
        SUPERSEDED = "superseded", _("corrected")
        TAKEN_DOWN = "taken_down", _("taken down")
        EXPIRED = "expired", _("expired")
        WITHDRAWN = "withdrawn", _("withdrawn")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="publications")
    object_id = models.UUIDField()
    site = models.CharField(max_length=50, default="portal")
    path = models.CharField(max_length=255)
    unit_id = models.BigIntegerField()
    document = models.BinaryField()
    digest = digest_of("document")
    title = text_of("document", "title")
    kind = text_of("document", "kind")
    parent = uuid_of("document", "parent")
    column = uuid_of("document", "column")
    section = uuid_of("document", "section")
    published_at = models.DateTimeField(db_default=Now())
    first_published_at = models.DateTimeField(db_default=Now())
    expire_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True, default="")
    end_note = models.CharField(max_length=40, blank=True, default="")
    supersedes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    restores = models.OneToOneField(
        "publication.TakeDown", models.PROTECT, null=True, blank=True, related_name="restoration"
    )
    legacy = models.BooleanField(_("存量"), default=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(
                fields=["object_id"], condition=Q(ended_at__isnull=True), name="publication_open_object"
            ),
            models.UniqueConstraint(
                fields=["site", "path"], condition=Q(ended_at__isnull=True), name="publication_open_path"
            ),
        ]
        indexes = [
            models.Index(fields=["object_id", "-id"], name="publication_pub_object"),
            models.Index(fields=["site", "path", "-id"], name="publication_pub_path"),
            models.Index(
                fields=["expire_at"],
                condition=Q(ended_at__isnull=True, expire_at__isnull=False),
                name="publication_expiring",
            ),
            models.Index(
                fields=["unit_id", "-first_published_at", "-id"],
                condition=Q(ended_at__isnull=True),
                name="publication_pub_unit",
            ),
            models.Index(
                fields=["kind", "-first_published_at", "-id"],
                condition=Q(ended_at__isnull=True),
                name="publication_pub_kind",
            ),
            models.Index(
                fields=["column"], condition=Q(ended_at__isnull=True), name="publication_pub_column"
            ),
            models.Index(
                fields=["parent"], condition=Q(ended_at__isnull=True), name="publication_pub_parent"
            ),
            models.Index(
                fields=["section"], condition=Q(ended_at__isnull=True), name="publication_pub_section"
            ),
        ]

    def __str__(self):
        return f"{self.pk} {self.path}"

    @property
    def is_open(self):
        return self.ended_at is None


class TakeDown(models.Model):
    """立即下线: at once, with a neutral public reason; the approver ratifies or restores within a day."""

    class Outcome(models.TextChoices):
        RATIFIED = "ratified", "追认"
        RESTORED = "restored", "恢复发布"

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="take_down")
    by = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    post = models.CharField(max_length=30)
    delegation_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField(db_default=Now())
    reason_code = models.CharField(max_length=40)
    remark = models.TextField(blank=True)
    ratify_due = models.DateTimeField(db_index=True)
    decided_by = models.BigIntegerField(null=True, blank=True)
    decided_unit_id = models.BigIntegerField(null=True, blank=True)
    decided_post = models.CharField(max_length=30, blank=True, default="")
    decided_delegation_id = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Outcome, blank=True, default="")
    decision_remark = models.TextField(blank=True, default="")

    class Meta:
        default_permissions = ()
        verbose_name = _("take-down")
        verbose_name_plural = _("take-downs")

    def __str__(self):
        return f"{self.publication_id} {self.reason_code}"


class AllottedPath(models.Model):
    """An address is given once and stays, whatever happens to columns and names."""

    object_id = models.UUIDField(unique=True)
    site = models.CharField(max_length=50, default="portal")
    path = models.CharField(max_length=255)
    allotted_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="publication_path_once")]

    def __str__(self):
        return self.path
