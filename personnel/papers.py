"""The printed form of a change and the printed authority of a delegation: made of the record when asked for."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control

from organisation.viewsets import delegations
from personnel import printing
from personnel.policies import visible_to


@cache_control(private=True, no_store=True)
def filing_pdf(request, pk):
    filing = get_object_or_404(visible_to(request.user), pk=pk)
    return _pdf(printing.filing_pdf(filing), filing.number)


@cache_control(private=True, no_store=True)
def delegation_pdf(request, pk):
    delegation = get_object_or_404(delegations.visible_to(request.user), pk=pk)
    return _pdf(printing.delegation_pdf(delegation), printing.delegation_number(delegation))


def _pdf(content, number):
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response
