"""Wagtail's extension points that the portal's pages and files use."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home import versions
from home.addresses import with_public_path  # noqa: F401 (registers itself)
from home.api import ACTIONS, OwnDocumentsAPIViewSet, OwnImagesAPIViewSet, OwnPagesAPIViewSet
from home.image_operations import PlainOperation
from home.models import PortalDocument, PortalImage, Rendition
from home.models.articles import ArticlePage
from home.permission_policies import files_hidden_from
from home.uploads import content_type_of


@hooks.register("register_image_operations")
def image_operations():
    return [("plain", PlainOperation)]


@hooks.register("insert_global_admin_css", order=-10)
def console_css():
    return format_html('<link rel="stylesheet" href="{}">', static("console/console.css"))


@hooks.register("construct_help_menu")
def no_help_elsewhere(request, items):
    """Wagtail's guide and news lie on foreign sites and speak of buttons that nobody has here."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]


@hooks.register("construct_reports_menu")
def no_report_across_units(request, items):
    """What home/walls.py keeps closed is not on the menu."""
    items[:] = [item for item in items if item.name != "page-types-usage"]


@hooks.register("construct_homepage_summary_items", order=1000)
def no_site_summary(request, items):
    """Counts of the whole site say nothing about one's own work; desk/landing.py shows that."""
    items.clear()


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
    sealed = files_hidden_from(request.user)
    return files.exclude(sha256__in=sealed) if sealed else files


@hooks.register("construct_admin_api", order=100)
def own_admin_api(router):
    router.register_endpoint("pages", OwnPagesAPIViewSet)
    router.register_endpoint("images", OwnImagesAPIViewSet)
    router.register_endpoint("documents", OwnDocumentsAPIViewSet)


def may_open(user, thing) -> bool:
    """Whether an original may be shown to this person: it is in his library and not sealed away."""
    policy = policy_registry.get_by_type(type(thing))
    return policy.user_has_any_permission_for_instance(user, ACTIONS, thing)


@hooks.register("before_serve_document")
def own_documents_only(document, request):
    """Wagtail serves documents to anybody who knows the address (documents/views/serve.py)."""
    if not request.user.is_authenticated or not may_open(request.user, document):
        raise PermissionDenied


@hooks.register("register_admin_urls")
def private_files():
    return [
        path("library/<path:name>", private_file, name="portal_private_file"),
        path("versions/<int:page_id>/", versions.VersionsView.as_view(), name="portal_versions"),
        path("versions/<int:page_id>/copy/", versions.CopyView.as_view(), name="portal_copy"),
        path("versions/<int:page_id>/template/", versions.TemplateView.as_view(), name="portal_template"),
    ]


@hooks.register("register_page_header_buttons")
def version_buttons(page, user, view_name, next_url=None):
    if view_name == "edit" and isinstance(page, ArticlePage):
        yield Button(
            _("Compare versions"), reverse("portal_versions", args=[page.pk]), icon_name="history", priority=7
        )
        if page.get_parent().permissions_for_user(user).can_add_subpage():
            yield Button(
                _("Copy as a new draft"), reverse("portal_copy", args=[page.pk]), icon_name="copy", priority=8
            )


@hooks.register("register_page_header_buttons")
def template_button(page, user, view_name, next_url=None):
    if view_name == "edit" and isinstance(page, ArticlePage) and page.permissions_for_user(user).can_edit():
        address = reverse("portal_template", args=[page.pk])
        yield Button(_("Template for the column"), address, icon_name="doc-full-inverse", priority=9)


@hooks.register("register_page_listing_more_buttons")
def copy_listing_button(page, user, next_url=None):
    if issubclass(page.specific_class or object, ArticlePage):
        yield ListingButton(
            _("Copy as a new draft"), reverse("portal_copy", args=[page.pk]), icon_name="copy", priority=62
        )


def private_file(request, name):
    """An original or a thumbnail of the private store, for the admin's own screens."""
    found = list(candidates(name))
    if not found:
        raise Http404
    file = next((file for thing, file in found if may_open(request.user, thing)), None)
    if file is None:
        raise PermissionDenied
    response = FileResponse(file.open("rb"), content_type=content_type_of(name))
    response["Cache-Control"] = "private, max-age=600"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def candidates(name):
    """The same bytes may lie in several units' libraries; whoever has one of them may open it."""
    for rendition in Rendition.objects.filter(file=name).select_related("image__collection"):
        yield rendition.image, rendition.file
    for model in (PortalImage, PortalDocument):
        for thing in model.objects.filter(file=name).select_related("collection"):
            yield thing, thing.file
