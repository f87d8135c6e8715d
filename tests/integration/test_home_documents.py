"""Drafts become documents: deterministic, complete, and deaf to what is renamed afterwards (Articles 3, 9)."""

import io

import pytest
from django.core.files.base import ContentFile
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.utils import timezone
from PIL import Image

from home.models import ColumnPage, InformationPage, PolicyPage, PortalDocument, PortalImage, UnitLibrary
from home.preview_files import noted
from organisation.models import UnitName
from publication.documents import canonical, problems
from publication.files import open_private
from publication.models import AllottedPath, Publication, StoredFile
from regulation.refusals import Refusal
from tests import factories, secrecy_world
from tests.regulation import public_side

pytestmark = pytest.mark.django_db

PDF = secrecy_world.PDF


@pytest.fixture
def made(town, column):
    return town


def jpeg(width=1200, height=800, colour="green", exif=False):
    data = io.BytesIO()
    picture = Image.new("RGB", (width, height), colour)
    extra = picture.getexif()
    if exif:
        extra[0x010F] = "secret camera"
    picture.save(data, "JPEG", exif=extra)
    return data.getvalue()


def library(unit):
    return UnitLibrary.objects.get(unit=unit).collection


def image(unit, name="山.jpg", **how):
    return PortalImage.objects.create(
        title="山", description="群山", collection=library(unit), file=ContentFile(jpeg(**how), name=name)
    )


def file(unit, name="办法.pdf", content=PDF):
    return PortalDocument.objects.create(
        title="办法全文", collection=library(unit), file=ContentFile(content, name=name)
    )


def rich(made, column, **fields):
    """An item with a picture, a table and an attachment."""
    unit = made.units["water"]
    picture = image(unit, exif=True)
    body = [
        {"type": "rich_text", "value": "<p>一。</p><script>alert(1)</script>", "id": "1"},
        {
            "type": "image",
            "value": {
                "image": {"image": picture.pk, "alt_text": "远山", "decorative": False},
                "caption": "山（资料图）",
            },
            "id": "2",
        },
        {
            "type": "table",
            "value": {
                "caption": "时间",
                "table": {
                    "columns": [{"type": "text", "heading": "片区"}, {"type": "text", "heading": "时间"}],
                    "rows": [{"values": ["东片", "周一"]}],
                    "caption": "",
                },
            },
            "id": "3",
        },
    ]
    page = factories.item(made, "water", column, **fields)
    page.body = InformationPage._meta.get_field("body").to_python(body)
    attachments = [{"type": "attachment", "value": {"title": "", "file": file(unit).pk}, "id": "4"}]
    page.attachments = InformationPage._meta.get_field("attachments").to_python(attachments)
    page.save_revision(user=page.owner)
    return page


def rename(unit, name):
    today = timezone.localdate()
    UnitName.objects.filter(unit=unit).update(valid_to=today)
    UnitName.objects.create(unit=unit, name=name, short_name=name, valid_from=today)


def draft(page):
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def test_the_same_draft_gives_the_same_bytes(made, column):
    page = rich(made, column)
    first, second = (canonical(draft(page).build_document()) for _ in range(2))
    assert first == second


def test_the_document_is_whole(made, column):
    document = draft(rich(made, column)).build_document()
    assert not problems(document)
    assert document["unit"]["name"] == "区水务局"
    assert document["column"] == str(column.object_id)
    assert document["path"].startswith(f"/{column.slug}/20")
    assert [block["type"] for block in document["body"]] == ["rich_text", "image", "table"]
    assert document["body"][2]["rows"] == [["东片", "周一"]]
    assert document["attachments"][0]["title"] == "办法全文"
    assert document["source"] == {"kind": "own", "name": "区水务局", "url": "", "date": ""}


@pytest.mark.article("14")
def test_script_does_not_get_into_the_document(made, column):
    document = draft(rich(made, column)).build_document()
    assert document["body"][0]["html"] == "<p>一。</p>"


@pytest.mark.article("3")
def test_files_are_kept_by_digest_and_pictures_lose_what_the_camera_wrote(made, column):
    document = draft(rich(made, column)).build_document()
    named = {asset["sha256"] for asset in document["assets"]}
    assert named == set(StoredFile.objects.filter(pk__in=named).values_list("pk", flat=True))
    renditions = document["body"][1]["renditions"]
    assert [rendition["width"] for rendition in renditions] == [480, 960, 1200]
    assert {rendition["content_type"] for rendition in renditions} == {"image/webp"}
    for rendition in renditions:
        with open_private(rendition["sha256"]) as stored:
            data = stored.read()
            assert data[:4] == b"RIFF" and b"secret camera" not in data
    assert PortalImage.objects.get().sha256 not in named, "originals are never public"


@pytest.mark.article("3")
def test_a_replaced_file_is_another_file(made, column):
    page = rich(made, column)
    before = draft(page).build_document()
    picture, paper = PortalImage.objects.get(), PortalDocument.objects.get()
    old = paper.file.name
    picture.file = ContentFile(jpeg(colour="red"), name="山.jpg")
    picture.save()
    paper.file = ContentFile(PDF + b"changed", name="办法.pdf")
    paper.save()
    after = draft(page).build_document()
    assert not {a["sha256"] for a in before["assets"]} & {a["sha256"] for a in after["assets"]}
    assert paper.file.storage.open(old).read() == PDF


@pytest.mark.article("9")
def test_renaming_after_publication_changes_no_byte(made, column):
    related = factories.item(made, "jiuzhou", column, title="被引用的信息")
    factories.publish(made, factories.submit(related, made.who("jiuzhou", "author")))
    page = rich(made, column)
    link = f'<p>另见<a linktype="page" id="{related.pk}">被引用的信息</a></p>'
    page.body = [*page.body.raw_data, {"type": "rich_text", "value": link, "id": "5"}]
    page.save_revision(user=page.owner)
    case = factories.publish(made, factories.submit(page, made.who("water", "author")))
    path = Publication.objects.get(pk=case.publication_id).path

    before = public_side.get(path)
    for unit in made.units.values():
        rename(unit, f"改名{unit.pk}")
    ColumnPage.objects.filter(pk=column.pk).update(title="改名栏目", description="改", draft_title="改")
    InformationPage.objects.filter(pk__in=[page.pk, related.pk]).update(
        title="改名信息",
        draft_title="改",
        slug=Concat(Value("gai"), F("id"), output_field=CharField()),
        summary="改",
    )
    PortalImage.objects.update(title="改", description="改")
    PortalDocument.objects.update(title="改")
    assert public_side.get(path) == before
    for words in ("办法全文", 'alt="远山"', "区水务局", "通知公告", 'html">被引用的信息</a>'):
        assert words in before[1].decode(), words


def test_a_preview_stores_nothing_and_takes_no_address(made, column, rf):
    page = rich(made, column)
    with noted():
        html = draft(page).serve_preview(rf.get("/"), "").content.decode()
    assert "预览" in html
    assert "/admin/library/" in html
    assert not StoredFile.objects.exists()
    assert not AllottedPath.objects.filter(object_id=page.object_id).exists()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"title": "长" * 10_000}, "title"),
        ({"column": None}, "column"),
    ],
)
def test_an_unfinished_draft_is_refused_with_words(made, column, change, word):
    page = factories.item(made, "water", column)
    for name, value in change.items():
        setattr(page, name, value)
    with pytest.raises(Refusal) as refused:
        page.check_submittable()
    assert refused.value.article in {"9", "15"}
    assert len(str(refused.value)) < 400


def test_a_picture_needs_words_or_the_mark_of_decoration(made, column):
    page = rich(made, column)
    picture = page.body[1].value["image"]
    picture.contextual_alt_text, picture.decorative = "", False
    with pytest.raises(Refusal):
        page.check_submittable()


@pytest.mark.article("9")
def test_a_column_without_unit_accepts_nothing(made, column):
    ColumnPage.objects.filter(pk=column.pk).update(responsible_unit=None)
    page = factories.item(made, "water", ColumnPage.objects.get(pk=column.pk))
    with pytest.raises(Refusal) as refused:
        factories.submit(page, made.who("water", "author"))
    assert refused.value.article == "9"
    assert refused.value.code == "column_without_unit"


@pytest.mark.article("17")
def test_only_contributors_publish_in_a_column(made):
    column = factories.column(made, "乡镇动态", kinds=["township"])
    page = factories.item(made, "water", column)
    with pytest.raises(Refusal) as refused:
        page.check_submittable()
    assert refused.value.code == "not_contributor"
    column.contributor_units.add(made.units["water"])
    column.save()
    factories.item(made, "water", ColumnPage.objects.get(pk=column.pk)).check_submittable()


def test_policy_and_interpretation_name_each_other(made, column):
    policy = PolicyPage(
        title="农村公路养护管理办法",
        slug="policy",
        unit=made.units["water"],
        column=column,
        owner=made.who("water", "author"),
        issuer="区人民政府",
        body=factories.BODY,
    )
    factories.unit_page(made, "water").add_child(instance=policy)
    reading = factories.item(made, "water", column, title="解读", interprets=policy)
    assert policy.build_document()["policy"]["interpretations"] == [str(reading.object_id)]
    assert reading.build_document()["policy"]["interprets"] == str(policy.object_id)


def test_links_to_the_portals_own_addresses_become_object_ids(made, column, settings):
    target = factories.item(made, "jiuzhou", column, title="目标")
    address = f"https://{settings.SITE_DOMAIN}{target.build_document()['path']}"
    page = factories.item(made, "water", column)
    page.body = [
        ("rich_text", f'<p><a href="{address}">见此</a> <a linktype="page" id="{target.pk}">又见</a></p>')
    ]
    page.save_revision(user=page.owner)
    html = draft(page).build_document()["body"][0]["html"]
    assert html.count(f'data-object="{target.object_id}"') == 2


def test_a_copy_is_another_object(made, column):
    page = factories.item(made, "water", column)
    copied = page.copy(update_attrs={"slug": "copied"}, user=page.owner)
    assert copied.object_id != page.object_id
    assert not copied.live
