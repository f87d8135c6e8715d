"""URLs of the public process."""

from django.urls import path, re_path

from publication import searching, views

urlpatterns = [
    path("-/healthy", views.healthy),
    path("search/", searching.results, name="public_search"),
    path("search/suggest", searching.suggest, name="public_suggest"),
    re_path(
        r"^files/(?P<prefix>[0-9a-f]{2})/(?P<sha256>[0-9a-f]{64})/(?P<name>[^/]+)$",
        views.public_file,
        name="public_file",
    ),
    path("", views.serve),
    path("<path:path>", views.serve, name="public_page"),
]
