"""Rows 26 and 27: replaced files, other titles and focal points, uploads reached by their address."""

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import reverse

from home.models import PortalDocument, PortalImage
from tests.regulation.attempts import BACKEND, CODE, attempt, quietly
from tests.regulation.world import UNAPPROVED
from tests.secrecy_world import PDF, picture, upload

OTHER_PDF = PDF + f"%{UNAPPROVED}\n".encode()


@attempt(26)
def replace_by_the_screens(scene):
    image, document = scene.files["image"], scene.files["document"]
    collection = PortalImage.objects.get(pk=image).collection_id
    common = {"title": UNAPPROVED, "collection": collection, "tags": ""}
    focal = {"focal_point_x": 5, "focal_point_y": 5, "focal_point_width": 9, "focal_point_height": 9}
    data = (
        common | focal | {"description": UNAPPROVED, "file": upload(picture(size=(300, 300)), "network.jpg")}
    )
    scene.post("wagtailimages:edit", image, data=data)
    scene.post("wagtaildocs:edit", document, data=common | {"file": upload(OTHER_PDF, "timetable.pdf")})


@attempt(26)
def delete_by_the_screens(scene):
    scene.post("wagtailimages:delete", scene.files["image"])
    scene.post("wagtaildocs:delete", scene.files["document"])


@attempt(26)
def bulk_delete_by_the_screens(scene):
    for app, model in (("home", "portalimage"), ("home", "portaldocument")):
        query = f"?id={scene.files['image' if 'image' in model else 'document']}"
        scene.post("wagtail_bulk_action", app, model, "delete", query=query)


@attempt(26, by=CODE)
def replaced_as_code(scene):
    """The names and bytes behind the rows change; what was signed stands in the store under its own digest."""
    image, document = PortalImage.objects.get(), PortalDocument.objects.get(pk=scene.files["document"])
    with quietly():
        image.file = ImageFile(ContentFile(picture(size=(200, 200))), name="network.jpg")
        image.description = image.title = UNAPPROVED
        image.save()
    image.renditions.all().delete()
    image.get_rendition("width-100")
    with quietly():
        document.file, document.title = ContentFile(OTHER_PDF, name="timetable.pdf"), UNAPPROVED
        document.save()
    PortalDocument.objects.update(title=UNAPPROVED)
    PortalImage.objects.update(title=UNAPPROVED, description=UNAPPROVED, focal_point_x=1)
    with quietly():
        PortalDocument.objects.get(pk=scene.files["document"]).delete()


@attempt(27)
def upload_and_guess(scene):
    """Original, thumbnail of the admin's list, document: `guesses` tries each address of every row."""
    collection = PortalImage.objects.first().collection_id
    common = {"title": UNAPPROVED, "collection": collection, "tags": ""}
    scene.post("wagtailimages:add", data=common | {"file": upload(picture(size=(300, 200)), "new.jpg")})
    scene.post("wagtaildocs:add", data=common | {"file": upload(OTHER_PDF, "new.pdf")})
    scene.get("wagtailimages:index")
    scene.get("wagtaildocs:index")


@attempt(27, by=CODE)
def the_admin_process_asks_who_you_are(scene):
    """Nobody: sent to the log-in. Another unit's author: refused. Neither gets a byte."""
    image = PortalImage.objects.get()
    thumbnail = image.get_rendition("max-165x165")
    document = PortalDocument.objects.get(pk=scene.files["secret"])
    addresses = [
        reverse("portal_private_file", args=[image.file.name]),
        reverse("portal_private_file", args=[thumbnail.file.name]),
        reverse("portal_private_file", args=[document.file.name]),
        reverse("wagtaildocs_serve", args=[document.pk, document.filename]),
        reverse("wagtailimages:preview", args=[image.pk, "width-100"]),
    ]
    stranger = scene.browser()
    stranger.force_login(scene.town.who("jiuzhou", "author"), backend=BACKEND)
    for address in addresses:
        assert scene.browser(False).get(address).status_code == 302, address
        answer = stranger.get(address)
        assert answer.status_code == 403 or answer.headers.get("Location") == "/admin/", address
    assert scene.browser(False).get(f"/media/{document.file.name}").status_code == 404
