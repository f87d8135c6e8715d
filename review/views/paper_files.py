"""The sheet to be signed and the scan of the signed one, for those who may see the case."""

from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control

from publication.files import open_private
from review import approval_pdf
from review.views.access import case_or_404
from review.views.files import MAX_PAGES, private_response, render_pdf_page
from review.views.papers import PDF, paper_or_404


def sheet_pdf(request, pk):
    """信息发布纸质签批单 for printing."""
    case, _held = case_or_404(request.user, pk)
    response = HttpResponse(approval_pdf.render(case), content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="{case.pk}.pdf"'
    return response


@cache_control(private=True, max_age=300)
def scan(request, pk):
    paper, _case = paper_or_404(request.user, pk)
    return private_response(paper.sha256, paper.file_name, paper.content_type)


@cache_control(private=True, max_age=300)
def scan_page(request, pk, number):
    paper, _case = paper_or_404(request.user, pk)
    if paper.content_type != PDF or not 1 <= number <= MAX_PAGES:
        raise Http404
    with open_private(paper.sha256) as file:
        picture = render_pdf_page(file.read(), number)
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")
