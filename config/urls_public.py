"""URLs of the public process: publications and the files they name. No admin, no API."""

from django.urls import include, path

urlpatterns = [path("", include("publication.urls"))]
