from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from personnel import urls
from personnel.viewsets import ChangeFilingViewSet


@hooks.register("register_admin_urls")
def personnel_urls():
    return [path("personnel/", include(urls))]


@hooks.register("register_organisation_viewset")
def changes():
    return ChangeFilingViewSet


@hooks.register("insert_global_admin_css")
def personnel_css():
    return format_html('<link rel="stylesheet" href="{}">', static("personnel/personnel.css"))


@hooks.register("register_log_actions")
def register_log_actions(actions):
    """Lines of the history of a change of persons."""
    for action, label in {
        "file": _("Filed"),
        "receive": _("Received"),
        "give_back": _("Returned"),
        "hand_over": _("Handed over"),
    }.items():
        actions.register_action(f"personnel.{action}", label, label)
