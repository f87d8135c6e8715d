from django.template.loader import render_to_string
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from notices import urls
from notices.views import panel_context


@hooks.register("register_admin_urls")
def notices_urls():
    return [path("notices/", include(urls))]


@hooks.register("register_admin_menu_item")
def notices_menu():
    return MenuItem(
        gettext_lazy("Notices"), reverse_lazy("notices:index"), name="notices", icon_name="mail", order=15
    )


@hooks.register("register_case_panel")
def comments_panel(case, request):
    """What author and reviewers said to each other, on the review page and above the editor."""
    return render_to_string("notices/comments_panel.html", panel_context(case, request), request)
