"""Addresses of the public process for what the public writes; `home.furniture.urls.TAKEN` keeps columns off them."""

from django.urls import path

from letters import pages

urlpatterns = [
    path("disclosure/", pages.request_form),
    path("disclosure/state/", pages.state),
]
