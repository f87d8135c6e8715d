"""Rows 20 to 25: wagtail-localize, which needs one permission to put a page live, and snippets."""

from django.urls import reverse
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page
from wagtail.snippets.models import get_snippet_models
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.models import LocaleSynchronization, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object
from wagtail_localize.synctree import create_aliases_for_new_page, synchronize_tree

from tests.regulation.attempts import CODE, attempt, quietly
from tests.regulation.world import UNAPPROVED

NAMES = ("public", "draft", "waiting")


def english():
    return Locale.objects.get_or_create(language_code="en")[0]


@attempt(20)
def translate_this_page(scene):
    for name in NAMES:
        data = {"locales": [english().pk], "include_subtree": "on"}
        scene.post("wagtail_localize:submit_page_translation", scene.pages[name], data=data)
        scene.api(scene.page(name), "copy_for_translation", locale="en", copy_parents=True)


@attempt(20, by=CODE)
def translate_as_code(scene):
    for name in NAMES:
        with quietly():
            translate_object(scene.page(name), [english()], user=scene.actor)


def translation(scene, name="public"):
    """What a translator would have in hand, with words of his own."""
    with quietly():
        source, _new = TranslationSource.get_or_create_from_instance(scene.page(name))
        made, _new = Translation.objects.get_or_create(source=source, target_locale=english())
        for segment in source.stringsegment_set.all():
            StringTranslation.objects.create(
                translation_of=segment.string, locale=english(), context=segment.context, data=UNAPPROVED
            )
        return made
    return None


@attempt(21)
def sync_translated_pages(scene):
    made = translation(scene)
    data = {"publish_translations": "on"}
    scene.post("wagtail_localize:update_translations", made.source_id, data=data)


@attempt(22, by=CODE)
def save_target(scene):
    for name in NAMES:
        made = translation(scene, name)
        for publish in (False, True, False):
            with quietly():
                made.save_target(user=scene.actor, publish=publish)
    for page in Page.objects.filter(locale=english()):
        with quietly():
            page.specific.get_latest_revision().publish()


@attempt(23)
def publish_in_the_translation_editor(scene):
    made = translation(scene)
    with quietly():
        made.save_target(user=scene.actor, publish=False)
    for page in Page.objects.filter(locale=english()):
        scene.post("wagtailadmin_pages:edit", page.pk, data={"action": "publish"})
    assert get_machine_translator() is None  # whose button is the editor's other way to publish


@attempt(24, by=CODE)
def synchronised_trees(scene):
    here = Locale.get_default()
    with quietly():
        LocaleSynchronization.objects.create(locale=english(), sync_from=here)
    with quietly():
        synchronize_tree(here, english())
    with quietly():
        create_aliases_for_new_page(scene.page("draft"))
    for name in ("unit", "public", "draft"):
        scene.action(
            CopyPageForTranslationAction, scene.page(name), locale=english(), copy_parents=True, alias=True
        )


@attempt(24)
def convert_to_alias(scene):
    made = translation(scene)
    with quietly():
        made.save_target(user=scene.actor, publish=False)
    for page in Page.objects.filter(locale=english()):
        scene.post("wagtail_localize:convert_to_alias", page.pk)
    assert scene.browser(False).post(
        reverse("wagtail_localize:convert_to_alias", args=[scene.pages["public"]])
    ).status_code in (302, 403)


@attempt(25, by=CODE)
def snippets(scene):
    """The portal registers none, so nothing of the kind is edited, published or shown."""
    ours = [model for model in get_snippet_models() if not model.__module__.startswith("wagtail")]
    assert ours == []
    for path in ("/api/v3/snippets/", "/admin/api/v3/snippets/"):
        assert scene.browser().get(path).status_code == 404
