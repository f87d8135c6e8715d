from django.urls import path

from conversion import attaching, papers, views

app_name = "conversion"
urlpatterns = [
    path("", views.start, name="start"),
    path("paper/<int:page_id>/", papers.draft_paper, name="paper"),
    path("paper/<uuid:pk>/", papers.case_paper, name="case_paper"),
    path("files/<int:page_id>/", attaching.AttachView.as_view(), name="attach"),
    path("pasted/", views.pasted, name="pasted"),
    path("new/<int:parent_id>/", views.NewView.as_view(), name="new"),
    path("into/<int:page_id>/", views.IntoView.as_view(), name="into"),
    path("finish/<int:page_id>/", views.FinishView.as_view(), name="finish"),
]
