"""Wagtail's preview, through the one renderer that also makes the review page and the public page."""

from django.http import HttpResponse

from home.addresses import PublicAddress


class DocumentPreview(PublicAddress):
    """Mixin for page types: what the author previews is a document, not the page."""

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
