from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from desk import panels as desk_panels
from desk import urls
from desk.plan_view import TITLE


@hooks.register("register_admin_urls")
def desk_urls():
    return [path("desk/", include(urls))]


@hooks.register("register_reports_menu_item")
def plan_item():
    return MenuItem(TITLE, reverse("desk:plan"), name="plan", icon_name="calendar-alt")


@hooks.register("construct_homepage_panels")
def homepage_panels(request, panels):
    desk_panels.replace_panels(panels)


@hooks.register("insert_global_admin_css")
def desk_css():
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("insert_global_admin_js")
def keep_js():
    """On every page of the admin: it listens to the forms of editor and review only."""
    return render_to_string("desk/keep.html")
