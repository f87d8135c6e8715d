"""Article 4: a unit's own site obeys the same rules; the route follows from content, never from the tree."""

import pytest
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Site

from publication.models import Listing, Publication
from regulation.refusals import Refusal
from review.models import Case
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.article("4")]

HOST = "jiuzhou.test"


@pytest.fixture
def own_site(town, column):
    """A township with a Wagtail site of its own, rooted at its page, and a draft below it."""
    face = factories.unit_page(town, "jiuzhou")
    site = Site.objects.create(hostname=HOST, root_page=face, site_name="旧州镇")
    page = factories.item(town, "jiuzhou", column, "旧州镇通知")
    return town, site, page


def test_an_item_below_another_root_has_its_route(own_site):
    _made, site, page = own_site
    assert page.is_descendant_of(site.root_page)
    assert page.route.code == "township"
    assert page.get_workflow() is not None


def test_no_publishing_below_another_root(own_site):
    made, _site, page = own_site
    revision = page.get_latest_revision()
    with pytest.raises(Refusal):
        page.publish(revision)
    author = made.who("jiuzhou", "author")
    PublishPageRevisionAction(revision, user=author).execute(skip_permission_checks=True)
    assert not Page.objects.get(pk=page.pk).live
    Page.objects.filter(pk=page.pk).update(live=True)
    assert not Publication.objects.filter(object_id=page.object_id).exists()
    assert not Listing.objects.filter(title=page.title).exists()


def test_every_step_is_asked_for_below_another_root(own_site):
    made, _site, page = own_site
    case = factories.submit(page, made.who("jiuzhou", "author"))
    assert [step.opinion for step in case.steps] == [
        "secrecy",
        "review",
        "leader_opinion",
        "approval",
        "seal",
        "check",
    ]
    factories.publish(made, case)
    assert Case.objects.get(pk=case.pk).status == "published"
    assert Publication.objects.open().filter(object_id=page.object_id).exists()
