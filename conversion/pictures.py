"""Pictures out of a file into the library of the unit, where the same picture is kept once (Articles 3, 17)."""

import hashlib
import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image

from conversion.pieces import Picture
from home import uploads
from home.models import PortalImage, UnitLibrary

CONVERTED = {"bmp", "tiff"}  # printing formats that browsers do not show
BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def keep(picture: Picture, unit, user, title: str) -> PortalImage:
    """Raises ValidationError with one sentence for what the library does not take."""
    library = UnitLibrary.objects.select_related("collection").get(unit=unit).collection
    data, ending = converted(picture)
    known = PortalImage.objects.filter(collection=library, sha256=hashlib.sha256(data).hexdigest()).first()
    if known is not None:
        return known
    file = ContentFile(data, name=f"{hashlib.sha256(data).hexdigest()[:12]}.{ending}")
    uploads.check(file, ("image",))
    kept = PortalImage(
        title=title[:255], file=file, description=picture.alt, collection=library, uploaded_by_user=user
    )
    try:
        kept.save()
    except BROKEN as error:
        raise broken() from error
    return kept


def converted(picture: Picture) -> tuple[bytes, str]:
    if picture.ending not in CONVERTED:
        return picture.data, picture.ending
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(picture.data)) as image:
            image.convert("RGB").save(out, "PNG")
    except BROKEN as error:
        raise broken() from error
    return out.getvalue(), "png"


def broken() -> ValidationError:
    return ValidationError(_("A picture is damaged and was not taken over."), code="broken")
