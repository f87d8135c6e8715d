"""Photographs: where they were taken and by whom (Exif, XMP)."""

import io
import re

from PIL import ExifTags, Image, UnidentifiedImageError

from checks.files.archives import Hostile
from checks.files.inspection import Inspection

PERSONAL = (ExifTags.Base.Artist, ExifTags.Base.Copyright, ExifTags.Base.XPAuthor, ExifTags.Base.HostComputer,
            ExifTags.Base.Make, ExifTags.Base.Model, ExifTags.Base.BodySerialNumber, ExifTags.Base.CameraOwnerName)  # fmt: skip
XMP_PLACE = re.compile(rb"exif:GPSL(?:at|ong)itude")


def read(data: bytes, inspection: Inspection) -> None:
    exif = exif_of(data)
    if place(exif) or XMP_PLACE.search(data):
        inspection.found("file.location")
    if any(exif.get(tag) for tag in PERSONAL):
        inspection.found("file.camera")


def exif_of(data: bytes):
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.getexif()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Hostile("broken", type(error).__name__) from error


def place(exif) -> bool:
    fields = exif.get_ifd(ExifTags.IFD.GPSInfo)
    return ExifTags.GPS.GPSLatitude in fields or ExifTags.GPS.GPSLongitude in fields


def has_location(data: bytes) -> bool:
    try:
        return place(exif_of(data)) or bool(XMP_PLACE.search(data))
    except Hostile:
        return False
