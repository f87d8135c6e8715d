"""Where a page is to be seen by the public, for the admin's “view live” links.

Wagtail computes addresses from its tree and Sites; ours are allotted once and stay
(publication/paths.py), and the public process is another host.
"""

from django.conf import settings
from django.db.models import OuterRef, Subquery
from wagtail import hooks

UNASKED = object()


def open_paths(page_ref):
    """The path of the open publication of a page, as a query; nothing for what is not public."""
    from publication.models import Publication

    return Publication.objects.open().filter(submission__page_id=page_ref).values("path")[:1]


@hooks.register("construct_explorer_page_queryset")
def with_public_path(parent_page, pages, request):
    """One query for the list instead of one for each row."""
    return pages.annotate(public_path=Subquery(open_paths(OuterRef("pk"))))


class PublicAddress:
    """Mixin for page types: the public address, or none while the page is not public."""

    def get_url_parts(self, request=None):
        path = getattr(self, "public_path", UNASKED)
        if path is UNASKED:
            path = next(iter(open_paths(self.pk).values_list("path", flat=True)), None) if self.live else None
        return (0, settings.PUBLIC_BASE_URL, path) if path else (0, None, None)

    def get_url(self, request=None, current_site=None):
        return self.get_full_url(request)

    url = property(get_url)

    def _get_dummy_header_url(self, original_request=None):
        """Previews are drawn in this process; its own host stands in the request (wagtail/models/preview.py)."""
        return original_request.build_absolute_uri("/") if original_request else None
