from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from organisation.authority import authorities_of
from organisation.posts import CODES
from secrecy import access, labels, urls
from secrecy.waiting import WaitingPanel


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


@hooks.register("construct_homepage_panels", order=10)
def waiting_panel(request, panels):
    panels.append(WaitingPanel())


@hooks.register("register_admin_menu_item")
def secrecy_menu():
    items = [
        PostMenuItem(
            "待盖章", reverse_lazy("secrecy:worklist"), icon_name="edit", order=10, posts=[access.SEALER]
        ),
        PostMenuItem(labels.TITLE, reverse_lazy("secrecy:sheets"), icon_name="list-ul", order=20),
        PostMenuItem("保密审查登记", reverse_lazy("secrecy:rows"), icon_name="clipboard-list", order=22),
        PostMenuItem("每日审查表", reverse_lazy("secrecy:today"), icon_name="calendar", order=24),
        PostMenuItem(
            "保密工作机构", reverse_lazy("secrecy:body"), icon_name="lock", order=30, posts=[access.BODY]
        ),
        PostMenuItem(
            "封存销毁",
            reverse_lazy("secrecy:destructions"),
            icon_name="bin",
            order=40,
            posts=set(CODES) - {"author"},
        ),
    ]
    return SubmenuMenuItem("保密审查", Menu(items=items), name="secrecy", icon_name="lock", order=30)
