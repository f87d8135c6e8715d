"""Several attachments at once: each judged by itself, one revision for all (Articles 3, 17)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from demo import papers
from home.models import InformationPage, PortalDocument
from tests import word_files
from tests.editing import text_of

pytestmark = pytest.mark.django_db
AJAX = {"headers": {"X-Requested-With": "XMLHttpRequest"}}


def pdf(name="方案.pdf", words="方案"):
    return SimpleUploadedFile(name, papers.pdf(words))


def attachments(page):
    draft = InformationPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [(block.value["title"], block.value["file"].title) for block in draft.attachments]


def test_files_arrive_one_by_one_and_are_attached_with_their_titles(made, author):
    address = reverse("conversion:attach", args=[made.mine.pk])
    assert author.get(address).status_code == 200
    sent = [author.post(address, {"files": pdf(name, name)}, **AJAX).json() for name in ("甲.pdf", "乙.pdf")]
    again = author.post(address, {"files": pdf("甲.pdf", "甲.pdf")}, **AJAX).json()
    assert again["id"] == sent[0]["id"]
    bad = author.post(address, {"files": SimpleUploadedFile("坏.pdf", b"MZ")}, **AJAX)
    assert (bad.status_code, "不符" in bad.json()["error"]) == (400, True)
    assert PortalDocument.objects.get(pk=sent[0]["id"]).unit == made.units["water"]
    before = made.mine.revisions.count()
    data = {"sent": [row["id"] for row in sent], f"title-{sent[0]['id']}": "供水方案"}
    assert author.post(address, data).url == reverse("wagtailadmin_pages:edit", args=[made.mine.pk])
    assert attachments(made.mine) == [("供水方案", "甲"), ("", "乙")]
    assert made.mine.revisions.count() == before + 1
    author.post(address, {"sent": [sent[0]["id"]]})
    assert len(attachments(made.mine)) == 2


def test_without_script_they_come_together_and_the_bad_one_is_named(made, author):
    address = reverse("conversion:attach", args=[made.mine.pk])
    bomb = word_files.with_members(word_files.notice(), word__vbaProject_DOT_bin=b"x")
    response = author.post(address, {"files": [pdf(), SimpleUploadedFile("宏.docx", bomb)]})
    assert "宏.docx：" in text_of(response)
    assert attachments(made.mine) == [("", "方案")]


@pytest.mark.article("17")
def test_only_ones_own_library_and_drafts(made, author, enter):
    theirs = enter(made.who("jiuzhou", "author")).post(
        reverse("conversion:attach", args=[made.theirs.pk]), {"files": pdf()}, **AJAX
    )
    client = enter(made.who("water", "author"))
    assert (
        client.post(reverse("conversion:attach", args=[made.theirs.pk]), {"files": pdf()}).status_code == 403
    )
    client.post(reverse("conversion:attach", args=[made.mine.pk]), {"sent": [theirs.json()["id"]]})
    assert attachments(made.mine) == []
