"""Stamped sheets for tests: what a 专管人员 brings back, made through the services."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from secrecy import services
from secrecy.models import SecrecyRow
from tests import factories

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def picture(kind="JPEG", size=(120, 90), **options):
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, kind, **options)
    return out.getvalue()


def upload(content=None, name="盖章件.jpg"):
    return SimpleUploadedFile(name, picture() if content is None else content)


def stamp(case, who, **options):
    """生成审查表 and 上传盖章件."""
    sheet = services.form_sheet(case.pk, who)
    services.record_scan(sheet, who, upload(), **options)
    return sheet


def new_case(town, column, until="seal", author=None):
    """An item of the water bureau on its way, before this step."""
    page = factories.item(town, "water", column)
    case = factories.submit(page, author or town.who("water", "author"))
    return factories.advance_to(town, case, until)


def row_of(case):
    return SecrecyRow.objects.get(submission_id=case.pk)
