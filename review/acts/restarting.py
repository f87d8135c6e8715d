"""Starting the same content again, on another route or after a withdrawal."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from publication import submissions
from publication.documents import parse
from regulation.refusals import Refusal
from review import cases, checking, outcomes, stepping


def page_of(case):
    """The draft as it stands: latest revision over the page's row."""
    page = Page.objects.filter(pk=case.page_id).first()
    if page is None:
        raise Refusal(_("The page of this item no longer exists."), article="14", code="no_page")
    return page.specific.get_latest_revision_as_object()


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
    stepping.start_workflow(case, page, old_case.author)
    case.keeper_id = old_case.keeper_id
    case.save(update_fields=["keeper_id"])
    return cases.refresh(case)
