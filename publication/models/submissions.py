"""What is handed in: bytes that never change, and how a submission ends without being published."""

import uuid
from functools import cached_property

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from publication.documents import parse
from publication.models.expressions import digest_of, text_of


class Submission(models.Model):
    """One item exactly as handed in for review: what is signed is what is served (Article 14, chapeau).

    Keyed by plain ids: nothing in Wagtail's tables can reach in here. A *batch* is a submission of kind "batch"
    whose document lists the digests of its items (Article 25: older content is signed for once, as 存量).
    """

    class Medium(models.TextChoices):
        ONLINE = "online", _("online")
        PAPER = "paper", _("on paper")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    object_id = models.UUIDField(_("identity of the item"))
    page_id = models.BigIntegerField(_("page"))
    page_type = models.CharField(_("page type"), max_length=80)
    revision_id = models.BigIntegerField(_("revision"), null=True)
    site = models.CharField(_("site"), max_length=50, default="portal")
    path = models.CharField(_("address"), max_length=255)
    unit_id = models.BigIntegerField(_("source unit"))
    author_id = models.BigIntegerField(_("author"))
    route = models.CharField(_("route"), max_length=20)
    variant = models.CharField(_("variant"), max_length=20, blank=True, default="")
    route_version = models.PositiveIntegerField(_("version of the route"))
    restricted = models.BooleanField(_("restricted"), default=False)
    document = models.BinaryField(_("document"))
    digest = digest_of("document")
    title = text_of("document", "title")
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", db_index=False
    )
    batch = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="members")
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    expire_at = models.DateTimeField(_("take off at"), null=True, blank=True)
    bundle_id = models.UUIDField(_("bundle"), null=True, blank=True)
    created_at = models.DateTimeField(_("submitted at"), db_default=Now())

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        indexes = [
            models.Index(fields=["object_id", "-created_at"], name="publication_sub_object"),
            models.Index(
                fields=["bundle_id"],
                name="publication_sub_bundle",
                condition=models.Q(bundle_id__isnull=False),
            ),
            models.Index(
                fields=["expire_at"],
                name="publication_sub_expiry",
                condition=models.Q(expire_at__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.id)

    @cached_property
    def said(self) -> dict:
        """The document, read once; whoever wants to change it takes a copy."""
        return parse(self.document)


class BatchItem(models.Model):
    """The digests that a batch's document lists; written by the database when the batch is handed in."""

    batch = models.ForeignKey(Submission, models.PROTECT, related_name="listed", db_index=False)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "digest"], name="publication_batchitem_once")]

    def __str__(self):
        return self.digest


class SubmissionEnd(models.Model):
    """A submission that will not be published. Final: after it nothing is signed and nothing published."""

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn by the author")
        RETURNED = "returned", _("returned")
        ESCALATED = "escalated", _("moved to the emergency route")
        REFUSED = "refused", _("refused")
        QUARANTINED = "quarantined", _("sealed off")
        ON_REQUEST = "on_request", _("provided on request only")
        OTHER_FORM = "other_form", _("published in another form")
        CHANGED = "changed", _("replaced by changed content")
        EXPIRED = "expired", _("no longer of use")

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="end")
    kind = models.CharField(max_length=20, choices=Kind)
    by = models.BigIntegerField(_("person"), null=True)
    at = models.DateTimeField(_("time"), db_default=Now())
    reason_code = models.CharField(_("reason"), max_length=40, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("end of a submission")
        verbose_name_plural = _("ends of submissions")

    def __str__(self):
        return f"{self.submission_id} {self.kind}"
