"""代为发布: network failure, from the unit's paper to the public; the unit stays responsible (Article 12)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from intake import services
from intake.models import Intake
from ledger.lines import Line
from ledger.models import RegisterEntry
from publication import scans
from publication.documents import parse
from publication.models import Publication, SignOff
from publication.rendering import render_document
from regulation.refusals import Refusal
from review.acts import paper
from review.models import Case
from tests import factories, paper_world
from tests.organisation_world import holder

pytestmark = [pytest.mark.django_db, pytest.mark.article("12")]


@pytest.fixture
def made(town, column):
    town.people["egov", "registrar"] = holder(town.units["egov"], "registrar", "登记专人")
    return town


def take_in(made, column, **changes):
    given = {
        "by": made.who("egov", "web_editor"),
        "unit": made.units["jiuzhou"],
        "author": made.who("jiuzhou", "author"),
        "title": "旧州镇停水通知",
        "column": column,
        "text": "今日停水。\n请提前储水。",
        "form": scans.accepted(paper_world.picture(90)),
        "facts": {"reason": "network", "channel": "disk", "deliverer": "办事员甲"},
    } | changes
    return services.take_in(**given)


def hand_in(made, record, by="web_editor"):
    row = {"department": "党政办"} | factories.ROW
    return services.hand_in(record, made.who("egov", by), row=row, harms=factories.HARMLESS)


def code_of(call, *args, **kwargs):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        call(*args, **kwargs)
    return refused.value.code


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def test_from_paper_to_the_public_by_every_step_of_the_units_own_route(made, column):
    case = hand_in(made, take_in(made, column))
    assert (case.author, case.route) == (made.who("jiuzhou", "author"), "township")
    first, second = made.who("egov", "web_editor"), made.who("egov", "registrar")
    while case.opinion != "check":
        case = paper.verify(paper_world.enter(made, case, first), second)
    case = factories.sign_next(made, case)
    publication = Publication.objects.get(object_id=case.object_id, ended_at__isnull=True)
    on_paper = SignOff.objects.filter(submission_id=case.pk, medium="paper")
    assert [s.opinion for s in on_paper.order_by("position")] == [
        "secrecy",
        "review",
        "leader_opinion",
        "approval",
        "seal",
    ]
    assert set(on_paper.values_list("unit_id", flat=True)) == {made.units["jiuzhou"].pk}
    assert "旧州镇提供，区电子政务办公室代为发布" in render_document(
        parse(publication.document), publication=publication
    )
    entry = RegisterEntry.objects.get(publication_id=publication.pk)
    assert Line(entry).unit == "旧州镇提供，区电子政务办公室代为发布"
    facts = entry.facts["intake"]
    assert (facts["deliverer"], facts["receiver"]) == ("办事员甲", first.name) and len(
        facts["form_sha256"]
    ) == 64


def test_only_the_desk_takes_in_and_only_the_unit_is_author(made, column):
    assert code_of(take_in, made, column, by=made.who("jiuzhou", "author")) == "not_desk"
    assert code_of(take_in, made, column, by=made.who("gov", "reviewer")) == "not_desk"
    assert code_of(take_in, made, column, author=made.who("egov", "author")) == "not_the_units"
    assert not Intake.objects.exists()


def test_its_papers_are_the_offices_matter_and_two_persons(made, column):
    case = hand_in(made, take_in(made, column))
    assert code_of(paper_world.enter, made, case, made.who("jiuzhou", "dedicated")) == "not_egov"
    entered = paper_world.enter(made, case, made.who("egov", "web_editor"))
    assert code_of(paper.verify, entered, made.who("egov", "web_editor")) == "second_person"
    assert code_of(paper.verify, entered, made.who("jiuzhou", "dedicated")) == "not_egov"


def test_a_file_that_is_no_such_file_is_refused_and_nothing_is_left(made, column):
    false = SimpleUploadedFile("名单.pdf", b"no pdf at all")
    assert code_of(take_in, made, column, attachments=[false]) == "file"
    assert not Intake.objects.exists()


def test_the_record_never_changes(made, column):
    record = take_in(made, column)
    case = hand_in(made, record)
    for changes in ({"deliverer": "别人"}, {"submission_id": None}, {"received_at": "2026-01-01T00:00:00Z"}):
        with pytest.raises((IntegrityError, Exception)), transaction.atomic():
            Intake.objects.filter(pk=record.pk).update(**changes)
    record.refresh_from_db()
    assert (record.deliverer, record.submission_id) == ("办事员甲", case.pk)
    assert code_of(hand_in, made, record) == "locked"


def test_screens(made, column):
    editor = client_of(made.who("egov", "web_editor"))
    assert client_of(made.who("jiuzhou", "author")).get(reverse("intake:index")).status_code != 200
    assert "旧州镇" in editor.get(reverse("intake:index")).content.decode()
    address = reverse("intake:take_in", args=[made.units["jiuzhou"].pk])
    given = {
        "author": made.who("jiuzhou", "author").pk,
        "reason": "network",
        "channel": "disk",
        "deliverer": "办事员甲",
        "title": "旧州镇停水通知",
        "column": column.pk,
        "text": "今日停水。",
    }
    answer = editor.post(address, given)
    assert answer.status_code == 200 and "今日停水。" in answer.content.decode()
    attachment = SimpleUploadedFile("说明.txt", "说明".encode())
    editor.post(address, given | {"scan": paper_world.picture(), "attachments": [attachment]})
    record = Intake.objects.get()
    page = editor.get(reverse("intake:record", args=[record.pk])).content.decode()
    assert record.number in page and record.files[0]["sha256"] in page
    assert "今日停水" in editor.get(reverse("intake:draft", args=[record.pk])).content.decode()
    editor.post(
        reverse("intake:put_right", args=[record.pk]),
        {"title": "旧州镇停水通知", "column": column.pk, "text": "明日停水。"},
    )
    row = {f"row-{name}": value for name, value in ({"department": "党政办"} | factories.ROW).items()}
    harms = {f"harms-{name}": value for name, value in factories.HARMLESS.items()}
    answer = editor.post(reverse("intake:record", args=[record.pk]), row | harms)
    case = Case.objects.get(object_id=record.object_id)
    assert answer["Location"] == reverse("review:papers", args=[case.pk])
    assert "明日停水" in bytes(case.submission.document).decode()
    assert "纸质签批" in editor.get(reverse("review:papers", args=[case.pk])).content.decode()
    assert editor.get(reverse("intake:index"), {"export": "xlsx"}).status_code == 200
