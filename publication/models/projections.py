"""What lists, navigation and the 410 page read. Filled by the database alone, in the publishing transaction."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publication.models.publications import Publication


class Listing(models.Model):
    """One row for each column above an open publication, and for the unit's subsite (performance: no sorting).

    Read by keyset on (column, published_at desc, id desc). `published_at` is the first publication's time.
    """

    column_object_id = models.UUIDField()
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="listings")
    object_id = models.UUIDField()
    published_at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    unit_id = models.BigIntegerField()
    site = models.CharField(max_length=50)
    path = models.CharField(max_length=255)
    title = models.TextField()
    date = models.DateField()
    legacy = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        indexes = [
            models.Index(
                fields=["column_object_id", "-published_at", "-id"], name="publication_listing_keyset"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["column_object_id", "publication"], name="publication_listing_once"
            )
        ]

    def __str__(self):
        return self.title


class ColumnCounter(models.Model):
    """How many publications a column lists, kept so that nobody counts."""

    column_object_id = models.UUIDField(primary_key=True)
    total = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.column_object_id}: {self.total}"


class Tombstone(models.Model):
    """An address where something was public and is no more: 410 with its neutral reason, never a title."""

    site = models.CharField(max_length=50)
    path = models.CharField(max_length=255)
    ended_at = models.DateTimeField()
    reason = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="publication_tombstone_once")]

    def __str__(self):
        return self.path
