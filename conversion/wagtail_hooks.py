"""Where authors find the import: in the menu, at their unit's page, above the editor, and where an item is made."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button, ListingButton

from conversion import urls
from home.models.articles import ArticlePage
from organisation.authority import authorities_of
from review.visibility import visible_cases

lazy_url = lazy(lambda name: reverse(name), str)
LABEL = _("Import from Word")
PAPER = _("Export to Word")
AUTHOR = "author"


@hooks.register("register_admin_urls")
def conversion_urls():
    return [path("word/", include(urls))]


@hooks.register("insert_global_admin_css")
def css():
    return format_html('<link rel="stylesheet" href="{}">', static("conversion/conversion.css"))


@hooks.register("insert_editor_js")
def paste_js():
    return format_html(
        '<script src="{}" data-pasted="{}" data-table="{}"></script>',
        static("conversion/paste.js"),
        reverse("conversion:pasted"),
        _("Tables do not fit into text: use a table block, or import the file from Word."),
    )


class AuthorsMenuItem(MenuItem):
    def is_shown(self, request):
        return any(a.post == AUTHOR for a in authorities_of(request.user))


@hooks.register("register_admin_menu_item")
def menu_item():
    return AuthorsMenuItem(
        LABEL, lazy_url("conversion:start"), name="word-import", icon_name="upload", order=15
    )


@hooks.register("register_page_header_buttons")
def header_button(page, user, view_name, next_url=None):
    name = button_for(page, user, view_name)
    if name:
        yield Button(LABEL, url=reverse(name, args=[page.pk]), icon_name="upload", priority=3)


@hooks.register("register_page_header_buttons")
def attach_button(page, user, view_name, next_url=None):
    if button_for(page, user, view_name) == "conversion:into":
        yield Button(
            _("Add several attachments"),
            url=reverse("conversion:attach", args=[page.pk]),
            icon_name="doc-full",
            priority=3,
        )


@hooks.register("register_page_header_buttons")
def paper_header_button(page, user, view_name, next_url=None):
    if view_name == "edit" and isinstance(page, ArticlePage):
        yield Button(PAPER, url=paper_address(page, user), icon_name="download", priority=6)


@hooks.register("register_page_listing_more_buttons")
def paper_listing_button(page, user, next_url=None):
    if issubclass(page.specific_class or object, ArticlePage):
        yield ListingButton(
            PAPER, reverse("conversion:paper", args=[page.pk]), icon_name="download", priority=65
        )


def paper_address(page, user) -> str:
    """What is under review is printed as it was handed in, with its opinions; else the draft."""
    case = page.open_case
    if case and visible_cases(user).filter(pk=case.pk).exists():
        return reverse("conversion:case_paper", args=[case.pk])
    return reverse("conversion:paper", args=[page.pk])


def button_for(page, user, view_name) -> str:
    """The screen that the button leads to, where the person may use it."""
    if view_name == "edit" and isinstance(page, ArticlePage):
        allowed = page.permissions_for_user(user).can_edit() and not page.open_case
        return "conversion:into" if allowed else ""
    if view_name == "index" and takes_items(page):
        return "conversion:new" if page.permissions_for_user(user).can_add_subpage() else ""
    return ""


def takes_items(page) -> bool:
    model = page.specific_class
    return bool(model) and any(issubclass(m, ArticlePage) for m in model.creatable_subpage_models())
