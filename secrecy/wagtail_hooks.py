from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from organisation.authority import authorities_of
from secrecy import access, labels, urls


@hooks.register("register_admin_urls")
def secrecy_urls():
    return [path("secrecy/", include(urls))]


@hooks.register("insert_global_admin_css")
def secrecy_css():
    return format_html('<link rel="stylesheet" href="{}">', static("secrecy/secrecy.css"))


class PostMenuItem(MenuItem):
    """Shown to whoever holds one of these posts; to any holder of a post where none is named."""

    def __init__(self, *args, posts=(), **kwargs):
        self.posts = frozenset(posts)
        super().__init__(*args, **kwargs)

    def is_shown(self, request):
        held = {authority.post for authority in authorities_of(request.user)}
        return bool(held & self.posts) if self.posts else bool(held)


@hooks.register("register_admin_menu_item")
def secrecy_menu():
    items = [
        PostMenuItem(
            "待盖章", reverse_lazy("secrecy:worklist"), icon_name="edit", order=10, posts=[access.SEALER]
        ),
        PostMenuItem(labels.TITLE, reverse_lazy("secrecy:sheets"), icon_name="list-ul", order=20),
        PostMenuItem(
            "保密工作机构", reverse_lazy("secrecy:body"), icon_name="lock", order=30, posts=[access.BODY]
        ),
    ]
    return SubmenuMenuItem("保密审查", Menu(items=items), name="secrecy", icon_name="lock", order=30)
