from django.urls import include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from letters import handling, views


@hooks.register("register_admin_urls")
def letters_urls():
    return [path("disclosure/", include(views))]


class HandlersItem(MenuItem):
    def is_shown(self, request):
        return handling.handles(request.user)


@hooks.register("register_admin_menu_item")
def letters_menu():
    return HandlersItem(
        views.TITLE, reverse_lazy("letters:index"), name="disclosure", icon_name="mail", order=37
    )
