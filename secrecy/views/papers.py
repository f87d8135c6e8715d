"""The printed sheet and the seal's evidence as files: private, never guessed by digest, opened only with the sheet."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from publication.files import open_private
from regulation.refusals import Refusal
from review.views.files import MAX_PAGES, private_response, render_pdf_page
from secrecy import access
from secrecy.models import SealEvidence
from secrecy.services import keeping
from secrecy.views.screen import sheet_or_404


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "POST"])
def sheet_pdf(request, number):
    """Read by whoever may see the sheet. Whoever makes the paper prints it once; again only with a reason (POST)."""
    sheet = sheet_or_404(request.user, number)
    if sheet.unit_id in access.units_as(request.user, access.SEALER):
        try:
            keeping.record_print(sheet, request.user, request.POST.get("reason", ""))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("secrecy:sheet", number=sheet.number)
    return private_response(sheet.pdf_sha256, f"{sheet.number}.pdf", "application/pdf")


def _evidence(request, pk):
    evidence = get_object_or_404(SealEvidence.objects.select_related("sheet"), pk=pk)
    sheet_or_404(request.user, evidence.sheet.number)
    if not evidence.sha256:
        raise Http404
    return evidence


@cache_control(private=True, max_age=300)
def evidence(request, pk):
    found = _evidence(request, pk)
    return private_response(found.sha256, found.file_name, found.content_type)


@cache_control(private=True, max_age=300)
def evidence_page(request, pk, number):
    """One page of a scanned PDF as a picture, so that it is read on any phone."""
    found = _evidence(request, pk)
    if found.content_type != "application/pdf" or not 1 <= number <= MAX_PAGES:
        raise Http404
    try:
        with open_private(found.sha256) as file:
            picture = render_pdf_page(file.read(), number)
    except FileNotFoundError as error:
        raise Http404 from error
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")
