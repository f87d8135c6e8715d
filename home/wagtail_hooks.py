"""Wagtail's extension points that the portal's pages and files use."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.urls import path
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.image_operations import PlainOperation
from home.models import PortalDocument, PortalImage, Rendition
from home.uploads import content_type_of
from secrecy.access import hidden_files

ACTIONS = ["change", "choose"]


@hooks.register("register_image_operations")
def image_operations():
    return [("plain", PlainOperation)]


@hooks.register("construct_page_chooser_queryset")
def own_pages_only(pages, request):
    """Authors choose among what they may see; links to other pages are made with their public address."""
    explorable = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(pk__in=explorable.values("pk"))


@hooks.register("construct_image_chooser_queryset")
@hooks.register("construct_document_chooser_queryset")
@hooks.register("construct_image_index_queryset")
@hooks.register("construct_document_index_queryset")
def without_sealed_files(files, request):
    """What belongs to a sealed-away item is nobody's material (Article 13)."""
    sealed = hidden_files(request.user)
    return files.exclude(sha256__in=sealed) if sealed else files


def may_open(user, thing) -> bool:
    """Whether an original may be shown to this person: it is in his library and not sealed away."""
    policy = policy_registry.get_by_type(type(thing))
    allowed = policy.user_has_any_permission_for_instance(user, ACTIONS, thing)
    return allowed and thing.sha256 not in hidden_files(user)


@hooks.register("before_serve_document")
def own_documents_only(document, request):
    """Wagtail serves documents to anybody who knows the address (documents/views/serve.py)."""
    if not request.user.is_authenticated or not may_open(request.user, document):
        raise PermissionDenied


@hooks.register("register_admin_urls")
def private_files():
    return [path("library/<path:name>", private_file, name="portal_private_file")]


def private_file(request, name):
    """An original or a thumbnail of the private store, for the admin's own screens."""
    thing, file = find(name)
    if not may_open(request.user, thing):
        raise PermissionDenied
    response = FileResponse(file.open("rb"), content_type=content_type_of(name))
    response["Cache-Control"] = "private, max-age=600"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def find(name):
    if rendition := Rendition.objects.filter(file=name).select_related("image__collection").first():
        return rendition.image, rendition.file
    for model in (PortalImage, PortalDocument):
        if thing := model.objects.filter(file=name).select_related("collection").first():
            return thing, thing.file
    raise Http404
