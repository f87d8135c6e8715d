"""Attachments, audio and video: of a unit, with a digest, in append-only private storage (Article 3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from home import uploads
from home.models.images import note_file
from home.storage import private_storage


class PortalDocument(AbstractDocument):
    """A file for download or playing. A replaced file is a new file; the old bytes stay."""

    file = models.FileField(
        upload_to="documents",
        verbose_name=_("file"),
        storage=private_storage,
        max_length=255,
        validators=[uploads.validate_document],
    )
    unit = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("unit"),
    )
    sha256 = models.CharField(max_length=64, editable=False, db_index=True, default="")

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def save(self, *args, **kwargs):
        note_file(self, kwargs)
        super().save(*args, **kwargs)

    def clean(self):
        """Wagtail names the ending of the file, also of one that was just refused and is not here."""
        if self.file:
            super().clean()

    @property
    def content_type(self):
        """From the table of accepted types, so that a file is never served as something it is not."""
        return uploads.content_type_of(self.filename)

    @property
    def group(self):
        """``document``, ``audio``, ``video`` or ``image``."""
        return uploads.group_of(self.filename)
