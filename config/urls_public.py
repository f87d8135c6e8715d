"""URLs of the public process: furniture, the forms of what the public writes, publications and the files they name. No admin, no API."""

from django.urls import include, path

urlpatterns = [
    path("", include("home.furniture.urls")),
    path("", include("letters.urls")),
    path("", include("mailbox.urls")),
    path("", include("publication.urls")),
]

handler404 = "publication.views.not_found"
handler500 = "publication.views.failed"
