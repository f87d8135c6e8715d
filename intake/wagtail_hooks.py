from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from intake import services, urls


@hooks.register("register_admin_urls")
def intake_urls():
    return [path("intake/", include(urls))]


class DeskMenuItem(MenuItem):
    def is_shown(self, request):
        return services.may_take_in(request.user)


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
