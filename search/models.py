"""What is found: one row for each open publication, derived from its signed bytes by PostgreSQL alone."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from search.engines import on_server
from search.folding import simplified

SORTED_IN = {"fastupdate": True, "gin_pending_list_limit": 16384}


class SearchEntry(index.Indexed, models.Model):
    """An open publication as search sees it: folded words and their grams, nothing that is shown.

    What a result page shows comes from the publication itself. `publication_id` is a plain id: search stands below
    publication. `facets` hold the filters (`u:` unit, `c:` column, `k:` kind, `y:` year …) and the bucket `b:` of
    4,096 publications, by which the newest are looked through first (performance.md: capped counts).
    """

    publication_id = models.BigIntegerField(primary_key=True)
    object_id = models.UUIDField()
    kind = models.CharField(max_length=30)
    published_at = models.DateTimeField()
    title = models.TextField()
    number = models.TextField(default="")
    text = models.TextField()
    files = models.TextField(default="")
    facets = ArrayField(models.TextField())
    title_grams = SearchVectorField()
    grams = SearchVectorField()

    search_fields = [  # what a search server is told
        index.SearchField("heading"),
        index.SearchField("said"),
        index.FilterField("facets"),
        index.FilterField("published_at"),
        index.FilterField("publication_id"),
    ]

    class Meta:
        default_permissions = ()
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [
            # Pending for one statement only: whoever writes entries sorts them in at its end (migration 0007).
            GinIndex(fields=["grams", "facets"], name="search_entry_grams", **SORTED_IN),
            GinIndex(fields=["title_grams", "facets"], name="search_entry_titles", **SORTED_IN),
            models.Index(
                fields=["kind"], condition=models.Q(kind__in=["unit", "column"]), name="search_entry_places"
            ),
        ]

    def __str__(self):
        return f"{self.publication_id} {self.title}"

    @property
    def heading(self) -> str:
        return f"{self.title} {self.number}".strip()

    @property
    def said(self) -> str:
        return f"{self.text} {self.files}".strip()

    @classmethod
    def get_indexed_objects(cls):
        """For a search server; columns are places and are found by their own list (search/places.py)."""
        rows = cls.objects.defer("title_grams", "grams")
        return rows.exclude(kind="column") if on_server() else rows.none()


class FileText(models.Model):
    """Words of an approved file, read once for its digest. Found, never shown: nobody has signed this reading of it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=40, blank=True, default="")
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self):
        return self.sha256


class Synonym(models.Model):
    """Words of one meaning: whoever looks for one finds the others too (医保, 医疗保险).

    It changes what is found, never what is shown, so it is no publication (Article 18); every change is in the
    history with its author (Article 24).
    """

    words = models.CharField(
        _("words"), max_length=300, help_text=_("Words of one meaning, separated by commas: 医保，医疗保险")
    )
    active = models.BooleanField(_("in use"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        ordering = ["words"]
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self):
        return self.words

    def listed(self) -> list[str]:
        text = self.words
        for separator in "，、；;|/":
            text = text.replace(separator, ",")
        words = (simplified(word).strip() for word in text.split(","))
        return list(dict.fromkeys(word for word in words if word))

    def clean(self):
        found = self.listed()
        if len(found) < 2:
            raise ValidationError({"words": _("At least two words of one meaning, separated by commas.")})
        if any(len(word) < 2 or len(word) > 30 for word in found):
            raise ValidationError({"words": _("Each word has 2 to 30 characters.")})
        self.words = "，".join(found)


class AskedTerm(models.Model):
    """How often the public looked for something on a day. No person, no address, no minute; long numbers are masked.

    Written by the SQL function `search_note` alone, which the public role may call and whose rows it cannot read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField(_("day"))
    term = models.CharField(_("looked for"), max_length=40)
    times = models.PositiveIntegerField(_("times"), default=1)
    found = models.PositiveIntegerField(_("found"), default=0)

    class Meta:
        ordering = ["-day", "-times"]
        default_permissions = ("view",)
        verbose_name = _("asked term")
        verbose_name_plural = _("what the public looks for")
        constraints = [models.UniqueConstraint(fields=["day", "term"], name="search_asked_once")]
        indexes = [models.Index(fields=["-day", "-times"], name="search_asked_day")]

    def __str__(self):
        return f"{self.day} {self.term} {self.times}"
