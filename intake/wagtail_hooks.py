from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from intake import services, urls
from organisation.authority import authorities_of
from organisation.policies import cached_rights
from organisation.rights import EGOV


@hooks.register("register_admin_urls")
def intake_urls():
    return [path("intake/", include(urls))]


class DeskMenuItem(MenuItem):
    """A member's rights are known to the menu already; only for somebody's delegate it has to ask."""

    def is_shown(self, request):
        if not any(authority.post in services.DESK for authority in authorities_of(request.user)):
            return False
        return EGOV in cached_rights(request.user) or services.may_take_in(request.user)


@hooks.register("register_admin_menu_item")
def intake_menu():
    return DeskMenuItem(
        "代为发布", reverse_lazy("intake:index"), name="intake", icon_name="download", order=35
    )


@hooks.register("register_help_menu_item")
def offline_form():
    return MenuItem(
        "离线报送表", reverse_lazy("intake:own_offline"), name="offline-form", icon_name="download"
    )


@hooks.register("insert_global_admin_css")
def intake_css():
    return format_html('<link rel="stylesheet" href="{}">', static("intake/intake.css"))
