"""Images and their renditions: of a unit, with a digest, in append-only private storage (Article 3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    get_rendition_upload_to,
    get_upload_to,
)

from home.storage import digest_of, private_storage
from home.uploads import validate_image


class PortalImage(AbstractImage):
    """An original. What the public gets is made from it when a submission is built and is named by digest there.

    ``description`` is the alternative text offered where the image is used; each use
    may word its own and that wording goes into the signed document.
    """

    file = WagtailImageField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        storage=private_storage,
        max_length=255,
        width_field="width",
        height_field="height",
        validators=[validate_image],
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

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args, **kwargs):
        note_file(self, kwargs)
        super().save(*args, **kwargs)


class Rendition(AbstractRendition):
    """A smaller copy, for the admin's lists or (spec ``plain-…``) for a submission's manifest."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")
    file = WagtailImageField(
        upload_to=get_rendition_upload_to,
        storage=private_storage,
        max_length=255,
        width_field="width",
        height_field="height",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="home_rendition_unique"
            )
        ]


def note_file(instance, save_kwargs):
    """Digest of a newly uploaded file and the unit whose library it is in, taken on every save."""
    if instance.file and not getattr(instance.file, "_committed", True):
        instance.sha256 = digest_of(instance.file.file)
    elif instance.file and not instance.sha256:
        with instance.open_file() as file:
            instance.sha256 = digest_of(file)
    shelf = getattr(instance.collection, "unit_library", None) if instance.collection_id else None
    instance.unit_id = shelf.unit_id if shelf else None
    fields = save_kwargs.get("update_fields")
    if fields is not None:
        save_kwargs["update_fields"] = {*fields, "sha256", "unit"}
