"""Papers of Article 11 under /admin/personnel/."""

from django.urls import path

from personnel import papers

app_name = "personnel"

urlpatterns = [
    path("changes/<int:pk>/form.pdf", papers.filing_pdf, name="filing_pdf"),
    path("delegations/<int:pk>/authority.pdf", papers.delegation_pdf, name="delegation_pdf"),
]
