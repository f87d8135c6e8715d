"""The screens: submission, review page, inbox, chain, take-down. What they refuse and what they keep."""

import pytest
from django.urls import reverse

from ledger.models import RegisterEntry
from publication.models import Publication, TakeDown
from regulation.refusals import Refusal
from review import acts
from review.models import Case
from review.views import streak
from tests import factories

pytestmark = pytest.mark.django_db
BACKEND = "organisation.authentication.AppointedBackend"
ANSWERS = {f"answer_{n}": value for n, value in enumerate("否是是否是是否", start=1)} | {
    "answer_8": "不涉及",
    "text_9": "无",
}
ROW = {"row-department": "办公室", "row-source": "own", "row-form": "web"}
HARMS = {f"harms-{code}": value for code, value in factories.HARMLESS.items()}


@pytest.fixture
def page(town, column):
    return factories.item(town, "water", column)


@pytest.fixture
def case(town, page):
    return factories.submit(page, town.who("water", "author"))


@pytest.fixture
def as_(client, town):
    def log_in(name, post):
        client.force_login(town.who(name, post), backend=BACKEND)
        return client

    return log_in


def text(response):
    return response.content.decode()


@pytest.mark.article("14")
def test_the_submission_page_tells_route_reasons_and_names(as_, town, page):
    client = as_("water", "author")
    body = text(client.get(reverse("review:submit", args=[page.pk])))
    for said in (
        "部门信息",
        "第十四条（二）",
        "区水务局 secrecy_reviewer",
        "区电子政务办公室 web_manager",
        "是否危及国家安全",
    ):
        assert said in body
    response = client.post(reverse("review:submit", args=[page.pk]), ROW | HARMS)
    case = Case.objects.get(page_id=page.pk)
    assert response.url == reverse("review:review", args=[case.pk])


@pytest.mark.article("6")
def test_errors_on_the_submission_page_lose_nothing(as_, page):
    client = as_("water", "author")
    response = client.post(reverse("review:submit", args=[page.pk]), ROW | {"row-department": "综合股"})
    assert response.status_code == 200 and "综合股" in text(response)
    assert not Case.objects.filter(page_id=page.pk).exists()


@pytest.mark.article("16")
def test_a_time_in_the_past_is_refused(as_, page):
    client = as_("water", "author")
    data = ROW | HARMS | {"timing-publish_at": "2020-01-01T08:00"}
    assert "第十六条" in text(client.post(reverse("review:submit", args=[page.pk]), data))


@pytest.mark.article("15")
def test_the_review_page_signs_and_keeps_what_was_typed(as_, town, case):
    case = factories.advance_to(town, case, "review")
    client = as_("water", "reviewer")
    url = reverse("review:review", args=[case.pk])
    body = text(client.get(url))
    for said in ("审核通过", "退回修改", "转突发敏感", "（一）是否涉及秘密", "区水务局 secrecy_reviewer"):
        assert said in body
    refused = client.post(
        url, ANSWERS | {"action": "approve", "answer_6": "否", "text_6": "会后再发", "remark": "写好的意见"}
    )
    assert refused.status_code == 200
    assert "暂缓发布" in text(refused) and "写好的意见" in text(refused) and "会后再发" in text(refused)
    done = client.post(url, ANSWERS | {"action": "approve"})
    assert done.status_code == 302 and Case.objects.get(pk=case.pk).opinion == "leader_opinion"


@pytest.mark.article("14")
def test_returning_from_the_page_needs_its_reason(as_, town, case):
    client = as_("water", "secrecy_reviewer")
    url = reverse("review:review", args=[case.pk])
    assert client.post(url, {"action": "reject", "remark": "x"}).status_code == 200
    assert Case.objects.get(pk=case.pk).is_open
    assert client.post(url, {"action": "reject", "reason": "wording", "remark": "错别字"}).status_code == 302
    body = text(as_("water", "author").get(reverse("wagtailadmin_pages:edit", args=[case.page_id])))
    assert "已退回" in body and "错别字" in body


@pytest.mark.article("14(6)")
def test_what_may_not_be_seen_does_not_exist(as_, case):
    client = as_("jiuzhou", "reviewer")
    for name in ("review", "chain", "document"):
        assert client.get(reverse(f"review:{name}", args=[case.pk])).status_code == 404
    assert client.get(reverse("review:file", args=[case.pk, "0" * 64])).status_code == 404


@pytest.mark.article("3")
def test_files_open_only_by_the_document_that_names_them(as_, case):
    client = as_("water", "reviewer")
    assert client.get(reverse("review:document", args=[case.pk])).status_code == 200
    for sha256 in ("0" * 64, "../../etc/passwd"):
        url = reverse("review:review", args=[case.pk]) + f"file/{sha256}/"
        assert client.get(url).status_code == 404


@pytest.mark.article("14")
def test_approve_and_next_goes_through_opened_items_only(as_, town, column):
    cases = [
        factories.advance_to(
            town,
            factories.submit(factories.item(town, "water", column), town.who("water", "author")),
            "approval",
        )
        for _n in range(2)
    ]
    client = as_("water", "branch_leader")
    first, second = (reverse("review:review", args=[case.pk]) for case in cases)
    refused = client.post(second, {"action": "approve_next"})
    assert refused.status_code == 200 and Case.objects.get(pk=cases[1].pk).opinion == "approval"
    assert "同意并看下一件" in text(client.get(first))
    assert client.post(first, {"action": "approve_next"}).url == second
    assert client.post(second, {"action": "approve_next"}).status_code == 200
    client.get(second)
    assert client.post(second, {"action": "approve_next"}).url == reverse("review:inbox")


@pytest.mark.article("14")
@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({}, True),
        ({"route": "government"}, False),
        ({"route": "emergency"}, False),
        ({"remarkable": True}, False),
        ({"opinion": "review"}, False),
    ],
)
def test_never_in_a_row_for_one_six_or_warnings(fields, offered):
    case = Case(**({"opinion": "approval", "route": "department", "remarkable": False} | fields))
    assert streak.qualifies(case) is offered


@pytest.mark.article("1")
def test_the_whole_chain_is_one_click_from_the_page(as_, town, case):
    case = factories.publish(town, case)
    client = as_("water", "author")
    edit = text(client.get(reverse("wagtailadmin_pages:edit", args=[case.page_id])))
    assert reverse("review:page_chain", args=[case.page_id]) in edit
    body = text(client.get(reverse("review:page_chain", args=[case.page_id]), follow=True))
    number = str(RegisterEntry.objects.get(object_id=case.object_id).number)
    for said in (
        "审核发布全过程",
        "保密审查",
        "主管领导意见",
        "盖章",
        "信息发布审核登记表",
        case.submission.digest,
        number,
    ):
        assert said in body


@pytest.mark.article("21")
def test_take_down_ratify_and_restore(as_, town, case):
    case = factories.publish(town, case)
    publication = Publication.objects.get(object_id=case.object_id)
    url = reverse("review:take_down", args=[publication.pk])
    assert as_("jiuzhou", "reviewer").get(url).status_code in (302, 403)
    client = as_("water", "reviewer")
    assert client.post(url, {"reason": "bogus", "remark": "x"}).status_code == 200
    assert client.post(url, {"reason": "under_check", "remark": "读者来电"}).status_code == 302
    taken = TakeDown.objects.get(publication=publication)
    assert Case.objects.get(pk=case.pk).status_label == "已下线"
    decide = reverse("review:decide", args=[taken.pk])
    assert client.get(decide).status_code in (302, 403)
    leader = as_("water", "branch_leader")
    assert decide in text(leader.get(reverse("review:taken_down")))
    assert leader.post(decide, {"action": "restore", "remark": "核实无误"}).status_code == 302
    assert Publication.objects.filter(object_id=case.object_id, ended_at=None).exists()
    assert Case.objects.get(pk=case.pk).status_label == "已发布"


@pytest.mark.article("14")
def test_the_editor_offers_nothing_that_publishes(as_, town, page):
    body = text(as_("water", "author").get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    assert "提交审核" in body and "action-portal-submit" in body
    for name in ("action-publish", "action-unpublish", 'action-submit"', "action-restart-workflow"):
        assert name not in body


@pytest.mark.article("24")
def test_wagtails_workflow_screens_are_read_only(client, town):
    from wagtail.models import Task, Workflow

    from tests.organisation_world import person

    admin = person("超管", is_superuser=True)
    client.force_login(admin, backend=BACKEND)
    assert "部门信息" in text(client.get(reverse("wagtailadmin_workflows:index")))
    workflow, task = Workflow.objects.first(), Task.objects.first()
    for name, args in (
        ("disable", [workflow.pk]),
        ("disable_task", [task.pk]),
        ("edit", [workflow.pk]),
        ("edit_task", [task.pk]),
        ("add", []),
    ):
        client.post(reverse(f"wagtailadmin_workflows:{name}", args=args), {"name": "x", "active": ""})
    workflow.refresh_from_db()
    task.refresh_from_db()
    assert workflow.active and task.active and workflow.name != "x"


@pytest.mark.article("14")
def test_withdrawing_unlocks_the_draft(as_, town, case):
    client = as_("water", "author")
    assert client.get(reverse("review:withdraw", args=[case.pk])).status_code == 405
    assert client.post(reverse("review:withdraw", args=[case.pk])).status_code == 302
    assert Case.objects.get(pk=case.pk).status_label == "已撤回"
    with pytest.raises(Refusal):
        acts.withdraw(Case.objects.get(pk=case.pk), town.who("water", "author"))
