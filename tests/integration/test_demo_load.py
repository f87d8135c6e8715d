"""The demo loads through the services, shows every state, proves itself lawful, and is the same twice."""

import shutil
from collections import Counter
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from wagtail.models import Page

from demo import deletion, loading, texts
from demo.data import columns
from demo.data.organisation import UNITS, VACANT
from demo.founding import FOUNDER
from ledger.models import RegisterEntry
from letters.models import InformationRequest
from organisation.models import Appointment, Unit, User
from publication.models import Publication, SignOff, Submission
from review import statuses
from review.models import Case
from secrecy.facts import sheet_facts
from secrecy.models import Destruction, SecrecyRow
from secrecy.services import sheet_of
from tests import databases, portal

pytestmark = pytest.mark.xdist_group("demo")

#: State of the text → status of the item's last case.
SAME = "published scheduled returned withdrawn held refused quarantined referred on_request other_form taken_down"
STATUS = {state: state for state in SAME.split()} | {
    "corrected": "published",
    "restored": "published",
    "resubmitted": "wait_review",
    "returned_seal": "wait_seal",
    "escalated": "wait_secrecy",
    "ratified": "taken_down",
}


@dataclass(frozen=True)
class Demo:
    """A database with the demo in it, and its two stores."""

    database: databases.Clone
    stores: dict

    def work_on(self):
        databases.point_to(self.database.name)
        cache.clear()  # Wagtail keeps renditions by id, which another database has as well


def stores(folder):
    private = folder / "private"
    return {"PRIVATE_ROOT": private, "PUBLIC_STORE_ROOT": folder / "public", "MEDIA_ROOT": private / "media"}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """As `load_demo` made it in a process of its own, in the application role, for the journeys as well."""
    options = connection.settings_dict["OPTIONS"]
    before = options["options"]
    with django_db_blocker.unblock():
        template, files = portal.demo_template()
        folder = tmp_path_factory.mktemp("demo") / "stores"
        shutil.copytree(files, folder)
        options["options"] = f"{before} -c role=portal_app"
        made = Demo(databases.clone("demo", of=template), stores(folder))
        try:
            made.work_on()
            yield made
        finally:
            options["options"] = before
            databases.point_to(django_db_setup.name)
            databases.drop(made.database)


def wanted_status(text):
    state, _, step = text.state.partition(":")
    return f"wait_{step}" if step else STATUS[state]


def test_every_item_reached_the_state_its_text_names(demo):
    last = {}
    for case in Case.objects.order_by("created_at"):
        last[case.title] = case.status
    submitted = [text for text in texts.read_all() if text.state not in ("draft", "destroyed")]
    assert {text.title: wanted_status(text) for text in submitted} == {
        text.title: last[text.title] for text in submitted
    }
    assert {case.status for case in Case.objects.all()} <= set(statuses.LABELS)


def test_what_was_destroyed_says_nothing_any_more(demo):
    text = next(text for text in texts.read_all() if text.state == "destroyed")
    words = [text.title, text.paragraphs[0][:30]]
    assert Destruction.objects.get().destroyed_at
    assert not any(word.encode() in bytes(s.document) for s in Submission.objects.all() for word in words)
    assert not Page.objects.filter(title=text.title).exists()


def test_rows_for_what_goes_another_way_than_the_web_stand_at_their_steps(demo):
    rows = SecrecyRow.objects.filter(submission_id=None).order_by("pk")
    opinions = rows.values_list("reviewer_opinion", "leader_opinion")
    assert list(opinions) == [("agree", "agree"), ("agree", ""), ("", "")]
    assert RegisterEntry.objects.get(submission_id=None, kind="other_form").facts["item_kind"] == "offweb"


def test_requests_for_information_stand_at_their_steps(demo):
    asked = InformationRequest.objects.prefetch_related("steps")
    assert [row.term.state for row in asked.order_by("number")] == [
        "已提交，待登记",
        "登记受理",
        "已答复",
        "告知补正",
    ]


def test_items_took_the_routes_their_files_name(demo):
    routes = {submission.title: submission.route for submission in Submission.objects.order_by("created_at")}
    for text in texts.read_all():
        if text.state not in ("draft", "destroyed"):
            assert routes[text.title] == text.route, text.title


#: Route of a published item → who reviewed and who approved: whose office ("source" is the item's own), post.
DECIDED_BY = {
    "government": (("gov_office", "reviewer"), ("gov_office", "branch_leader")),
    "department": (("source", "reviewer"), ("source", "branch_leader")),
    "township": (("source", "reviewer"), ("source", "branch_leader")),
    "reprint": (("egov_office", "web_manager"), ("egov_office", "portal_leader")),
    "interactive": (("egov_office", "web_editor"), ("egov_office", "portal_leader")),
    "emergency": (("egov_office", "supervising_leader"), ("gov_office", "principal_leader")),
}


@pytest.mark.article("14(1)")
@pytest.mark.article("14(2)")
@pytest.mark.article("14(3)")
@pytest.mark.article("14(4)")
@pytest.mark.article("14(5)")
@pytest.mark.article("14(6)")
@pytest.mark.parametrize("route", DECIDED_BY)
def test_what_is_public_was_reviewed_and_approved_where_the_article_says(demo, route):
    kinds = dict(Unit.objects.values_list("pk", "kind"))
    public = Publication.objects.open().filter(submission__route=route, submission__batch=None)
    assert public.exists()
    for publication in public.select_related("submission"):
        signatures = SignOff.objects.filter(submission_id=publication.submission_id, decision="agree")
        for opinion, (whose, post) in zip(("review", "approval"), DECIDED_BY[route], strict=True):
            signature = signatures.get(opinion=opinion)
            assert signature.post == post
            if whose == "source":
                assert signature.unit_id == publication.unit_id
            else:
                assert kinds[signature.unit_id] == whose


@pytest.mark.article("14(1)")
def test_the_regulation_is_public_by_at_least_five_people(demo):
    publication = Publication.objects.open().get(title__contains="审核发布管理制度》的通知")
    submission = publication.submission
    signatures = SignOff.objects.filter(submission=submission, decision="agree")
    assert submission.route == "government"
    assert signatures.values("person_id").distinct().count() >= 5
    assert not signatures.exclude(opinion="seal").filter(person_id=submission.author_id).exists()
    assert "西秀区政府门户网站（注册域名：www.xixiu.gov.cn）" in bytes(publication.document).decode()


def test_a_policy_and_its_interpretation_became_public_together(demo):
    moments = Counter(
        Publication.objects.filter(submission__bundle_id__isnull=False).values_list("submission__bundle_id")
    )
    assert list(moments.values()) == [2, 2]
    for bundle in Submission.objects.exclude(bundle_id=None).values_list("bundle_id", flat=True).distinct():
        assert Publication.objects.open().filter(submission__bundle_id=bundle).count() == 2


@pytest.mark.article("18")
def test_the_tree_is_one_baseline_decision_of_two_offices(demo):
    batch = Submission.objects.get(page_type="publication.Batch", route="columns")
    kinds = SignOff.objects.filter(submission=batch).order_by("position").values_list("opinion", "post")
    assert list(kinds) == [("proposal", "supervising_leader"), ("decision", "branch_leader")]
    members = Submission.objects.filter(batch=batch).values_list("pk", flat=True)
    entries = RegisterEntry.objects.filter(kind="baseline", submission_id__in=[*members, batch.pk])
    assert entries.count() == len(members) + 1, "each item, and the decision"
    assert len(members) == 1 + len(dict(columns.walk())) + len(UNITS)


@pytest.mark.article("25")
def test_what_an_older_site_had_came_in_as_one_batch_without_approvers_of_its_own(demo):
    batch = Submission.objects.get(page_type="publication.Batch", route="import")
    taken = Publication.objects.open().filter(submission__batch=batch)
    assert taken.count() == len(texts.read_legacy())
    assert all(publication.legacy for publication in taken)


@pytest.mark.article("11")
def test_signing_posts_were_confirmed_by_a_second_person(demo):
    signing = Appointment.objects.filter(post__signing=True)
    assert signing.count() > 200
    waiting = signing.filter(confirmed_by=None)
    assert [(a.unit.code, a.post_id) for a in waiting] == list(VACANT), (
        "only the change that waits for its second"
    )
    confirmed = signing.exclude(confirmed_by=None)
    assert not [a for a in confirmed if a.confirmed_by_id in (a.requested_by_id, a.person_id)]
    assert not User.objects.get(username=FOUNDER).is_active


def test_a_leader_who_is_away_has_delegated_and_the_sheet_names_both(demo):
    signed = SignOff.objects.filter(delegation_id__isnull=False)
    assert {row.opinion for row in signed} == {"leader_opinion"}
    sheets = [sheet for row in signed if (sheet := sheet_of(row.submission_id))]
    assert sheets
    for facts in map(sheet_facts, sheets):
        assert facts.leader.name == "区农业局 分管领导"
        assert facts.leader.stands_in_for == "区农业局 主管领导"
        assert "授权委托" in facts.remarks[0] and "外出学习" in facts.remarks[0]


def test_verify_finds_nothing(demo):
    out = StringIO()
    with override_settings(**demo.stores):
        call_command("verify", stdout=out)
    assert out.getvalue().strip().splitlines()[-1].endswith("0 offenders")


def test_loading_again_changes_nothing(demo):
    before = Submission.objects.count()
    out = StringIO()
    call_command("load_demo", stdout=out)
    assert "already" in out.getvalue()
    assert Submission.objects.count() == before


def test_a_portal_in_use_neither_loads_nor_loses_a_demo(demo):
    with override_settings(DEMO=False):
        for arguments in ([], ["--delete"]):
            with pytest.raises(CommandError):
                call_command("load_demo", *arguments)
    assert User.objects.filter(username=FOUNDER).exists()


def digests():
    """Everything that was ever submitted, in order, by what it says."""
    return list(Submission.objects.order_by("created_at", "path").values_list("title", "route", "digest"))


def test_the_same_demo_every_time(demo, tmp_path):
    first = digests()
    again = Demo(databases.clone("again"), stores(tmp_path))
    try:
        again.work_on()
        with override_settings(**again.stores, PUBLIC_BASE_URL=portal.ADDRESS.format(portal.NOWHERE)):
            loading.load()
        assert digests() == first
    finally:
        demo.work_on()
        databases.drop(again.database)


def test_deleting_throws_away_the_database_and_both_stores(demo, tmp_path, monkeypatch):
    gone = Demo(databases.clone("gone"), stores(tmp_path / "stores"))
    left = gone.stores["PRIVATE_ROOT"] / "library" / "left.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"%PDF")
    commands = []
    monkeypatch.setenv("DATABASE_OWNER_URL", gone.database.url("owner"))
    monkeypatch.setattr(deletion.subprocess, "run", lambda command, **options: commands.append(command[2]))
    try:
        gone.work_on()
        assert "organisation_unit" in connection.introspection.table_names()
        with override_settings(**gone.stores):
            deletion.start_anew()
        assert connection.introspection.table_names() == []
        assert not left.exists() and not gone.stores["PUBLIC_STORE_ROOT"].exists()
        assert commands == ["migrate", "sync_portal"]
    finally:
        demo.work_on()
        databases.drop(gone.database)


def test_only_a_demo_is_deleted(demo):
    with override_settings(DEMO=False), pytest.raises(RuntimeError):
        deletion.start_anew()
    assert Submission.objects.exists()
