"""Wagtail's admin API, with the portal's walls in front and its words in every refusal (Articles 9, 14, 17, 18, 19).

The editor reads from it (explorer, choosers). Its actions pass by the forms and hooks of the screens
(wagtail/admin/api/actions), so each asks here first; what is refused answers 403 with the article.
"""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.response import Response
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from home.walls import ACTS, check_act
from regulation.refusals import Refusal
from review.models.pages import no_alias

ACTIONS = ["change", "choose"]
# Action → the act of the screens that it stands for (home/walls.py); what is not here nobody may do.
SCREENS = {
    "copy": "copy",
    "copy_for_translation": "submit_page_translation",
    "delete": "delete",
    "move": "move",
    "publish": "publish",
    "revert_to_page_revision": "revisions_revert",
    "unpublish": "unpublish",
}
ALIASES = {"create_alias", "convert_alias"}


class OwnFiles:
    """Wagtail's admin API lists the images and documents of all collections (images/api/v2/views.py)."""

    def get_queryset(self):
        policy = policy_registry.get_by_type(self.model)
        own = policy.instances_user_has_any_permission_for(self.request.user, ACTIONS)
        return super().get_queryset().filter(pk__in=own.values("pk"))


class OwnImagesAPIViewSet(OwnFiles, ImagesAdminAPIViewSet):
    pass


class OwnDocumentsAPIViewSet(OwnFiles, DocumentsAdminAPIViewSet):
    pass


class OwnPagesAPIViewSet(PagesAdminAPIViewSet):
    def action_view(self, request, pk, action_name):
        if action_name in self.actions:
            self.check_action(action_name)
        try:
            return super().action_view(request, pk, action_name)
        except IntegrityError as error:
            raise Refusal(_("The item could not be changed in this way."), article="9") from error

    def check_action(self, name):
        page = self.get_object()
        if name in ALIASES or name not in SCREENS:
            raise no_alias()
        check_act(self.request.user, page.pk, SCREENS[name])

    def handle_exception(self, exc):
        """A refusal keeps its sentence and its article; Wagtail's own "no" gets those of the act."""
        if isinstance(exc, PermissionDenied):
            if not isinstance(exc, Refusal):
                exc = Refusal(_("You may not do this."), article=self.article())
            return Response({"detail": str(exc)}, status=status.HTTP_403_FORBIDDEN)
        return super().handle_exception(exc)

    def article(self):
        act = SCREENS.get(self.kwargs.get("action_name", ""))
        return ACTS[act][1] if act else "17"
