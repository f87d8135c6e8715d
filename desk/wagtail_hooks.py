from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from desk import panels as desk_panels


@hooks.register("construct_homepage_panels")
def homepage_panels(request, panels):
    desk_panels.replace_panels(panels)


@hooks.register("insert_global_admin_css")
def desk_css():
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))
