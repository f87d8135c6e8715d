from django.urls import include, path, reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ledger import urls

lazy_url = lazy(lambda name: reverse(name), str)


@hooks.register("register_admin_urls")
def register_urls():
    return [path("register/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item():
    return MenuItem(
        _("Review register"),
        lazy_url("ledger:register"),
        name="register",
        icon_name="clipboard-list",
        order=30,
    )
