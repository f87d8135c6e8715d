"""What hides in the files of a draft is shown to its author and taken out by one click; the old bytes stay (Article 13)."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from checks import files
from home.models import InformationPage, PortalDocument, PortalImage, UnitLibrary
from regulation.refusals import Refusal
from review import checking, mending
from tests import debris_files, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(made):
    library = UnitLibrary.objects.get(unit=made.units["water"]).collection

    def keep(model, name, data):
        thing = model(title=name.partition(".")[0], collection=library, file=ContentFile(data, name=name))
        thing.full_clean(exclude=["width", "height", "file_hash", "file_size"])
        thing.save()
        return thing

    return keep


@pytest.fixture
def written(made, filed):
    """A draft with a commented Word file and a photograph that knows its place."""
    page = factories.item(made, "water", made.column, title="附件须清理")
    page.paper = filed(PortalDocument, "名单.docx", debris_files.commented())
    photo = filed(PortalImage, "现场.jpg", debris_files.photo())
    block = {
        "image": {"image": photo.pk, "alt_text": "抢修人员在更换阀门", "decorative": False},
        "caption": "",
    }
    page.body = InformationPage._meta.get_field("body").to_python([{"type": "image", "value": block}])
    page.attachments = [("attachment", {"title": "名单", "file": page.paper})]
    page.save_revision(user=page.owner)
    page.photo = photo
    return page


def current(page):
    return InformationPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def blocking(page):
    return {f.rule: f.sha256 for f in checking.run(current(page)).findings if f.level == "block"}


@pytest.mark.article("13")
def test_the_author_sees_confirms_and_submits_clean_files(made, written, author):
    found = blocking(written)
    assert set(found) == {"file.comment", "file.location"}
    url = reverse("review:checks", args=[written.pk])
    body = author.get(url).content.decode()
    assert "批注" in body
    assert "坐标" in body
    for sha256 in found.values():
        assert f'name="sha256" value="{sha256}"' in body
        assert author.post(url, {"action": "clean", "sha256": sha256}).status_code == 302
    assert blocking(written) == {}
    written.paper.refresh_from_db()
    assert written.paper.sha256 != found["file.comment"]
    with written.paper.file.open("rb") as file:
        assert "file.comment" not in files.look(file.read(), "名单.docx").hits
    assert factories.submit(current(written), made.who("water", "author")).is_open


@pytest.mark.article("13")
def test_what_was_there_before_stays_on_record(written, author):
    sha256 = blocking(written)["file.comment"]
    with written.paper.file.open("rb") as file:
        before, storage, name = file.read(), written.paper.file.storage, written.paper.file.name
    author.post(reverse("review:checks", args=[written.pk]), {"action": "clean", "sha256": sha256})
    with storage.open(name, "rb") as file:
        assert file.read() == before


@pytest.mark.article("17")
def test_a_file_that_the_draft_does_not_name_is_not_touched(made, written, filed):
    other = filed(PortalDocument, "别的.docx", debris_files.hidden_word())
    with pytest.raises(Refusal):
        mending.clean_file(current(written), other.sha256)
    other.refresh_from_db()
    with other.file.open("rb") as file:
        assert "file.hidden" in files.look(file.read(), "a.docx").hits
