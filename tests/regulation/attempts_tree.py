"""Rows 14 to 16, 18, 19, 28 and 29: copies, aliases, moves, privacy, sites, redirects, order."""

from datetime import timedelta

from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Collection, Page, PageViewRestriction, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.regulation import public_side
from tests.regulation.attempts import CODE, attempt, form_data, quietly
from tests.regulation.world import UNAPPROVED


def alias_of(scene, name, slug="alias"):
    """The portal makes none; so the attempt goes on with a row written by hand, public in Wagtail's eyes."""
    source = scene.page(name)
    scene.action(CreatePageAliasAction, source, parent=source.get_parent(), update_slug=slug)
    assert not Page.objects.filter(slug=slug).exists()
    made = source.copy(update_attrs={"slug": slug}, copy_revisions=False)
    Page.objects.filter(pk=made.pk).update(alias_of=source, live=True, latest_revision=None)
    return scene.page_of(made.pk)


@attempt(14, by=CODE)
def scheduling_a_page_publishes_its_aliases(scene):
    alias_of(scene, "draft")
    page = scene.page("draft")
    page.go_live_at = timezone.now() + timedelta(days=400)
    with quietly():
        page.save_revision()
    assert scene.page("draft").aliases.exists()
    scene.action(PublishPageRevisionAction, scene.page("draft").get_latest_revision())
    with quietly():
        scene.page("draft").update_aliases(revision=scene.page("draft").get_latest_revision())


def copy_form(scene, name, **more):
    page = scene.page(name)
    data = {"new_title": UNAPPROVED, "new_slug": f"copy-{name}", "new_parent_page": page.get_parent().pk}
    scene.post("wagtailadmin_pages:copy", page.pk, data=data | more)


@attempt(15)
def copy_and_publish_the_copy(scene):
    for name in ("public", "draft"):
        copy_form(scene, name, publish_copies="on", copy_subpages="on")
        scene.api(scene.page(name), "copy", keep_live=True, title=UNAPPROVED, slug=f"api-{name}")


@attempt(15, by=CODE)
def copy_that_stays_live(scene):
    for name in ("public", "draft", "unit"):
        page = scene.page(name)
        attributes = {"slug": f"code-{name}", "title": UNAPPROVED}
        scene.action(CopyPageAction, page, to=page.get_parent(), keep_live=True, update_attrs=attributes)
        with quietly():
            page.copy(recursive=True, update_attrs={"slug": f"copied-{name}"}, keep_live=True)


@attempt(16)
def alias_and_convert_it(scene):
    for name in ("public", "draft"):
        copy_form(scene, name, alias="on")
        scene.api(scene.page(name), "create_alias", update_slug=f"apialias-{name}")
        alias = alias_of(scene, name, slug=f"made-{name}")
        scene.post("wagtailadmin_pages:convert_alias", alias.pk)
        scene.api(alias, "convert_alias")


@attempt(16, by=CODE)
def source_publishes_into_its_alias(scene):
    alias = alias_of(scene, "public")
    with quietly():
        scene.page("public").update_aliases(revision=scene.page("public").get_latest_revision())
    scene.action(ConvertAliasPageAction, scene.page_of(alias.pk))
    with quietly():
        scene.page_of(alias.pk).get_latest_revision().publish()


@attempt(18)
def move_by_the_screens(scene):
    elsewhere = Page.objects.get(slug="jiuzhou").pk
    for name in ("public", "draft", "column", "unit"):
        page = scene.page(name)
        scene.post("wagtailadmin_pages:move_confirm", page.pk, elsewhere)
        scene.api(page, "move", destination_page_id=elsewhere)
        query = f"?id={page.pk}"
        scene.post(
            "wagtail_bulk_action", "wagtailcore", "page", "move", query=query, data={"chooser": elsewhere}
        )


@attempt(18)
def another_slug_for_the_column(scene):
    page = scene.page("column")
    form = form_data(scene.browser("egov").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content)
    said = {"title": UNAPPROVED, "slug": "renamed", "action-publish": "1"}
    scene.post(
        "wagtailadmin_pages:edit", page.pk, data=form | said | nested_form_data({"leaders": streamfield([])})
    )


@attempt(18, by=CODE)
def moved_and_renamed_as_code(scene):
    with quietly():
        scene.page("public").move(Page.objects.get(slug="jiuzhou"), pos="last-child")
    for name in ("column", "unit", "public"):
        with quietly():
            page = scene.page(name)
            page.slug, page.title = f"renamed-{name}", UNAPPROVED
            page.save()
    with quietly():
        scene.page("public").unit.names.update(name=UNAPPROVED)


@attempt(19)
def parents_taken_off_in_wagtail(scene):
    """Wagtail's live flags of parents and children decide nothing, in either direction."""
    for name in ("unit", "column", "home"):
        scene.post("wagtailadmin_pages:unpublish", scene.pages[name], data={"include_descendants": "on"})
        with quietly():
            scene.page(name).unpublish()
    scene.api(scene.page("draft"), "publish")


@attempt(28)
def privacy_screens(scene):
    """What is not public is not public because it is private; taking privacy away opens nothing."""
    for name in ("draft", "waiting", "public"):
        page = scene.page(name)
        with quietly():
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        scene.post("wagtailadmin_pages:set_privacy", page.pk, data={"restriction_type": "none"})
    collection = Collection.objects.exclude(depth=1).first()
    scene.post("wagtailadmin_collections:set_privacy", collection.pk, data={"restriction_type": "none"})
    scene.post("wagtailadmin_collections:edit", collection.pk, data={"name": UNAPPROVED})


@attempt(28, by=CODE)
def privacy_removed_as_code(scene):
    for page in Page.objects.all():
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert public_side.get("/")[0] == 200
    PageViewRestriction.objects.all().delete()


@attempt(28)
def another_root_and_host(scene):
    site = Site.objects.get(is_default_site=True)
    data = {"hostname": "public.test", "port": 80, "root_page": scene.pages["draft"], "is_default_site": "on"}
    scene.post("wagtailsites:edit", site.pk, data=data | {"site_name": UNAPPROVED})
    scene.post("wagtailsites:add", data=data | {"hostname": "other.test", "is_default_site": ""})


@attempt(28, by=CODE)
def another_root_as_code(scene):
    with quietly():
        Site.objects.update(root_page=scene.pages["draft"], hostname="public.test", site_name=UNAPPROVED)
    with quietly():
        Site.objects.create(hostname="localhost", root_page=scene.page("waiting"))
    Site.clear_site_root_paths_cache()


@attempt(29, by=CODE)
def settings_and_redirects_are_not_there(scene):
    for app in (
        "redirects",
        "settings",
        "search_promotions",
        "forms",
        "frontend_cache",
        "simple_translation",
    ):
        assert not apps.is_installed(f"wagtail.contrib.{app}"), app
    for path in ("/admin/redirects/", "/admin/settings/", "/admin/searchpicks/", "/admin/forms/"):
        assert scene.browser().get(path).status_code == 404


@attempt(29)
def reordering(scene):
    for name in ("public", "column", "draft"):
        scene.post("wagtailadmin_pages:set_page_position", scene.pages[name], query="?position=0")
    with quietly():
        page = scene.page("public")
        page.move(scene.page("draft"), pos="left")
