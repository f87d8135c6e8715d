"""The item as it will look, and its files, for people who may see the case; private storage, never the public one."""

import io

import pypdfium2
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_sameorigin

from publication.documents import parse
from publication.files import open_private
from publication.rendering import render_document
from review.views.access import case_or_404

INLINE = {"application/pdf", "image/png", "image/jpeg", "image/webp", "image/gif"}
PAGE_WIDTH = 1000  # pixels: sharp on a phone held upright
MAX_PAGES = 200


@xframe_options_sameorigin
@cache_control(private=True, no_store=True)
def document(request, pk):
    """The signed bytes through the template of the public page, framed by the review page."""
    case, _held = case_or_404(request.user, pk)
    html = render_document(parse(bytes(case.submission.document)), request=request, mode="review")
    return HttpResponse(html)


def _manifest(case):
    """sha256 → (name, content type) of everything this submission shows."""
    parsed = parse(bytes(case.submission.document))
    found = {f["sha256"]: (f.get("name", ""), f.get("content_type", "")) for f in parsed.get("assets") or []}
    for f in parsed.get("attachments") or []:
        found[f["sha256"]] = (f.get("name", ""), f.get("content_type", ""))
    return found


def _open(request, pk, sha256):
    case, _held = case_or_404(request.user, pk)
    manifest = _manifest(case)
    if sha256 not in manifest:
        raise Http404
    try:
        return open_private(sha256), *manifest[sha256]
    except FileNotFoundError as error:
        raise Http404 from error


@cache_control(private=True, max_age=300)
def private_file(request, pk, sha256):
    """Only files the document names; a digest alone opens nothing."""
    file, name, content_type = _open(request, pk, sha256)
    inline = content_type in INLINE
    response = FileResponse(
        file, as_attachment=not inline, filename=name, content_type=content_type or "application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


def private_response(sha256, name, content_type):
    """Bytes of the private store for one who may see them; nothing in them is ever run."""
    try:
        response = FileResponse(open_private(sha256), filename=name, content_type=content_type)
    except FileNotFoundError as error:
        raise Http404 from error
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


@cache_control(private=True, max_age=300)
def pdf_page(request, pk, sha256, number):
    """One page of an attached PDF as a picture, so that it is read inline on any phone."""
    file, _name, content_type = _open(request, pk, sha256)
    if content_type != "application/pdf" or not 1 <= number <= MAX_PAGES:
        raise Http404
    with file:
        picture = render_pdf_page(file.read(), number)
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")


def render_pdf_page(data, number):
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    with pdf:
        if number > len(pdf):
            return None
        page = pdf[number - 1]
        image = page.render(scale=PAGE_WIDTH / max(1, page.get_width())).to_pil()
        out = io.BytesIO()
        image.save(out, "PNG", optimize=True)
    return out.getvalue()


def pdf_page_count(sha256):
    """How many pages the review page offers; 0 for what cannot be read as PDF."""
    try:
        with open_private(sha256) as file, pypdfium2.PdfDocument(file.read()) as pdf:
            return min(len(pdf), MAX_PAGES)
    except (FileNotFoundError, pypdfium2.PdfiumError):
        return 0
