"""Addresses of the public process; `home.furniture.urls.TAKEN` keeps columns off them."""

from django.urls import path

from mailbox import pages

urlpatterns = [
    path("mailbox/", pages.letter_form),
    path("mailbox/state/", pages.state),
]
