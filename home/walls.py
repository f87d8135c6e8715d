"""The walls between units, by URL: what is not yours answers 403 with the article (Articles 14, 17, 18).

Wagtail's views check edit rights one by one and answer a refusal with a redirect. This
middleware stands before all of them, at every admin address that names a page, an image
or a file: first whether the thing exists for the person, then whether the act is his.
"""

from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from regulation.refusals import Refusal

PAGE_KWARGS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
PAGE_AS_PK = {"revisions_compare"}
NAMESPACES = {"wagtailadmin_pages", "wagtail_localize"}
GLOBAL_NAMES = {
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_choose_page_child",
}

# Wagtail's report on page types names the page edited last of all units (admin/views/reports/page_types_usage.py).
CLOSED = {
    "wagtailadmin_reports:page_types_usage": "17",
    "wagtailadmin_reports:page_types_usage_results": "17",
}

# URL name → what the permission tester of the page must say, and the article when it says no.
ACTS = {
    "add": ("can_add_subpage", "17"),
    "preview_on_add": ("can_add_subpage", "17"),
    "edit": ("can_edit", "17"),
    "preview_on_edit": ("can_edit", "17"),
    "delete": ("can_delete", "19"),
    "move": ("can_move", "18"),
    "move_confirm": ("can_move", "18"),
    "set_page_position": ("can_move", "18"),
    "copy": ("can_copy", "17"),
    "publish": ("can_publish", "14"),
    "unpublish": ("can_unpublish", "14"),
    "set_privacy": ("can_set_view_restrictions", "14"),
    "revisions_revert": ("can_edit", "17"),
    "revisions_unschedule": ("can_unschedule", "14"),
    "lock": ("can_lock", "14"),
    "unlock": ("can_unlock", "14"),
    # A translation is an item of its own, written and submitted as such (config/settings/admin.py).
    "submit_page_translation": ("can_publish", "14"),
    "convert_to_alias": ("can_publish", "14"),
}
FILES = {
    "wagtailimages": ("image_id", get_image_model),
    "wagtaildocs": ("document_id", get_document_model),
    "wagtailimages_chooser": ("pk", get_image_model),
    "wagtaildocs_chooser": ("pk", get_document_model),
}


class WallMiddleware:
    """Needs the user; stands behind `LoginRequiredMiddleware`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = getattr(request, "user", None)
        match = request.resolver_match
        if match is None or user is None or not user.is_authenticated:
            return None
        try:
            check(user, match.namespace, match.url_name, kwargs)
        except Refusal as refusal:
            return refused(request, refusal)
        return None


def check(user, namespace, name, kwargs):
    """Raise `Refusal` if this address is behind a wall for this person."""
    if article := CLOSED.get(f"{namespace}:{name}"):
        raise Refusal(
            _("This report shows other units' items and is not used here."), article=article, code="closed"
        )
    if namespace in FILES:
        check_file(user, namespace, kwargs)
        return
    if namespace not in NAMESPACES and name not in GLOBAL_NAMES:
        return
    names = (*PAGE_KWARGS, "pk") if name in PAGE_AS_PK else PAGE_KWARGS
    ids = [kwargs[key] for key in names if kwargs.get(key)]
    for page_id in ids:
        check_page(user, page_id)
    if ids and name in ACTS:
        check_act(user, ids[0], name)


def check_page(user, page_id):
    """A page that is hidden or another unit's, and one that does not exist, answer alike."""
    policy = policy_registry.get_by_type(Page)
    if not policy.sees(user, page_id):
        raise Refusal(
            _("This page belongs to another unit or is not open to you."), article="17", code="wall"
        )


def check_act(user, page_id, name):
    page = Page.objects.get(pk=page_id).specific
    question, article = ACTS[name]
    if not getattr(page.permissions_for_user(user), question)():
        article = "18" if getattr(page, "structure", "") == "columns" else article
        raise Refusal(
            _("You may not do this with “%(title)s”.") % {"title": page.title}, article=article, code=name
        )


def check_file(user, namespace, kwargs):
    key, model = FILES[namespace]
    if not kwargs.get(key):
        return
    policy = policy_registry.get_by_type(model())
    mine = policy.instances_user_has_any_permission_for(user, ["change", "delete", "choose"])
    if not mine.filter(pk=kwargs[key]).exists():
        raise Refusal(_("This file belongs to another unit's library."), article="17", code="wall")


def refused(request, refusal):
    if request.headers.get("x-requested-with") == "XMLHttpRequest" or "json" in request.headers.get(
        "accept", ""
    ):
        return JsonResponse({"error": str(refusal)}, status=403)
    return TemplateResponse(request, "home/refused.html", {"refusal": refusal}, status=403)
