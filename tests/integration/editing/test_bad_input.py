"""What goes wrong at a unit's desk: each case answers with a sentence, and nothing that was written is lost."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from home.models import InformationPage, PortalDocument, UnitLibrary
from organisation.models import Appointment, Unit
from publication.models import Submission
from publication.rendering import render_document
from regulation.refusals import Refusal
from tests import factories
from tests.editing import form_data, text_of

pytestmark = pytest.mark.django_db
SCRIPT = "<p>通知。</p><script>alert(1)</script><p onclick='x()'>全文</p><a href='javascript:x()'>点</a>"


def edit_of(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def raw_body(html):
    """The body as a hostile request may post it, past the editor."""
    return {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "rich_text", "body-0-id": "",
            "body-0-value": html}  # fmt: skip


@pytest.mark.article("15")
@pytest.mark.parametrize(
    "value", [SCRIPT, "[]", "3", json.dumps({"blocks": [{"text": SCRIPT, "type": "x"}], "entityMap": {}})]
)
def test_script_in_the_text_never_reaches_a_document(made, author, value):
    author.post(
        edit_of(made.mine), {**form_data(title="水务局的稿子", column=made.column.pk), **raw_body(value)}
    )
    page = InformationPage.objects.get(pk=made.mine.pk).get_latest_revision_as_object()
    markup = BeautifulSoup(render_document(page.draft_document()), "html.parser").main
    assert markup.get_text(strip=True), "what he wrote stands there as words"
    assert not markup.find("script")
    assert not [tag for tag in markup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert not [link for link in markup.find_all("a") if "javascript" in link.get("href", "")]


def test_a_file_that_is_too_large_is_refused_with_one_reason(made, author):
    file = SimpleUploadedFile("大.pdf", b"%PDF-1.7" + b"0" * (50 * 1024 * 1024))
    answer = author.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "大", "files[]": file},
        headers={"x-requested-with": "XMLHttpRequest"},
    ).json()
    assert answer["success"] is False
    assert "50" in answer["error_message"] and "扩展" not in answer["error_message"]


@pytest.mark.article("15")
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.pdf", b"", "空"),
        ("假.pdf", b"MZ\x90\x00", "内容"),
        ("脚本.svg", b"<svg/>", "不接收"),
        ("大.pdf", b"%PDF-1.7" + b"0" * (50 * 1024 * 1024), "50"),
    ],
)
def test_a_bad_file_is_named_beside_its_field_and_the_title_stays(made, author, name, content, said):
    own = UnitLibrary.objects.get(unit=made.units["water"]).collection
    file = SimpleUploadedFile(name, content)
    answer = author.post(
        reverse("wagtaildocs:add"), {"title": "供水办法全文", "file": file, "collection": own.pk}
    )
    assert answer.status_code == 200
    assert said in text_of(answer)
    assert 'value="供水办法全文"' in text_of(answer)
    assert not PortalDocument.objects.exists()


@pytest.mark.article("11")
def test_whose_post_ended_while_he_wrote_submits_nothing_and_the_draft_stays(made):
    author = made.who("water", "author")
    Appointment.objects.filter(person=author).update(ends_at=Now())
    with pytest.raises(Refusal) as refused:
        factories.submit(made.mine, author)
    assert refused.value.article
    assert str(refused.value)
    assert not Submission.objects.filter(object_id=made.mine.object_id).exists()
    assert InformationPage.objects.get(pk=made.mine.pk).title == "水务局的稿子"


@pytest.mark.article("9")
def test_a_closed_units_draft_is_refused_in_words_and_stays(made):
    unit = made.units["water"]
    Unit.objects.filter(pk=unit.pk).update(closed_on=timezone.localdate())
    with pytest.raises(Refusal) as refused:
        factories.submit(made.mine, made.who("water", "author"))
    assert refused.value.article
    assert not Submission.objects.filter(object_id=made.mine.object_id).exists()
    assert InformationPage.objects.get(pk=made.mine.pk).title == "水务局的稿子"


@pytest.mark.article("11")
def test_who_no_longer_holds_a_post_is_told_so_on_the_next_click(made, author):
    """The answer is the log-in page with a sentence, not an error; the draft is as it was saved."""
    Appointment.objects.filter(person=made.who("water", "author")).update(ends_at=Now())
    answer = author.post(
        edit_of(made.mine), form_data(title="改过的题目", column=made.column.pk), follow=True
    )
    assert answer.redirect_chain
    assert answer.status_code == 200
    assert "岗位任期" in text_of(answer)
    assert (
        InformationPage.objects.get(pk=made.mine.pk).get_latest_revision_as_object().title == "水务局的稿子"
    )
