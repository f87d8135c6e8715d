"""Under /admin/desk/."""

from django.urls import path

from desk import views
from desk.plan_view import PlanView

app_name = "desk"

urlpatterns = [
    path("present/", views.present, name="present"),
    path("plan/", PlanView.as_view(), name="plan"),
]
