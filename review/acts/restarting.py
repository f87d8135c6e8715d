"""Starting a submission's review in Wagtail, and starting the same content again on another route."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from publication import submissions
from publication.documents import parse
from regulation.refusals import Refusal
from review import cases, checking, outcomes, routes
from review.models import RouteWorkflow


def page_of(case):
    """The draft as it stands: latest revision over the page's row."""
    page = Page.objects.filter(pk=case.page_id).first()
    if page is None:
        raise Refusal(_("The page of this item no longer exists."), article="14", code="no_page")
    return page.specific.get_latest_revision_as_object()


def start_workflow(case, page, user):
    """Wagtail's workflow for the frozen route, never the one an administrator may have assigned."""
    link = RouteWorkflow.objects.select_related("workflow").filter(
        route=case.route, variant=case.variant, version=routes.VERSION
    )
    found = link.first()
    if found is None:
        raise Refusal(_("The routes are not set up: run sync_portal."), article="14", code="no_workflow")
    state = found.workflow.start(page, user)
    case.refresh_from_db()
    if case.workflow_state_id != state.pk:
        raise Refusal(_("The workflow did not start."), article="14", code="no_workflow")
    return state


def restart(old_case, page, route):
    """The same bytes on another route: all its steps from the first, the old submission stays on record."""
    old = old_case.submission
    new = submissions.submit(
        object_id=old.object_id,
        page_id=old.page_id,
        page_type=old.page_type,
        revision_id=old.revision_id,
        site=old.site,
        path=old.path,
        unit_id=old.unit_id,
        author=old_case.author,
        route=route.code,
        variant=route.variant,
        document=parse(bytes(old.document)),
        restricted=route.code == "emergency",
        replaces=old,
        publish_at=old.publish_at,
        expire_at=old.expire_at,
        bundle_id=old.bundle_id,
    )
    case = cases.open_case(new, page=page, author=old_case.author)
    outcomes.desk().carry_row(old_case, case)
    checking.carry(old_case, case)
    start_workflow(case, page, old_case.author)
    case.keeper_id = old_case.keeper_id
    case.save(update_fields=["keeper_id"])
    return cases.refresh(case)
