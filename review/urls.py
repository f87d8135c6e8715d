"""Screens of the review inside Wagtail's admin, under /admin/review/."""

from django.urls import path

from review.views import (
    chain,
    checks,
    evidence,
    files,
    inbox,
    paper_files,
    papers,
    reviewing,
    submitting,
    takedown,
)

app_name = "review"

urlpatterns = [
    path("", inbox.WaitingView.as_view(), name="inbox"),
    path("results/", inbox.WaitingView.as_view(results_only=True), name="inbox_results"),
    path("done/", inbox.DoneView.as_view(), name="done"),
    path("done/results/", inbox.DoneView.as_view(results_only=True), name="done_results"),
    path("mine/", inbox.MineView.as_view(), name="mine"),
    path("mine/results/", inbox.MineView.as_view(results_only=True), name="mine_results"),
    path("submit/<int:page_id>/", submitting.SubmitView.as_view(), name="submit"),
    path("checks/<int:page_id>/", checks.ChecksView.as_view(), name="checks"),
    path("evidence/<int:pk>/", evidence.evidence_file, name="evidence"),
    path("page/<int:page_id>/", chain.page_chain, name="page_chain"),
    path("online/", takedown.OnlineView.as_view(), name="online"),
    path("online/results/", takedown.OnlineView.as_view(results_only=True), name="online_results"),
    path("online/<int:pk>/take-down/", takedown.TakeDownView.as_view(), name="take_down"),
    path("taken-down/", takedown.TakenDownView.as_view(), name="taken_down"),
    path("taken-down/<int:pk>/", takedown.DecideView.as_view(), name="decide"),
    path("<uuid:pk>/", reviewing.ReviewView.as_view(), name="review"),
    path("<uuid:pk>/withdraw/", reviewing.WithdrawView.as_view(), name="withdraw"),
    path("<uuid:pk>/undo-withdrawal/", reviewing.UndoWithdrawalView.as_view(), name="undo_withdrawal"),
    path("<uuid:pk>/chain/", chain.ChainView.as_view(), name="chain"),
    path("<uuid:pk>/document/", files.document, name="document"),
    path("<uuid:pk>/file/<str:sha256>/", files.private_file, name="file"),
    path("<uuid:pk>/file/<str:sha256>/page/<int:number>.png", files.pdf_page, name="pdf_page"),
    path("<uuid:pk>/paper/", papers.PapersView.as_view(), name="papers"),
    path("<uuid:pk>/paper/sheet.pdf", paper_files.sheet_pdf, name="paper_sheet"),
    path("<uuid:pk>/paper/<int:position>/<int:person>/", papers.EnterView.as_view(), name="enter_paper"),
    path("paper/", papers.WaitingPapersView.as_view(), name="waiting_papers"),
    path("paper/<int:pk>/", papers.VerifyView.as_view(), name="verify_paper"),
    path("paper/<int:pk>/scan/", paper_files.scan, name="paper_scan"),
    path("paper/<int:pk>/scan/<int:number>.png", paper_files.scan_page, name="paper_scan_page"),
    path("signature/<int:pk>/disown/", chain.DisownView.as_view(), name="disown"),
]
