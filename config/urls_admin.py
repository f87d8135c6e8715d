"""URLs of the admin process. Everything here is behind log-in (LoginRequiredMiddleware).

Wagtail's page serving and its public APIs are not mounted: what the public reads is served
by the other process, from publications.
"""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.home import sprite
from wagtail.admin.views.i18n import localized_js_catalog
from wagtail.documents import urls as wagtaildocs_urls

# The log-in page needs its icons and its words before anybody is logged in.
log_in_page = [
    path("sprite/", login_not_required(sprite), name="wagtailadmin_sprite"),
    path("jsi18n/", login_not_required(localized_js_catalog), name="wagtailadmin_javascript_catalog"),
]

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="wagtailadmin_home"), name="admin_root"),
    path("admin/", include(log_in_page)),
    path("admin/", include("organisation.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
