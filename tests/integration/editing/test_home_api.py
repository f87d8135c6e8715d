"""Wagtail's admin API: what it does is what the screens do, and every no says which article says it."""

import json

import pytest
from django.urls import reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Locale, Page

from organisation.models import User
from regulation.refusals import Refusal
from tests import factories
from tests.organisation_world import person

pytestmark = pytest.mark.django_db

SENT = {
    "convert_alias": {},
    "copy": {"slug": "copied", "keep_live": False},
    "copy_for_translation": {"locale": "en", "alias": True},
    "create_alias": {"update_slug": "alias"},
    "delete": {},
    "move": {"destination_page_id": 1},
    "publish": {},
    "revert_to_page_revision": {},
    "unpublish": {},
}
LAWFUL = {"copy", "delete", "revert_to_page_revision"}  # of a draft, by its own author


def act(client, page, action, **more):
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    data = SENT[action] | more
    if action == "revert_to_page_revision":
        data["revision_id"] = page.revisions.order_by("pk").first().pk
    return client.post(url, json.dumps(data), content_type="application/json")


def test_every_action_of_wagtail_is_in_the_table():
    assert set(SENT) == set(PagesAdminAPIViewSet.actions)


@pytest.mark.article("17")
@pytest.mark.parametrize("action", SENT)
def test_what_a_stranger_may_not_do_exists_not_for_him(enter, made, action):
    answer = act(enter(made.who("jiuzhou", "author")), made.mine, action)
    assert answer.status_code in {403, 404}


@pytest.mark.article("14")
@pytest.mark.parametrize("who", ["author", "superuser"])
@pytest.mark.parametrize("action", SENT)
def test_every_no_cites_its_article(enter, made, action, who):
    Locale.objects.get_or_create(language_code="en")
    factories.submit(made.mine, made.who("water", "author"))
    user = made.who("water", "author") if who == "author" else superuser()
    answer = act(enter(user), made.mine, action)
    if answer.status_code == 201:
        assert (action, who) == ("copy", "author")
        return
    assert answer.status_code == 403, answer.content.decode()
    assert "（第" in answer.json()["detail"] and "条" in answer.json()["detail"]


def superuser():
    return User.objects.filter(username="root").first() or person(
        "系统管理员", username="root", is_superuser=True
    )


@pytest.mark.parametrize("action", sorted(LAWFUL))
def test_an_author_may_do_with_a_draft_what_the_screens_let_him(author, made, action):
    made.mine.save_revision(user=made.who("water", "author"))
    answer = act(author, made.mine, action)
    assert answer.status_code in {200, 201, 204}, answer.content.decode()
    if action == "copy":
        copy = Page.objects.get(slug="copied").specific
        assert copy.object_id != made.mine.object_id and not copy.live


@pytest.mark.article("9")
def test_an_alias_is_refused_in_words(made):
    with pytest.raises(Refusal, match="第九条"):
        made.mine.create_alias(parent=made.mine.get_parent(), update_slug="mirror")


@pytest.mark.article("14")
def test_languages_are_not_mirrored(made):
    from wagtail_localize.models import LocaleSynchronization
    from wagtail_localize.synctree import synchronize_tree

    here, english = Locale.get_default(), Locale.objects.get_or_create(language_code="en")[0]
    with pytest.raises(Refusal, match="第十四条"):
        LocaleSynchronization.objects.create(locale=english, sync_from=here)
    with pytest.raises(Refusal, match="第九条"):
        synchronize_tree(here, english)
