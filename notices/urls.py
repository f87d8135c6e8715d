"""Under /admin/notices/."""

from django.urls import path

from notices import views

app_name = "notices"

urlpatterns = [
    path("", views.NoticesView.as_view(), name="index"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("comments/<uuid:pk>/", views.CommentView.as_view(), name="comment"),
]
