from django.urls import include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from mailbox import handling, views


@hooks.register("register_admin_urls")
def mailbox_urls():
    return [path("mailbox/", include(views))]


class HandlersItem(MenuItem):
    def is_shown(self, request):
        return handling.handles(request.user)


@hooks.register("register_admin_menu_item")
def mailbox_menu():
    return HandlersItem(
        views.TITLE, reverse_lazy("mailbox:index"), name="mailbox", icon_name="comment", order=36
    )
