"""Images and files of another unit are out of reach; uploads are judged (Articles 3 and 17)."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from home.models import PortalDocument, PortalImage, UnitLibrary
from tests.editing import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.article("17")]


def picture_of(unit, title):
    data = io.BytesIO()
    Image.new("RGB", (20 + len(title), 20), "blue").save(data, "PNG")
    return PortalImage.objects.create(
        title=title,
        collection=UnitLibrary.objects.get(unit=unit).collection,
        file=ContentFile(data.getvalue(), name="p.png"),
    )


def paper_of(unit, title):
    return PortalDocument.objects.create(
        title=title,
        collection=UnitLibrary.objects.get(unit=unit).collection,
        file=ContentFile(f"%PDF-1 {title}".encode(), name="p.pdf"),
    )


def test_images_of_another_unit_are_out_of_reach(made, author):
    mine, theirs = (picture_of(made.units[name], f"{name}-picture") for name in ("water", "jiuzhou"))
    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:choose_results"),
    ):
        text = text_of(author.get(address))
        assert "water-picture" in text
        assert "jiuzhou-picture" not in text
    for name in ("edit", "delete", "image_usage", "url_generator"):
        assert author.get(reverse(f"wagtailimages:{name}", args=[theirs.pk])).status_code == 403
    assert author.get(reverse("wagtailimages_chooser:chosen", args=[theirs.pk])).status_code == 403
    assert author.get(mine.file.url).status_code == 200
    assert author.get(theirs.file.url).status_code in {302, 403}
    assert author.get(theirs.get_rendition("max-165x165").url).status_code in {302, 403}


def test_files_of_another_unit_are_out_of_reach(made, author, client):
    mine, theirs = (paper_of(made.units[name], f"{name}-paper") for name in ("water", "jiuzhou"))
    text = text_of(author.get(reverse("wagtaildocs:index")))
    assert "water-paper" in text
    assert "jiuzhou-paper" not in text
    assert author.get(reverse("wagtaildocs:edit", args=[theirs.pk])).status_code == 403
    assert author.get(mine.url).status_code == 200
    assert author.get(theirs.url).status_code == 403
    client.logout()
    assert client.get(mine.url).status_code in {302, 403}


def test_the_api_of_the_admin_lists_ones_own_files_only(made, author):
    picture_of(made.units["jiuzhou"], "jiuzhou-picture")
    paper_of(made.units["jiuzhou"], "jiuzhou-paper")
    for kind in ("images", "documents"):
        response = author.get(f"/admin/api/main/{kind}/")
        assert "jiuzhou" not in text_of(response)


def test_uploads_are_judged_and_go_to_ones_own_library(made, author):
    own = UnitLibrary.objects.get(unit=made.units["water"]).collection
    foreign = UnitLibrary.objects.get(unit=made.units["jiuzhou"]).collection
    address = reverse("wagtaildocs:add")

    def upload(name, content, collection):
        file = SimpleUploadedFile(name, content)
        return author.post(address, {"title": "文", "file": file, "collection": collection.pk})

    assert upload("空.pdf", b"", own).status_code == 200
    assert upload("坏.pdf", b"MZ", own).status_code == 200
    assert upload("脚本.svg", b"<svg/>", own).status_code == 200
    assert not PortalDocument.objects.exists()
    upload("好.pdf", b"%PDF-1.7", own)
    assert PortalDocument.objects.get().unit == made.units["water"]
    upload("他.pdf", b"%PDF-1.7", foreign)
    assert not PortalDocument.objects.filter(collection=foreign).exists()


@pytest.mark.article("5")
def test_the_government_office_sees_every_units_files_and_changes_none(made, enter):
    theirs, paper = (
        picture_of(made.units["jiuzhou"], "jiuzhou-picture"),
        paper_of(made.units["jiuzhou"], "jiuzhou-paper"),
    )
    reader = enter(made.who("gov", "reviewer"))
    assert reader.get(theirs.file.url).status_code == 200
    assert reader.get(paper.url).status_code == 200
    assert "jiuzhou-picture" in text_of(reader.get(reverse("wagtailimages_chooser:choose")))
    for name, args in (("wagtailimages:edit", theirs.pk), ("wagtaildocs:edit", paper.pk)):
        response = reader.post(reverse(name, args=[args]), {"title": "改名"})
        assert response.status_code in {302, 403}
    for name, args in (("wagtailimages:delete", theirs.pk), ("wagtaildocs:delete", paper.pk)):
        assert reader.post(reverse(name, args=[args])).status_code in {302, 403}
    theirs.refresh_from_db()
    assert theirs.title == "jiuzhou-picture"
    assert PortalDocument.objects.filter(pk=paper.pk, title="jiuzhou-paper").exists()
