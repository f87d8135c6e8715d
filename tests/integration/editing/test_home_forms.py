"""The seven forms of information (Article 3): one item with all of them, as it is signed and as it is read."""

import pytest
from django.core.files.base import ContentFile

from checks.documents import parts
from home.models import InformationPage, PortalDocument, PortalImage, UnitLibrary
from publication import documents, files
from publication.documents import parse
from publication.rendering import render_document
from tests import factories, word_files

pytestmark = pytest.mark.django_db
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n大家好，这里是供水服务。\n".encode()
MP4 = b"\0\0\0\x18ftypisom" + b"\0" * 64


@pytest.fixture
def filed(made):
    """Puts a file into the unit's library."""
    library = UnitLibrary.objects.get(unit=made.units["water"]).collection

    def keep(model, name, data):
        thing = model(title=name.partition(".")[0], collection=library, file=ContentFile(data, name=name))
        thing.full_clean(exclude=["width", "height", "file_hash", "file_size"])
        thing.save()
        return thing

    return keep


@pytest.fixture
def written(made, filed):
    image = filed(PortalImage, "现场.png", word_files.picture().getvalue())
    data = {
        "caption": "办件统计",
        "cells": "月份\t件数\n一月\t12\n二月\t30",
        "unit": "件",
        "chart": "bar",
        "source": "区水务局",
    }
    media = {
        "file": filed(PortalDocument, "访谈.mp4", MP4).pk,
        "title": "访谈",
        "captions": None,
        "transcript": "",
    }
    media["captions"] = filed(PortalDocument, "字幕.vtt", VTT).pk
    targets = [
        {"label": "国务院政策", "url": "https://www.gov.cn/zhengce/", "page": None, "note": "官方发布"},
        {"label": "本局另文", "url": "", "page": made.mine.pk, "note": ""},
    ]
    page = factories.item(made, "water", made.column, title="七种形式")
    raw = [
        {"type": "rich_text", "value": "<p>文字。</p>"},
        {"type": "image", "value": {"image": {"image": image.pk, "alt_text": "现场", "decorative": False}, "caption": "图一"}},
        {"type": "data", "value": data},
        {"type": "media", "value": media},
        {"type": "links", "value": {"heading": "相关链接", "targets": targets}},
    ]  # fmt: skip
    page.body = InformationPage._meta.get_field("body").to_python(raw)
    attachment = {"title": "", "file": filed(PortalDocument, "清单.txt", "清单".encode())}
    page.attachments = [("attachment", attachment)]
    page.save_revision(user=page.owner)
    return page


@pytest.mark.article("3")
def test_all_seven_are_signed_read_and_checked(made, written):
    case = factories.submit(written, made.who("water", "author"))
    document = parse(case.submission.document)
    assert documents.problems(document) == []
    kinds = [block["type"] for block in document["body"]]
    assert kinds == ["rich_text", "image", "table", "media", "rich_text"]
    table, media = document["body"][2], document["body"][3]
    assert (table["chart"], table["unit"], table["rows"]) == ("bar", "件", [["一月", "12"], ["二月", "30"]])
    assert media["captions"]["content_type"] == "text/vtt"
    html = render_document(document)
    for said in (
        '<svg class="chart"',
        "单位：件",
        "数据来源：区水务局",
        '<track kind="captions"',
        "国务院政策</a>　官方发布",
    ):
        assert said in html
    assert "本局另文" in html  # its target is not public yet: plain words
    assert "本局另文</a>" not in html
    inside = [part.text for part in parts(document, files.open_private) if "字幕" in part.name]
    assert any("大家好" in text for text in inside)


def test_older_tables_keep_their_bytes(made):
    made.mine.body = InformationPage._meta.get_field("body").to_python(
        [
            {
                "type": "table",
                "value": {
                    "caption": "旧表",
                    "table": {
                        "columns": [{"type": "text", "heading": "甲"}],
                        "rows": [{"values": ["乙"]}],
                    },
                },
            }
        ]
    )
    assert made.mine.draft_document()["body"] == [
        {"type": "table", "caption": "旧表", "head": ["甲"], "rows": [["乙"]]}
    ]
