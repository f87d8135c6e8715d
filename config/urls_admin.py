"""URLs of the admin process. Everything here is behind log-in (LoginRequiredMiddleware).

Wagtail's page serving and its APIs are not mounted: what the public reads is served by
the other process, from publications.
"""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="wagtailadmin_home"), name="admin_root"),
    path("admin/", include("organisation.urls")),  # before Wagtail, two of whose pages it replaces
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
