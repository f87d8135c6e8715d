"""The stamped sheet of the demo: the real printed sheet, with a seal that says 演示 and nothing else, as a clerk's scan.

Every fourth sheet comes back as such a scan; the others carry the record of an electronic seal.
"""

import io
import math
import random

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pylopdf_fonts_zh_cn import serif_path

from publication.files import open_private
from secrecy import services

RED = (196, 32, 38)
EVERY = 4
SIZE = 300


class Sealer:
    """What a 专管人员 does at his step."""

    def __init__(self):
        self.sheets: set[int] = set()

    def seal(self, case, person) -> None:
        sheet = services.form_sheet(case.pk, person)
        if sheet.valid_evidence is not None:
            return
        self.sheets.add(sheet.pk)
        if len(self.sheets) % EVERY == 1:
            services.record_scan(sheet, person, self._scan(sheet, case))
        else:
            self._electronic(sheet, person, case)

    def _electronic(self, sheet, person, case) -> None:
        services.record_electronic_seal(
            sheet,
            person,
            seal_name=f"{case.unit.name}（演示电子印章）",
            seal_owner=case.unit.name,
            seal_unit=case.unit.name,
            key_serial=f"DEMO-{case.unit.pk:06d}",
            sealed_at=timezone.now(),
        )

    def _scan(self, sheet, case) -> SimpleUploadedFile:
        with open_private(sheet.pdf_sha256) as file:
            page = pypdfium2.PdfDocument(file.read())[0]
        paper = page.render(scale=1.6).to_pil().convert("RGB")
        stamp = _stamp()
        paper.paste(stamp, (int(paper.width * 0.13), int(paper.height * 0.02)), stamp)
        chance = random.Random(len(self.sheets))  # noqa: S311 (how crooked the paper lay)
        paper = paper.rotate(chance.uniform(-0.9, 0.9), expand=True, fillcolor=(236, 234, 228))
        content = io.BytesIO()
        paper.save(content, "JPEG", quality=80)
        return SimpleUploadedFile(f"{sheet.number}.jpg", content.getvalue(), "image/jpeg")


def _stamp() -> Image.Image:
    """A round seal with a star, plainly marked as not one."""
    image = Image.new("RGBA", (SIZE, SIZE))
    pen = ImageDraw.Draw(image)
    pen.ellipse((8, 8, SIZE - 8, SIZE - 8), outline=(*RED, 215), width=9)
    middle = SIZE / 2
    points = [
        (middle + radius * math.sin(n * math.pi / 5), middle - 18 - radius * math.cos(n * math.pi / 5))
        for n in range(10)
        for radius in [46 if n % 2 == 0 else 18]
    ]
    pen.polygon(points, fill=(*RED, 215))
    font = ImageFont.truetype(str(serif_path()), 38)
    pen.text((middle, SIZE - 84), "演示印章", font=font, fill=(*RED, 215), anchor="mm")
    return image.filter(ImageFilter.GaussianBlur(0.6))
