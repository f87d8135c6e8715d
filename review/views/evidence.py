"""The file that proves an origin, for those who may see its item; a saved page is never run, only kept."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from wagtail.models import Page
from wagtail.permissions import policy_registry

from checks.captures import open_evidence
from checks.models import Evidence
from review.models import Case
from review.visibility import visible_cases

INLINE = {"application/pdf", "image/png", "image/jpeg"}


@cache_control(private=True, no_store=True)
def evidence_file(request, pk):
    evidence = get_object_or_404(Evidence, pk=pk)
    if not may_see(request.user, evidence):
        raise Http404
    try:
        file = open_evidence(evidence.sha256)
    except FileNotFoundError as error:
        raise Http404 from error
    inline = evidence.content_type in INLINE
    response = FileResponse(
        file,
        as_attachment=not inline,
        filename=evidence.name,
        content_type=evidence.content_type if inline else "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


def may_see(user, evidence) -> bool:
    """Whoever sees a case of the item, else whoever filed it, else whoever may open its draft."""
    cases = Case.objects.filter(object_id=evidence.object_id)
    if visible_cases(user).filter(object_id=evidence.object_id).exists():
        return True
    if cases.filter(quarantined=True).exists() or cases.filter(restricted=True).exists():
        return False
    if evidence.by_id == user.pk:
        return True
    pages = policy_registry.get_by_type(Page)
    return any(pages.sees(user, page_id) for page_id in drafts_of(evidence.object_id))


def drafts_of(object_id):
    """Pages of any type that carry this identity."""
    from wagtail.models import get_page_models

    for model in get_page_models():
        if any(field.name == "object_id" for field in model._meta.get_fields()):
            yield from model.objects.filter(object_id=object_id).values_list("pk", flat=True)
