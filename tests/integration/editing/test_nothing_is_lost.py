"""What was typed can be had again: after an error, an expired log-in, a restart, and when two people write at once."""

import json

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text, streamfield

from tests import factories
from tests.editing import form_data, text_of
from tests.organisation_world import appoint, person

pytestmark = pytest.mark.django_db
TYPED = "这一段写了整整一个上午。"
JSON = {"HTTP_ACCEPT": "application/json"}


def words(text):
    return streamfield([("rich_text", rich_text(f"<p>{text}</p>"))])


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def latest(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def loaded(page):
    """What the open editor knows of the version it began from."""
    revision = page.latest_revision
    return {"loaded_revision_id": revision.pk, "loaded_revision_created_at": revision.created_at.isoformat()}


def test_an_error_shows_the_words_again(made, author):
    data = form_data(title="", column=made.column.pk, summary="摘要也在", body=words(TYPED))
    response = author.post(edit(made.mine), data)
    html = text_of(response)
    assert response.status_code == 200 and "摘要也在" in html
    assert json.dumps(TYPED)[1:-1].replace("\\", "") in html.replace("\\", ""), "blocks travel as JSON"


def test_an_unfinished_draft_is_kept_while_it_is_typed(made, author):
    """Autosave: within the second, with fields still empty that handing in will want."""
    data = form_data(title="半成品", body=words(TYPED)) | loaded(made.mine)
    answer = author.post(edit(made.mine), data, **JSON)
    assert answer.status_code == 200 and answer.json()["success"]
    assert TYPED in str(latest(made.mine).body)


def test_two_people_at_once_leave_both_texts_in_the_versions(made, author, client):
    colleague = person("同事", username="water.colleague")
    appoint(colleague, made.units["water"], "author")
    began = loaded(made.mine)
    author.post(
        edit(made.mine), form_data(title="甲的标题", column=made.column.pk, body=words("甲的文字")) | began
    )
    client.force_login(colleague)
    theirs = form_data(title="乙的标题", column=made.column.pk, body=words("乙的文字")) | began
    refused = client.post(edit(made.mine), theirs, **JSON)
    assert refused.status_code == 400 and refused.json()["error_code"] == "invalid_revision"
    assert "甲的文字" in str(latest(made.mine).body), "autosave overwrites nobody"
    client.post(edit(made.mine), theirs)
    versions = [str(revision.as_object().body) for revision in made.mine.revisions.order_by("pk")]
    assert any("甲的文字" in version for version in versions)
    assert "乙的文字" in versions[-1]


@pytest.mark.article("20")
def test_the_page_asks_before_it_sends_and_an_expired_log_in_is_told(made, author):
    present = reverse("desk:present")
    html = text_of(author.get(edit(made.mine)))
    assert f'data-ask="{present}"' in html and 'data-down="' in html
    answer = author.get(present)
    assert answer.json()["token"] and "no-store" in answer["Cache-Control"]
    del author.cookies[settings.SESSION_COOKIE_NAME]
    assert author.get(present).status_code == 302, "nobody is present"
    before = made.mine.revisions.count()
    gone = author.post(edit(made.mine), form_data(title="白写了", column=made.column.pk, body=words(TYPED)))
    assert gone.status_code == 302 and made.mine.revisions.count() == before


def test_what_was_typed_into_an_opinion_comes_back_with_the_refusal(made, enter):
    case = factories.submit(made.mine, made.who("water", "author"))
    client = enter(made.who("water", "secrecy_reviewer"))
    data = {"action": "reject", "reason": "", "remark": TYPED}
    assert TYPED in text_of(client.post(reverse("review:review", args=[case.pk]), data))
