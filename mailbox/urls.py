"""Addresses of the public process; `home.furniture.urls.TAKEN` keeps columns off them."""

from mailbox import pages

from django.urls import path

urlpatterns = [
    path("mailbox/", pages.letter_form),
    path("mailbox/state/", pages.state),
]
