"""从 Word 导入 as an author uses it: a draft with its origin, the missing words, submission; and what is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text, streamfield

from checks import captures, sources
from home.models import InformationPage, PortalImage
from publication.documents import parse
from publication.rendering import render_document
from tests import factories, word_files
from tests.editing import form_data, text_of
from tests.word_files import with_members
from units.models import UnitHomePage

pytestmark = pytest.mark.django_db
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def upload(data=None, name="供水通知.docx"):
    return SimpleUploadedFile(name, word_files.notice() if data is None else data, DOCX)


def new_address(made, unit="water"):
    return reverse("conversion:new", args=[UnitHomePage.objects.get(unit=made.units[unit]).pk])


@pytest.fixture
def brought(made, author):
    """The draft that the notice became, as its author left it after handing in the file."""
    response = author.post(new_address(made), {"kind": "informationpage", "file": upload()})
    assert response.status_code == 302, text_of(response)
    page = InformationPage.objects.get(title=word_files.TITLE)
    assert response.url == reverse("conversion:finish", args=[page.pk])
    return page.get_latest_revision_as_object()


def answers(page, **changes):
    data = {"title": page.title, "column": page.column_id or "", "editor": "责任编辑", "then": "submit"}
    for block in page.body.raw_data:
        if block["type"] == "image":
            data[f"alt-{block['id']}"] = "巡查人员检查水表井"
        if block["type"] == "table":
            data[f"caption-{block['id']}"] = block["value"]["caption"]
    return data | changes


@pytest.mark.article("8")
def test_the_file_becomes_a_draft_of_the_unit_and_stays_as_its_origin(made, brought):
    assert brought.unit == made.units["water"]
    assert not brought.live
    kinds = [block.block_type for block in brought.body]
    assert kinds == ["rich_text", "heading", "rich_text", "table", "rich_text", "image"]
    original = sources.evidence(brought.object_id, sources.ORIGINAL).get()
    assert original.name == "供水通知.docx"
    with captures.open_evidence(original.sha256) as file:
        assert file.read(2) == b"PK"


@pytest.mark.article("17")
def test_pictures_lie_in_the_library_of_the_unit_once(made, author, brought):
    image = next(block for block in brought.body if block.block_type == "image").value["image"]
    assert image.unit == made.units["water"]
    before = PortalImage.objects.count()
    author.post(new_address(made), {"kind": "informationpage", "file": upload(name="再来.docx")})
    assert PortalImage.objects.count() == before


def test_what_is_missing_is_asked_and_what_stayed_behind_is_told(made, author, brought):
    address = reverse("conversion:finish", args=[brought.pk])
    text = text_of(author.get(address))
    assert "注意保存" in text
    assert "供水通知.docx" in text
    blank = {key: "" if key.startswith("alt-") else value for key, value in answers(brought).items()}
    refused = text_of(author.post(address, blank | {"column": made.column.pk, "editor": "张编辑"}))
    assert "请说明图片内容" in refused
    assert "张编辑" in refused
    whole = author.post(address, answers(brought, column=made.column.pk))
    assert whole.url == reverse("review:submit", args=[brought.pk])


def test_the_imported_item_is_submitted_and_drawn_with_its_merged_cells(made, author, brought):
    address = reverse("conversion:finish", args=[brought.pk])
    author.post(address, answers(brought, column=made.column.pk))
    case = factories.submit(InformationPage.objects.get(pk=brought.pk), made.who("water", "author"))
    document = parse(case.submission.document)
    table = next(block for block in document["body"] if block["type"] == "table")
    assert table["merges"] == [[0, 0, 2, 1], [0, 1, 1, 2]]
    html = render_document(document)
    assert '<th scope="col" rowspan="2">片区</th>' in html
    assert '<th scope="colgroup" colspan="2">巡查次数</th>' in html
    assert html.count("<th scope") == 4  # the second line of the headings is part of the head
    assert 'alt="巡查人员检查水表井"' in html


def test_into_a_draft_in_place_of_its_text_or_behind_it(made, author):
    address = reverse("conversion:into", args=[made.mine.pk])
    assert "从 Word 导入" in text_of(author.get(reverse("wagtailadmin_pages:edit", args=[made.mine.pk])))
    author.post(address, {"place": "behind", "file": upload()})
    behind = InformationPage.objects.get(pk=made.mine.pk).get_latest_revision_as_object()
    assert len(behind.body) == 7
    assert behind.title == made.mine.title
    author.post(address, {"place": "replace", "file": upload()})
    assert len(InformationPage.objects.get(pk=made.mine.pk).get_latest_revision_as_object().body) == 6


@pytest.mark.article("17")
def test_nobody_brings_a_file_into_another_unit(made, author):
    for address in (
        new_address(made, "jiuzhou"),
        reverse("conversion:into", args=[made.theirs.pk]),
        reverse("conversion:finish", args=[made.theirs.pk]),
    ):
        assert author.get(address).status_code == 403
        assert author.post(address, {"kind": "informationpage", "file": upload()}).status_code == 403
    assert InformationPage.objects.filter(title=word_files.TITLE).count() == 0


@pytest.mark.article("14")
def test_what_is_under_review_takes_no_file(made, author):
    factories.submit(made.mine, made.who("water", "author"))
    response = author.post(reverse("conversion:into", args=[made.mine.pk]), {"file": upload()})
    assert response.status_code == 403
    assert "第十四条" in text_of(response)


def test_a_hostile_file_is_refused_beside_its_field_and_leaves_nothing(made, author):
    before = InformationPage.objects.count(), PortalImage.objects.count()
    hostile = with_members(word_files.notice(), word__vbaProject_DOT_bin=b"x")
    response = author.post(new_address(made), {"kind": "policypage", "file": upload(hostile)})
    assert response.context["form"]["kind"].value() == "policypage"
    assert "宏代码" in text_of(response)
    assert (InformationPage.objects.count(), PortalImage.objects.count()) == before


def test_only_those_who_write_see_the_menu_entry(made, enter):
    home = reverse("wagtailadmin_home")
    start = reverse("conversion:start")
    assert start in text_of(enter(made.who("water", "author")).get(home))
    assert start not in text_of(enter(made.who("water", "branch_leader")).get(home))
    assert enter(made.who("water", "author")).get(start).url == new_address(made)


@pytest.mark.article("13")
def test_a_paste_is_cleaned_before_the_editor_has_it_and_again_when_saved(made, author):
    address = reverse("conversion:pasted")
    html = '<p class=MsoNormal>停水<o:p></o:p></p><script>alert(1)</script><p style="display:none">内部</p>'
    answer = author.post(address, html, content_type="text/plain").json()
    assert answer == {"html": "<p>停水</p>", "table": False}
    assert author.get(address).status_code == 405
    body = streamfield([("rich_text", rich_text("<p>·&nbsp;&nbsp; 包扎管道</p>"))])
    edit = reverse("wagtailadmin_pages:edit", args=[made.mine.pk])
    author.post(edit, form_data(title="水务局的稿子", column=made.column.pk, body=body))
    saved = InformationPage.objects.get(pk=made.mine.pk).get_latest_revision_as_object()
    assert saved.build_document()["body"][0]["html"] == "<ul><li>包扎管道</li></ul>"
