"""Makes the photographs beside this script: `python -m tests.data.office.make_photos FOLDER`.

Each writes where it was taken in another way: a telephone's Exif (little-endian), a camera's (big-endian), an
editor's XMP alone; the last tells nothing. The place is a field in the sea.
"""

import io
import sys
from pathlib import Path

from PIL import ExifTags, Image

PLACE = {1: "N", 2: (21.0, 30.0, 15.0), 3: "E", 4: (112.0, 20.0, 40.0)}
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="21,30.25N" '
    b'exif:GPSLongitude="112,20.66E"/></rdf:RDF></x:xmpmeta>'
)


def main(folder: Path) -> None:
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
        print(name, (folder / name).stat().st_size)


def picture() -> Image.Image:
    return Image.linear_gradient("L").resize((160, 120)).convert("RGB")


def saved(**options) -> bytes:
    out = io.BytesIO()
    picture().save(out, "JPEG", quality=80, **options)
    return out.getvalue()


def exif(endian: str, **tags) -> Image.Exif:
    found = Image.Exif()
    found.endian = endian
    for name, value in tags.items():
        found[getattr(ExifTags.Base, name)] = value
    found[ExifTags.IFD.GPSInfo] = PLACE
    return found


FILES = {
    "41-telephone.jpg": lambda: saved(exif=exif("<", Make="Phone", Model="P1", Orientation=6)),
    "42-camera.jpg": lambda: saved(exif=exif(">", Make="Camera", Artist="某记者")),
    "43-editor.jpg": lambda: saved(xmp=XMP),
    "44-plain.jpg": saved,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]))
