"""Screens of the secrecy form inside Wagtail's admin, under /admin/secrecy/."""

from datetime import date

from django.urls import path, register_converter

from secrecy.views import body, days, destruction, keeping, papers, rows, sealing, sheets

app_name = "secrecy"


class IsoDate:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value):
        return date.fromisoformat(value)  # ValueError: no such page

    def to_url(self, value):
        return value.isoformat()


register_converter(IsoDate, "isodate")

urlpatterns = [
    path("sheets/", sheets.SheetIndexView.as_view(), name="sheets"),
    path("sheets/results/", sheets.SheetIndexView.as_view(results_only=True), name="sheets_results"),
    path("sheets/<str:number>/", sheets.SheetView.as_view(), name="sheet"),
    path("sheets/<str:number>/sheet.pdf", papers.sheet_pdf, name="sheet_pdf"),
    path("sheets/<str:number>/upload/", sealing.UploadView.as_view(), name="upload"),
    path("sheets/<str:number>/electronic/", sealing.ElectronicSealView.as_view(), name="electronic"),
    path("sheets/<str:number>/custody/", keeping.CustodyView.as_view(), name="custody"),
    path("rows/", rows.RowIndexView.as_view(), name="rows"),
    path("rows/results/", rows.RowIndexView.as_view(results_only=True), name="rows_results"),
    path("rows/offweb/", rows.OffwebView.as_view(), name="offweb"),
    path("rows/<int:pk>/", rows.RowView.as_view(), name="row"),
    path("days/", days.today, name="today"),
    path("days/<int:unit>/<isodate:day>/", days.DayView.as_view(), name="day"),
    path("days/<int:unit>/<isodate:day>/sheets.pdf", days.PrintDayView.as_view(), name="day_pdf"),
    path("seal/", sealing.WorklistView.as_view(), name="worklist"),
    path("seal/<uuid:pk>/form-sheet/", sealing.FormSheetView.as_view(), name="form_sheet"),
    path("seal/row/<int:row>/form-sheet/", sealing.FormRowSheetView.as_view(), name="form_row_sheet"),
    path("evidence/<int:pk>/", papers.evidence, name="evidence"),
    path("evidence/<int:pk>/<int:number>.png", papers.evidence_page, name="evidence_page"),
    path("body/", body.BodyView.as_view(), name="body"),
    path("body/referral/<int:pk>/", body.ConcludeView.as_view(), name="conclude"),
    path("body/quarantine/<int:pk>/", body.QuarantineView.as_view(), name="quarantine"),
    path("destructions/", destruction.DestructionsView.as_view(), name="destructions"),
    path("destructions/<int:pk>/", destruction.DestructionView.as_view(), name="destruction"),
]
