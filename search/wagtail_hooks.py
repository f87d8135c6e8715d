from django.urls import path, reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from search.models import Synonym
from search.viewsets import AskedTermsView, SynonymPolicy, SynonymViewSet, is_office

lazy_url = lazy(lambda name: reverse(name), str)


class OfficeItem(MenuItem):
    """Shown to members of the e-gov office."""

    def is_shown(self, request):
        return is_office(request.user)


@hooks.register("register_admin_viewset")
def register_synonyms():
    register_permission_policy(Synonym, SynonymPolicy(Synonym))
    return SynonymViewSet()


@hooks.register("register_admin_urls")
def register_urls():
    view = AskedTermsView
    return [
        path("reports/search/", view.as_view(), name="search_asked"),
        path("reports/search/results/", view.as_view(results_only=True), name="search_asked_results"),
    ]


@hooks.register("register_reports_menu_item")
def register_report():
    return OfficeItem(
        _("What the public looks for"), lazy_url("search_asked"), name="search-asked", icon_name="search"
    )


@hooks.register("register_settings_menu_item")
def register_synonyms_item():
    return OfficeItem(
        _("Synonyms"), lazy_url("search_synonyms:index"), name="search-synonyms", icon_name="search"
    )
