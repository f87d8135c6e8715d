"""销毁 to its end: proposed, approved, before two witnesses, and then really gone; a stub stays (Articles 13, 19)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from wagtail.models import Page

from checks import sources
from home.models import PortalDocument
from intake import importing
from intake import services as intake_services
from publication import files, scans, verification
from publication.models import Submission
from review import acts
from secrecy import services
from secrecy.models import Destruction, Quarantine
from secrecy.services import destroying
from tests import factories, package_world, paper_world
from tests.destruction_world import (
    WORDS,
    approved,
    attachment,
    bytes_below,
    carry_out_the_outbox,
    code_of,
    confirmed,
    destroyed,
    proposed,
    tables_that_say,
)
from tests.secrecy_world import stamp

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]


@pytest.fixture
def record(town, column):
    file = attachment(town)
    page = factories.item(
        town,
        "water",
        column,
        title=f"{WORDS}与值守安排",
        attachments=[("attachment", {"title": WORDS, "file": file})],
    )
    scan = SimpleUploadedFile(f"{WORDS}.html", f"<p>{WORDS}</p>".encode())
    sources.file_evidence(page.object_id, "capture", scan, page.owner, url="https://example.org/a")
    return confirmed(town, factories.submit(page, town.who("water", "author")))


def test_nothing_that_was_said_is_left_in_any_table_or_file(town, record, settings):
    assert tables_that_say(WORDS) and bytes_below(settings.PRIVATE_ROOT, WORDS)
    digest = Submission.objects.get(pk=record.submission_id).digest
    done = destroyed(town, record)
    carry_out_the_outbox()
    assert (done.status, bool(done.destroyed_at)) == ("已销毁", True)
    assert tables_that_say(WORDS) == []
    assert bytes_below(settings.PRIVATE_ROOT, WORDS) == []
    assert not Page.objects.filter(pk=record.page_id).exists()
    listed = {(entry["what"], entry["kept"]) for entry in done.inventory}
    assert {("送审稿", ""), ("草稿版本", ""), ("媒体库原件", ""), ("来源材料", "")} <= listed
    assert digest in {entry["sha256"] for entry in done.inventory}
    assert [line for line in verification.offenders() if "destr" in line or "row " in line] == []


def test_its_stub_can_be_opened_and_says_nothing(client, town, record):
    made = destroyed(town, record)
    client.force_login(town.who("water", "secrecy_body"))
    for address in (
        reverse("secrecy:body"),
        reverse("secrecy:quarantine", args=[record.pk]),
        reverse("secrecy:destruction", args=[made.pk]),
        reverse("review:review", args=[record.submission_id]),
        reverse("review:chain", args=[record.submission_id]),
    ):
        answer = client.get(address)
        assert answer.status_code in (200, 404) and WORDS not in answer.content.decode(), address


def test_the_screens_from_the_proposal_to_the_second_witness(client, town, record):
    def sent(post, address, data, unit="water"):
        client.force_login(town.who(unit, post))
        answer = client.post(address, data, follow=True).content.decode()
        assert post == "secrecy_body" or WORDS not in answer
        return answer

    asked = reverse("secrecy:quarantine", args=[record.pk])
    assert "无纸质件" in sent("secrecy_body", asked, {"grounds": "", "carriers": "无纸质件"})
    sent("secrecy_body", asked, {"grounds": "无保存必要", "carriers": "无纸质件"})
    address = reverse("secrecy:destruction", args=[Destruction.objects.get().pk])
    assert "封存销毁" in client_page(client, town.who("water", "supervising_leader"), "/admin/")
    sent("supervising_leader", address, {"approve": "no", "remark": ""})
    assert Destruction.objects.get().awaits_decision  # a refusal has its reason
    sent("supervising_leader", address, {"approve": "yes"})
    for post, unit in (("dedicated", "water"), ("dedicated", "water"), ("reviewer", "gov")):
        page = sent(post, address, {"witness": "1"}, unit)
    assert "已销毁" in page and Destruction.objects.get().witnesses.count() == 2
    client.force_login(town.who("jiuzhou", "reviewer"))
    assert client.get(address).status_code == 404


def client_page(client, who, address):
    client.force_login(who)
    return client.get(address).content.decode()


def test_what_another_item_shows_stays_and_the_list_says_so(town, column, settings):
    file = attachment(town)
    kept = [("attachment", {"title": "附件", "file": file})]
    other = factories.item(town, "water", column, attachments=kept)
    factories.publish(town, factories.submit(other, town.who("water", "author")))
    page = factories.item(town, "water", column, title="秘密事项", attachments=kept)
    done = destroyed(town, confirmed(town, factories.submit(page, town.who("water", "author"))))
    carry_out_the_outbox()
    assert PortalDocument.objects.filter(pk=file.pk).exists()
    with files.open_private(file.sha256) as stored:
        assert WORDS.encode() in stored.read()
    assert {e["kept"] for e in done.inventory if e["sha256"] == file.sha256} == {"另有信息使用"}


def test_of_what_was_public_once_only_the_unpublished_words_go(town, column):
    from home.models import InformationPage

    page = factories.item(town, "water", column, title="供水管网冲洗")
    case = factories.publish(town, factories.submit(page, town.who("water", "author")))
    page = InformationPage.objects.get(pk=case.page_id)
    page.body = [("rich_text", f"<p>{WORDS}</p>")]
    page.save_revision(user=page.owner)
    record = confirmed(town, factories.submit(page, town.who("water", "author")))
    destroyed(town, record)
    assert tables_that_say(WORDS) == []
    assert Submission.objects.get(pk=case.pk).title == "供水管网冲洗"
    left = InformationPage.objects.get(pk=case.page_id)
    assert left.get_latest_revision_as_object().title == "供水管网冲洗"


def test_what_came_as_a_package_goes_with_its_package(town, column, settings):
    said = package_world.said(
        title=f"{WORDS}", text=WORDS, column=column.object_id, files=((f"{WORDS}.txt", WORDS.encode()),)
    )
    desk = town.who("egov", "web_manager")
    brought = importing.bring(package_world.upload(said, name=f"{WORDS}.xxbs"), desk)
    intake = importing.take_in(
        brought,
        desk,
        author=town.who("jiuzhou", "author"),
        column=column,
        form=scans.accepted(paper_world.picture()),
    )
    case = intake_services.hand_in(
        intake, desk, row={"department": "办公室"} | factories.ROW, harms=factories.HARMLESS
    )
    destroyed(town, confirmed(town, case, "jiuzhou"), "jiuzhou")
    carry_out_the_outbox()
    assert tables_that_say(WORDS) == []
    assert bytes_below(settings.PRIVATE_ROOT, WORDS) == []
    intake.refresh_from_db()
    assert (intake.title, intake.deliverer) == ("（已销毁）", "办事员甲")


def test_a_sheet_with_other_items_stays_closed_and_is_listed(town, column):
    sealer = town.who("water", "dedicated")
    cases = []
    for title in (f"{WORDS}", "另一件"):
        page = factories.item(town, "water", column, title=title)
        cases.append(factories.advance_to(town, factories.submit(page, town.who("water", "author")), "seal"))
    sheet = stamp(cases[0], sealer)
    acts.quarantine(acts.agree(cases[0], sealer), town.who("egov", "web_manager"), remark="核对时发现")
    record = Quarantine.objects.get(submission_id=cases[0].pk)
    record = services.decide_quarantine(
        record, town.who("water", "secrecy_body"), "confirmed", "属国家秘密。"
    )
    made = approved(town, record)
    for witness in (sealer, town.who("gov", "reviewer")):
        made = destroying.witness(made, witness)
    kept = {entry["what"] for entry in made.inventory if entry["kept"] == "审查表上另有其他信息"}
    assert kept == {"审查表", "盖章件"}
    with files.open_private(sheet.pdf_sha256) as stored:
        assert stored.read(5) == b"%PDF-"


def test_only_what_was_confirmed_and_only_by_the_right_people(town, column, record):
    leader, body = town.who("water", "supervising_leader"), town.who("water", "secrecy_body")
    for who in (
        town.who("water", "author"),
        town.who("jiuzhou", "secrecy_body"),
        town.who("egov", "web_manager"),
    ):
        assert code_of(destroying.propose, record, who, grounds="a", carriers="b") == "not_holder"
    assert code_of(destroying.propose, record, body, grounds=" ", carriers="b") == "secrecy_incomplete"
    made = proposed(town, record)
    assert code_of(proposed, town, record) == "secrecy_frozen"
    for who in (body, town.who("water", "branch_leader"), town.who("jiuzhou", "supervising_leader")):
        assert code_of(destroying.decide, made, who, approve=True) == "not_holder"
    assert code_of(destroying.decide, made, leader, approve=False) == "secrecy_incomplete"
    assert code_of(destroying.witness, made, town.who("water", "dedicated")) == "secrecy_destruction"
    made = destroying.decide(made, leader, approve=True)
    for who in (body, leader, town.who("water", "author"), town.who("jiuzhou", "dedicated")):
        assert code_of(destroying.witness, made, who) == "no_witness"
    destroying.witness(made, town.who("water", "dedicated"))
    assert code_of(destroying.witness, made, town.who("water", "dedicated")) == "second_person"
    made.refresh_from_db()
    assert made.destroyed_at is None and tables_that_say(WORDS)


def test_a_refused_proposal_may_be_made_again(town, record):
    made = proposed(town, record)
    destroying.decide(made, town.who("water", "supervising_leader"), approve=False, remark="先移交")
    assert proposed(town, record).pk != made.pk


def test_what_was_not_confirmed_is_not_destroyed(town, column):
    page = factories.item(town, "water", column)
    case = factories.submit(page, town.who("water", "author"))
    acts.quarantine(case, town.who("water", "secrecy_reviewer"), remark="疑似")
    record = Quarantine.objects.get(submission_id=case.pk)
    assert code_of(proposed, town, record) == "unconfirmed"


def refused_by_the_database(sql, *values):
    with (
        pytest.raises((IntegrityError, ProgrammingError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)


def test_the_database_lets_nobody_shorten_it(town, record, as_role):
    made = approved(town, record)
    dedicated = town.who("water", "dedicated").pk
    signed = "INSERT INTO secrecy_witness (destruction_id, person_id, unit_id, post) VALUES (%s, %s, %s, %s)"
    water = town.units["water"].pk
    refused_by_the_database("UPDATE secrecy_destruction SET destroyed_at = now() WHERE id = %s", made.pk)
    refused_by_the_database("DELETE FROM secrecy_destruction")
    refused_by_the_database(signed, made.pk, town.who("water", "secrecy_body").pk, water, "secrecy_body")
    refused_by_the_database(signed, made.pk, dedicated, water, "reviewer")
    refused_by_the_database("UPDATE publication_submission SET document = secrecy_stub(document)")
    with as_role("owner"):
        refused_by_the_database("UPDATE publication_submission SET document = secrecy_stub(document)")
        refused_by_the_database("UPDATE secrecy_destruction SET destroyed_at = now() WHERE id = %s", made.pk)
    destroying.witness(made, town.who("water", "dedicated"))
    refused_by_the_database(signed, made.pk, dedicated, water, "dedicated")
    refused_by_the_database("DELETE FROM secrecy_witness")
    assert Destruction.objects.get().destroyed_at is None
    destroying.witness(made, town.who("gov", "reviewer"))
    with as_role("owner"):
        refused_by_the_database(
            "UPDATE publication_submission SET path = '/x' WHERE id = %s", record.submission_id
        )
