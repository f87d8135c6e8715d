"""Rows 1 to 7 and 17: buttons, bulk actions and APIs that publish; words changed behind a signature."""

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page, Revision

from publication.models import Publication
from tests import factories
from tests.regulation import public_side
from tests.regulation.attempts import CODE, attempt, form_data, quietly, text_fields
from tests.regulation.world import UNAPPROVED, WRITER

TO_PUBLISH = {"action-publish": "action-publish"}
LATER = "2099-01-01 08:00"


@attempt(1)
def publish_button(scene):
    for name in ("draft", "waiting", "public", "refused"):
        scene.edit(scene.page(name), **TO_PUBLISH)


@attempt(1, by=CODE)
def publish_of_a_revision(scene):
    for name in ("draft", "waiting", "public"):
        with quietly():
            scene.page(name).get_latest_revision().publish()
        scene.action(PublishPageRevisionAction, scene.page(name).get_latest_revision())


def create(scene, **more):
    add = ("wagtailadmin_pages:add", "home", "informationpage", scene.pages["unit"])
    page = scene.browser("author").get(f"/admin/pages/add/home/informationpage/{scene.pages['unit']}/")
    data = form_data(page.content) | text_fields() | {"column": scene.pages["column"], "slug": "new"} | more
    return scene.post(*add, data=data)


@attempt(2)
def create_and_publish(scene):
    create(scene, **TO_PUBLISH)


@attempt(2, by=CODE)
def born_live(scene):
    """`live` is True by default and the row is there before `publish()` is asked."""
    with quietly():
        scene.page("unit").add_child(instance=factories_page(scene, live=True))


def factories_page(scene, **fields):
    from home.models import InformationPage

    return InformationPage(
        title=UNAPPROVED, slug="born", unit=scene.town.units[WRITER], column=scene.page("column"), **fields
    )


@attempt(3)
def create_and_schedule(scene):
    create(scene, go_live_at=LATER, **TO_PUBLISH)
    create(scene, go_live_at="2020-01-01 08:00", slug="new2", **TO_PUBLISH)


@attempt(3)
def schedule_a_draft(scene):
    scene.edit(scene.page("draft"), go_live_at="2020-01-01 08:00", expire_at=LATER, **TO_PUBLISH)


@attempt(4)
def bulk_publish(scene):
    for name in ("draft", "waiting", "public", "refused"):
        query = f"?id={scene.pages[name]}"
        scene.post("wagtail_bulk_action", "wagtailcore", "page", "publish", query=query)
    everything = f"?id=all&childOf={scene.pages['unit']}"
    scene.post("wagtail_bulk_action", "wagtailcore", "page", "publish", query=everything)


@attempt(4)
def bulk_publish_with_children(scene):
    for name in ("unit", "home"):
        query, data = f"?id={scene.pages[name]}", {"include_descendants": "on"}
        scene.post("wagtail_bulk_action", "wagtailcore", "page", "publish", query=query, data=data)


@attempt(4, by=CODE)
def bulk_publish_as_code(scene):
    """What the screen does once it has found that somebody may."""
    for name in ("draft", "waiting", "public", "refused", "unit"):
        with quietly():
            PublishBulkAction.execute_action([scene.page(name)], include_descendants=True, user=scene.actor)


@attempt(4)
def admin_api_publish(scene):
    for name in ("draft", "waiting", "public"):
        scene.api(scene.page(name), "publish")


@attempt(5)
def api_v3(scene):
    """Not mounted: the addresses do not exist in either process."""
    for path in ("/api/v3/pages/", "/admin/api/v3/pages/", "/api/main/v3/pages/"):
        for verb in ("post", "patch", "get"):
            answer = getattr(scene.browser(), verb)(
                path, {"action": "publish"}, content_type="application/json"
            )
            assert answer.status_code == 404, path
        assert public_side.get(path)[0] == 404


def smuggle(page):
    """Newer words behind the signatures, past the locks: as a script or a bug would bring them in."""
    draft = page.get_latest_revision_as_object()
    content = draft.serializable_data() | {
        "title": UNAPPROVED,
        "body": f'[{{"type":"heading","value":"{UNAPPROVED}"}}]',
    }
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        content=content,
        object_str=UNAPPROVED,
    )
    Page.objects.filter(pk=page.pk).update(latest_revision=revision, title=UNAPPROVED, draft_title=UNAPPROVED)


def approve_after(scene, change):
    """A lawful item is changed after the first signatures; its last signatures publish what was signed."""
    signed = "消防栓检修公告"
    page = factories.item(scene.town, WRITER, scene.page("column"), signed)
    case = factories.submit(page, scene.town.who(WRITER, "author"))
    case = factories.advance_to(scene.town, case, "approval")
    change(scene, page)
    with quietly():
        case = factories.publish(scene.town, case)
    path = case.submission.path
    status, body = public_side.get(path)
    if status == 200:
        assert signed in body.decode() and UNAPPROVED not in body.decode()
        assert Publication.objects.open().get(path=path).digest == case.submission.digest
    return public_side.snapshot()


@attempt(6, by=CODE)
def a_newer_revision_at_the_last_signature(scene):
    return approve_after(scene, lambda scene, page: smuggle(page))


@attempt(6)
def editing_while_it_waits(scene):
    scene.edit(scene.page("waiting"))
    scene.edit(scene.page("waiting"), **{"action-submit": "1"})


def overwrite(scene, page):
    revision = page.latest_revision
    content = revision.content | {
        "title": UNAPPROVED,
        "body": f'[{{"type":"heading","value":"{UNAPPROVED}"}}]',
    }
    Revision.objects.filter(pk=revision.pk).update(content=content, object_str=UNAPPROVED)


@attempt(7, by=CODE)
def a_signed_revision_overwritten_in_place(scene):
    overwrite(scene, scene.page("public"))
    Revision.objects.filter(pk=scene.page("public").live_revision_id).update(object_str=UNAPPROVED)
    return approve_after(scene, overwrite)


@attempt(7)
def autosave(scene):
    for name in ("waiting", "public"):
        page = scene.page(name)
        number = page.latest_revision_id
        more = {"overwrite_revision_id": number, "loaded_revision_id": number}
        scene.edit(page, **more)
        scene.edit(page, overwrite_revision_id=page.live_revision_id or number)


@attempt(17)
def revert_and_publish(scene):
    for name in ("public", "waiting"):
        page = scene.page(name)
        revision = page.revisions.order_by("pk").first()
        scene.get("wagtailadmin_pages:revisions_revert", page.pk, revision.pk)
        scene.edit(page, revision=revision.pk, **TO_PUBLISH)
        scene.api(page, "revert_to_page_revision", revision_id=revision.pk)


@attempt(17)
def unpublish_and_publish_again(scene):
    """Wagtail's unpublish takes nothing off the net either: that is a take-down with a reason."""
    page = scene.page("public")
    scene.post("wagtailadmin_pages:unpublish", page.pk)
    scene.api(page, "unpublish")
    query = f"?id={page.pk}"
    scene.post("wagtail_bulk_action", "wagtailcore", "page", "unpublish", query=query)
    scene.edit(scene.page("public"), **TO_PUBLISH)


@attempt(17, by=CODE)
def unpublish_and_revert_as_code(scene):
    page = scene.page("public")
    with quietly():
        page.unpublish()
    scene.action(RevertToPageRevisionAction, scene.page("public"), revision=page.get_latest_revision())
    with quietly():
        scene.page("public").get_latest_revision().publish()
