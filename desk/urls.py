"""Under /admin/desk/."""

from django.urls import path

from desk import views

app_name = "desk"

urlpatterns = [path("present/", views.present, name="present")]
