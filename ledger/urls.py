"""Screens of the register inside Wagtail's admin, under /admin/register/."""

from django.urls import path

from ledger import views

app_name = "ledger"

urlpatterns = [
    path("", views.RegisterView.as_view(), name="register"),
    path("results/", views.RegisterView.as_view(results_only=True), name="register_results"),
    path("<int:number>/", views.EntryView.as_view(), name="entry"),
]
