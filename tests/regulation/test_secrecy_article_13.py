"""Article 13: 涉密信息不得上网发布. What is found to be secret is closed to everyone but the unit's secrecy body."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from ledger.models import RegisterEntry
from publication.models import Publication, Submission
from regulation.refusals import Refusal
from review import acts
from review.models import Case
from review.visibility import visible_cases
from secrecy import access, services
from secrecy.models import Quarantine, SecrecyRow
from tests import factories
from tests.secrecy_world import stamp

pytestmark = [pytest.mark.django_db, pytest.mark.article("13")]
TITLE = "水源地巡护路线与值守安排"


@pytest.fixture
def case(town, column):
    page = factories.item(town, "water", column, title=TITLE)
    return factories.submit(page, town.who("water", "author"))


@pytest.fixture
def sealed_away(town, case):
    acts.quarantine(case, town.who("water", "secrecy_reviewer"), remark="含巡护路线")
    case.refresh_from_db()
    return case


def row_of(case):
    return SecrecyRow.objects.get(submission_id=case.pk)


def everyone_else(town):
    return [who for (unit, post), who in town.people.items() if (unit, post) != ("water", "secrecy_body")]


def test_everybody_but_the_secrecy_body_loses_the_item_at_once(town, sealed_away):
    body = town.who("water", "secrecy_body")
    assert sealed_away.page_id not in access.hidden_page_ids(body)
    assert visible_cases(body).filter(pk=sealed_away.pk).exists()
    for who in everyone_else(town):
        assert sealed_away.page_id in access.hidden_page_ids(who), who
        assert not visible_cases(who).filter(pk=sealed_away.pk).exists(), who
        assert not access.may_see_row(who, row_of(sealed_away)), who


def test_a_superuser_is_a_person_like_others(town, sealed_away):
    from tests.organisation_world import person

    boss = person("超级用户", is_superuser=True, is_staff=True)
    assert sealed_away.page_id in access.hidden_page_ids(boss)


def test_lists_and_registers_carry_no_title(town, sealed_away):
    assert str(row_of(sealed_away)) == "（已封存）"
    assert TITLE not in str(sealed_away)
    entries = RegisterEntry.objects.filter(submission_id=sealed_away.pk)
    assert all(TITLE not in str(entry.facts) for entry in entries)
    assert TITLE not in str(Quarantine.objects.values())


def test_by_url_it_does_not_exist(client, town, sealed_away):
    urls = [
        reverse("review:review", args=[sealed_away.pk]),
        reverse("review:document", args=[sealed_away.pk]),
        reverse("review:chain", args=[sealed_away.pk]),
        reverse("wagtailadmin_pages:edit", args=[sealed_away.page_id]),
        reverse("wagtailadmin_pages:history", args=[sealed_away.page_id]),
        reverse("wagtailadmin_pages:view_draft", args=[sealed_away.page_id]),
        reverse("wagtailadmin_pages:copy", args=[sealed_away.page_id]),
        reverse("wagtailadmin_pages:delete", args=[sealed_away.page_id]),
        reverse("wagtailadmin_pages:usage", args=[sealed_away.page_id]),
    ]
    for who in (
        town.who("water", "author"),
        town.who("water", "secrecy_reviewer"),
        town.who("gov", "reviewer"),
    ):
        client.force_login(who)
        for url in urls:
            response = client.get(url)
            assert response.status_code in (302, 403, 404), (who, url, response.status_code)
            assert TITLE not in response.content.decode()


def test_the_row_is_void_and_nothing_of_it_can_be_signed(town, sealed_away):
    assert row_of(sealed_away).is_voided
    assert sealed_away.status == "quarantined"
    with pytest.raises(Refusal):
        acts.agree(sealed_away, town.who("water", "secrecy_reviewer"), question_one="否")


def test_it_cannot_be_submitted_again_while_sealed_away(town, sealed_away):
    from home.models import InformationPage

    page = InformationPage.objects.get(pk=sealed_away.page_id)
    with pytest.raises(Refusal), transaction.atomic():
        factories.submit(page, town.who("water", "author"))
    assert Submission.objects.filter(object_id=sealed_away.object_id).count() == 1


def test_only_the_secrecy_body_concludes_and_in_writing(town, sealed_away):
    record = Quarantine.objects.get(submission_id=sealed_away.pk)
    body = town.who("water", "secrecy_body")
    for who in (
        town.who("water", "author"),
        town.who("jiuzhou", "secrecy_body"),
        town.who("egov", "web_manager"),
    ):
        with pytest.raises(Refusal):
            services.decide_quarantine(record, who, "lifted", "可以")
    with pytest.raises(Refusal):
        services.decide_quarantine(record, body, "lifted", " ")
    services.decide_quarantine(record, body, "lifted", "经审查不涉密。")
    assert sealed_away.page_id not in access.hidden_page_ids(town.who("water", "author"))
    with pytest.raises(Refusal):
        services.decide_quarantine(record, body, "confirmed", "改判")


def test_what_is_confirmed_stays_closed(town, sealed_away):
    record = Quarantine.objects.get(submission_id=sealed_away.pk)
    services.decide_quarantine(record, town.who("water", "secrecy_body"), "confirmed", "属工作秘密。")
    assert sealed_away.page_id in access.hidden_page_ids(town.who("water", "author"))


def test_a_conclusion_of_secrecy_seals_away(town, case):
    acts.refer(case, town.who("water", "secrecy_reviewer"), remark="不明确")
    case = acts.conclude(case, town.who("water", "secrecy_body"), verdict="secret", text="属国家秘密。")
    case.refresh_from_db()
    assert case.status == "quarantined"
    assert Quarantine.objects.filter(submission_id=case.pk).exists()
    assert case.page_id in access.hidden_page_ids(town.who("water", "author"))


def test_the_sheet_of_a_sealed_away_row_is_closed_and_its_other_rows_are_free(town, column, case):
    sealer = town.who("water", "dedicated")
    case = factories.advance_to(town, case, "seal")
    page = factories.item(town, "water", column)
    beside = factories.advance_to(town, factories.submit(page, town.who("water", "author")), "seal")
    sheet = stamp(case, sealer)
    case = acts.agree(case, sealer)
    acts.quarantine(case, town.who("egov", "web_manager"), remark="核对时发现")
    sheet.refresh_from_db()
    assert sheet.withdrawn_at is not None
    assert sheet not in access.seen_sheets(sealer)
    assert sheet in access.seen_sheets(town.who("water", "secrecy_body"))
    with pytest.raises(Refusal):
        acts.agree(beside, sealer)
    fresh = stamp(beside, sealer)
    assert fresh != sheet
    assert acts.agree(beside, sealer).opinion == "check"


def test_quarantine_in_the_database_is_concluded_once_and_never_deleted(town, sealed_away):
    author = town.who("water", "author").pk
    statements = (
        ("DELETE FROM secrecy_quarantine WHERE submission_id = %s", [sealed_away.pk]),
        ("UPDATE secrecy_quarantine SET page_id = 1 WHERE submission_id = %s", [sealed_away.pk]),
        (
            "UPDATE secrecy_quarantine SET conclusion = 'lifted', conclusion_text = '可以', concluded_by_id = %s"
            " WHERE submission_id = %s",
            [author, sealed_away.pk],
        ),
        ("UPDATE secrecy_secrecyrow SET sealed_away = false WHERE submission_id = %s", [sealed_away.pk]),
    )
    for sql, values in statements:
        with (
            pytest.raises((IntegrityError, Exception)) as refused,
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, values)
        assert "permission denied" in str(refused.value) or isinstance(refused.value, IntegrityError)


def test_the_whole_of_article_13_leads_to_publication(town, column, case):
    """填报, 负责同志签字, 加盖公章, 区电子政务办核对: then it is public, and the register names the sheet."""
    case = factories.publish(town, case)
    publication = Publication.objects.get(submission_id=case.pk)
    assert publication.ended_at is None
    entry = RegisterEntry.objects.get(publication_id=publication.pk, kind="published")
    assert entry.facts["sheet_number"] == services.sheet_of(case.pk).number


def test_published_items_too_can_be_sealed_away_when_corrected(town, column, case):
    from home.models import InformationPage

    case = factories.publish(town, case)
    page = InformationPage.objects.get(pk=case.page_id)
    page.body = [("rich_text", "<p>更正。</p>")]
    page.save_revision(user=page.owner)
    again = factories.submit(page, town.who("water", "author"))
    assert row_of(again).cites is None
    acts.quarantine(again, town.who("water", "secrecy_reviewer"), remark="更正稿涉密")
    assert Case.objects.get(pk=case.pk).quarantined
    assert not row_of(case).is_voided
