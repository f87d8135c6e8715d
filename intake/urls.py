"""Screens of 代为发布 inside Wagtail's admin, under /admin/intake/."""

from django.urls import path

from intake import package_views, views

app_name = "intake"

urlpatterns = [
    path("", views.IntakeIndexView.as_view(), name="index"),
    path("results/", views.IntakeIndexView.as_view(results_only=True), name="index_results"),
    path("unit/<int:unit>/", views.TakeInView.as_view(), name="take_in"),
    path("packages/", package_views.PackagesView.as_view(), name="packages"),
    path("packages/<int:pk>/", package_views.PackageView.as_view(), name="package"),
    path("packages/<int:pk>/file/", package_views.PackageFileView.as_view(), name="package_file"),
    path("offline/", package_views.own_offline_page, name="own_offline"),
    path("offline/<int:unit>/", package_views.offline_page, name="offline"),
    path("<int:pk>/", views.RecordView.as_view(), name="record"),
    path("<int:pk>/put-right/", views.PutRightView.as_view(), name="put_right"),
    path("<int:pk>/draft/", views.draft, name="draft"),
    path("<int:pk>/form/", views.FormScanView.as_view(), name="form_scan"),
]
