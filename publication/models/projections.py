"""What lists, navigation and the 410 page read. Filled by the database alone, in the publishing transaction."""

from django.contrib.postgres.fields import ArrayField
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
    # What a list shows besides the title (unit, summary, first picture …), so that no list opens a document.
    card = models.JSONField(null=True)

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        indexes = [
            models.Index(
                fields=["column_object_id", "-published_at", "-id"], name="publication_listing_keyset"
            ),
            models.Index(
                fields=["column_object_id", "unit_id", "-published_at", "-id"],
                name="publication_listing_unit",
            ),
            models.Index(
                fields=["column_object_id", "kind", "-published_at", "-id"], name="publication_listing_kind"
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


class FacetCounter(models.Model):
    """How many publications of a unit, a year and a kind a column lists: the choices beside a list, and their totals."""

    column_object_id = models.UUIDField()
    unit_id = models.BigIntegerField()
    year = models.SmallIntegerField()
    kind = models.CharField(max_length=30)
    total = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["column_object_id", "unit_id", "year", "kind"], name="publication_facet_once"
            )
        ]

    def __str__(self):
        return f"{self.column_object_id} {self.unit_id} {self.year} {self.kind}: {self.total}"


class PolicyEntry(models.Model):
    """The catalogue data of an open policy document, as its signed bytes say them (portal.md: policy page)."""

    publication = models.OneToOneField(
        Publication, models.PROTECT, primary_key=True, related_name="policy_entry"
    )
    object_id = models.UUIDField(unique=True)
    unit_id = models.BigIntegerField()
    title = models.TextField()
    path = models.CharField(max_length=255)
    index_number = models.TextField(default="")
    document_number = models.TextField(default="")
    issuer = models.TextField(default="")
    subject = models.TextField(default="")
    year = models.SmallIntegerField()
    formed_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    lapses_on = models.DateField(null=True)
    validity = models.CharField(max_length=10, default="")
    published_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-publication"], name="publication_policy_keyset"),
            models.Index(fields=["year", "-published_at", "-publication"], name="publication_policy_year"),
        ]

    def __str__(self):
        return self.title


class PolicyRelation(models.Model):
    """An open policy document repeals or amends another one, from a day on; both pages show it."""

    class Kind(models.TextChoices):
        REPEALS = "repeals", "废止"
        AMENDS = "amends", "修改"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="policy_relations")
    target = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=Kind)
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "target", "kind"], name="publication_policyrelation_once"
            )
        ]

    def __str__(self):
        return f"{self.publication_id} {self.kind} {self.target}"


class PastVersion(models.Model):
    """When a corrected text stood on the net: its times, never its words (the text was replaced for a reason)."""

    object_id = models.UUIDField(db_index=True)
    published_at = models.DateTimeField()
    ended_at = models.DateTimeField()

    def __str__(self):
        return f"{self.object_id} {self.published_at:%F} to {self.ended_at:%F}"


class Change(models.Model):
    """What an opening or a closing changed on the net, as tags of what pages show; the page cache follows it."""

    id = models.BigAutoField(primary_key=True)
    xact = models.CharField(max_length=20)
    tags = ArrayField(models.TextField())

    def __str__(self):
        return f"{self.pk}: {' '.join(self.tags)}"


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
