"""Screens of the secrecy form inside Wagtail's admin, under /admin/secrecy/."""

from django.urls import path

from secrecy.views import body, papers, sealing, sheets

app_name = "secrecy"

urlpatterns = [
    path("sheets/", sheets.SheetIndexView.as_view(), name="sheets"),
    path("sheets/results/", sheets.SheetIndexView.as_view(results_only=True), name="sheets_results"),
    path("sheets/<str:number>/", sheets.SheetView.as_view(), name="sheet"),
    path("sheets/<str:number>/sheet.pdf", papers.sheet_pdf, name="sheet_pdf"),
    path("sheets/<str:number>/upload/", sealing.UploadView.as_view(), name="upload"),
    path("sheets/<str:number>/electronic/", sealing.ElectronicSealView.as_view(), name="electronic"),
    path("seal/", sealing.WorklistView.as_view(), name="worklist"),
    path("seal/<uuid:pk>/form-sheet/", sealing.FormSheetView.as_view(), name="form_sheet"),
    path("evidence/<int:pk>/", papers.evidence, name="evidence"),
    path("evidence/<int:pk>/<int:number>.png", papers.evidence_page, name="evidence_page"),
    path("body/", body.BodyView.as_view(), name="body"),
    path("body/referral/<int:pk>/", body.ConcludeView.as_view(), name="conclude"),
    path("body/quarantine/<int:pk>/", body.QuarantineView.as_view(), name="quarantine"),
]
