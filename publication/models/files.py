"""Files by digest, and the side effects that follow a publication."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from publication.models.publications import Publication


class StoredFile(models.Model):
    """A file of the private store, under its SHA-256. Append-only: another content is another file."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=120)
    path = models.CharField(max_length=255)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self):
        return self.sha256


class PublicationAsset(models.Model):
    """A file that an open publication names, and so the only kind of file the public may fetch (Article 3)."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="assets")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["sha256", "name"], name="publication_asset_file")]
        constraints = [
            models.UniqueConstraint(fields=["publication", "sha256", "name"], name="publication_asset_once")
        ]

    def __str__(self):
        return self.name


class OutboxMessage(models.Model):
    """A side effect to carry out after the commit: files, caches, notices. Replayed until it is done."""

    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = _("outbox message")
        verbose_name_plural = _("outbox messages")
        indexes = [
            models.Index(fields=["id"], name="publication_outbox_open", condition=Q(done_at__isnull=True))
        ]

    def __str__(self):
        return f"{self.kind} {self.payload}"
