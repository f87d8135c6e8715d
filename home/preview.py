"""Wagtail's preview, through the one renderer that also makes the review page and the public page."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from home.addresses import PublicAddress

PREVIEW_SIZES = [
    {"name": "mobile", "icon": "mobile-alt", "device_width": 390, "label": _("As on a telephone (390 px)")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("As on a computer (1280 px)")},
]


class DocumentPreview(PublicAddress):
    """Mixin for page types: what the author previews is a document, not the page."""

    @property
    def preview_sizes(self):
        """The two widths that every public page is made and tested for."""
        return PREVIEW_SIZES

    def draft_document(self):
        from home.build import previewed

        with previewed(self):
            return self.build_document()

    def serve_preview(self, request, mode_name):
        from home import preview_files
        from home.build import previewed
        from publication.rendering import render_document

        with previewed(self), preview_files.noted():
            html = render_document(self.build_document(), request=request, mode="preview")
        return HttpResponse(html)
