"""Raw SQL as the application and as the public: PostgreSQL itself refuses (publish-paths, row 31)."""

import uuid

import pytest
from django.db import connection

from organisation.authority import Authority
from publication import gate
from publication.models import Publication, RouteDefinition, SignOff
from publication.signing import sign
from regulation.refusals import Refusal
from tests import publication_world as world
from tests.organisation_world import delegation, person
from tests.publication_world import DENIED, attempt

pytestmark = [pytest.mark.django_db, pytest.mark.article("14")]


PUBLISH = """INSERT INTO publication_publication
    (submission_id, object_id, site, path, unit_id, document, end_reason, end_note, legacy)
    SELECT id, object_id, site, path, unit_id, document, '', '', false FROM publication_submission WHERE id = %s"""


def test_a_publication_without_signatures(town):
    assert attempt(PUBLISH, [world.hand_in(town, world.document(town)).pk]) == "unsigned"


def test_a_publication_with_any_signature_missing(town):
    """After each signature but the last one it is still refused."""
    submission = world.hand_in(town, world.document(town))
    for step in world.steps(submission):
        assert attempt(PUBLISH, [submission.pk]) == "unsigned"
        world.sign_step(town, submission, step)
    with connection.cursor() as cursor:
        cursor.execute(PUBLISH, [submission.pk])
    assert Publication.objects.open().filter(submission=submission).exists()


def test_a_publication_of_other_bytes(town):
    submission = world.approved(town)
    changed = PUBLISH.replace(
        "document, '', ''", "replace(encode(document, 'escape'), '1', '2')::bytea, '', ''", 1
    )
    assert attempt(changed, [submission.pk]) == "digest"


@pytest.mark.parametrize("column", ["path", "site", "object_id", "unit_id"])
def test_a_publication_elsewhere(town, column):
    submission = world.approved(town)
    other = {
        "path": "'/elsewhere.html'",
        "site": "'other'",
        "object_id": "gen_random_uuid()",
        "unit_id": "unit_id + 1",
    }
    head, tail = PUBLISH.split("SELECT", 1)
    changed = f"{head}SELECT{tail.replace(f' {column}', f' {other[column]}', 1)}"
    assert attempt(changed, [submission.pk]) == "digest"


@pytest.mark.parametrize("moment", ["now() - interval '1 day'", "now() + interval '2 minutes'"])
def test_another_time_than_the_servers(town, moment):
    submission = world.approved(town)
    changed = PUBLISH.replace("(submission_id,", "(published_at, submission_id,").replace(
        "SELECT id", f"SELECT {moment}, id"
    )
    assert attempt(changed, [submission.pk]) == "time"


def test_the_same_signatures_twice(town):
    publication = world.public(town)
    gate.close(publication, "withdrawn")
    assert attempt(PUBLISH, [publication.submission_id]) == "unsigned"


def test_two_open_publications_of_an_object(town):
    publication = world.public(town)
    second = world.sign_all(town, world.correction(town, publication))
    assert attempt(PUBLISH, [second.pk]) == "not_closed"


def test_an_ended_submission(town):
    from publication import submissions

    submission = world.approved(town)
    submissions.end(submission, "withdrawn", town.who("water", "author"))
    assert attempt(PUBLISH, [submission.pk]) == "ended"


def test_an_invented_route_of_one_step(town):
    assert (
        attempt(
            "INSERT INTO publication_routedefinition (route, variant, version, position, opinion, task, posts, whose,"
            " clause) VALUES ('short', '', 1, 1, 'check', 'check', '{author}', 'source', '14')"
        )
        == DENIED
    )


STEP = """INSERT INTO publication_frozenstep (submission_id, position, opinion, task, posts, clause, unit_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s)"""


@pytest.mark.parametrize("change", ["posts", "unit_id", "opinion", "clause", "position"])
def test_steps_that_the_route_does_not_define(town, change, as_role):
    """The application cannot freeze an easier step than the owner wrote."""
    submission = world.hand_in(town, world.document(town))
    with world.behind_the_back(as_role, "publication_frozenstep") as cursor:
        cursor.execute("DELETE FROM publication_frozenstep WHERE submission_id = %s", [submission.pk])
    row = RouteDefinition.objects.filter(route="department", position=1).order_by("-version").first()
    step = [submission.pk, 1, row.opinion, row.task, row.posts, row.clause, submission.unit_id]
    wrong = {
        "posts": (4, ["author"]),
        "unit_id": (6, town.units["jiuzhou"].pk),
        "opinion": (2, "seal"),
        "clause": (5, "18"),
        "position": (1, 9),
    }[change]
    step[wrong[0]] = wrong[1]
    assert attempt(STEP, step) == "definition"


def test_a_route_with_steps_left_out_cannot_be_signed(town, as_role):
    submission = world.hand_in(town, world.document(town))
    with world.behind_the_back(as_role, "publication_frozenstep") as cursor:
        cursor.execute(
            "DELETE FROM publication_frozenstep WHERE submission_id = %s AND position > 1", [submission.pk]
        )
    with pytest.raises(Refusal) as caught:
        world.sign_step(town, submission, world.steps(submission)[0])
    assert caught.value.code == "definition"


def test_the_route_of_columns_is_not_for_items(town):
    with pytest.raises(Refusal) as caught:
        world.hand_in(town, world.document(town), route="columns")
    assert caught.value.code == "route"


# --- signing ---


def sign_as(town, submission, position, who, unit=None, post=None, **changes):
    """An INSERT like the services', with whatever a forger would change."""
    step = world.steps(submission)[position - 1]
    values = {
        "submission_id": submission.pk,
        "position": position,
        "attempt": 1,
        "decision": "agree",
        "opinion": step.opinion,
        "digest": submission.digest,
        "person_id": who.pk,
        "unit_id": unit or step.unit_id,
        "post": post or step.posts[0],
        "act": uuid.uuid4(),
        "medium": "online",
        "remark": "",
        "detail": "{}",
    } | changes
    marks = ", ".join(["%s"] * len(values))
    return attempt(
        f"INSERT INTO publication_signoff ({', '.join(values)}) VALUES ({marks})", list(values.values())
    )


def test_signing_as_the_author(town):
    from tests.organisation_world import appoint

    author = town.who("water", "author")
    appoint(author, town.units["water"], "secrecy_reviewer")
    submission = world.hand_in(town, world.document(town))
    assert sign_as(town, submission, 1, author) == "author_signs"


def test_the_author_may_bring_the_seal(town):
    from tests.organisation_world import appoint

    author = town.who("water", "author")
    appoint(author, town.units["water"], "dedicated")
    submission = world.sign_all(town, world.hand_in(town, world.document(town)), until=5)
    assert world.sign_step(town, submission, world.steps(submission)[4], who=author).person_id == author.pk


@pytest.mark.parametrize(("unit", "post"), [("jiuzhou", "secrecy_reviewer"), ("water", "reviewer")])
def test_signing_for_a_post_not_held(town, unit, post):
    submission = world.hand_in(town, world.document(town))
    assert sign_as(town, submission, 1, town.who(unit, post)) == "not_holder"


def test_signing_for_a_step_under_another_post_or_unit(town):
    submission = world.hand_in(town, world.document(town))
    reviewer = town.who("water", "reviewer")
    assert sign_as(town, submission, 1, reviewer, post="reviewer") == "step"
    other = town.who("jiuzhou", "secrecy_reviewer")
    assert sign_as(town, submission, 1, other, unit=town.units["jiuzhou"].pk) == "step"


def test_a_superuser_without_a_post(town):
    root = person("root", is_superuser=True, is_staff=True)
    assert sign_as(town, world.hand_in(town, world.document(town)), 1, root) == "not_holder"


def test_signing_out_of_order(town):
    submission = world.hand_in(town, world.document(town))
    assert sign_as(town, submission, 2, town.who("water", "reviewer")) == "order"


@pytest.mark.parametrize("moment", ["2026-01-01T00:00+08:00", "2099-01-01T00:00+08:00"])
def test_signing_at_another_time(town, moment):
    submission = world.hand_in(town, world.document(town))
    assert sign_as(town, submission, 1, town.who("water", "secrecy_reviewer"), signed_at=moment) == "time"


def test_signing_other_bytes(town):
    submission = world.hand_in(town, world.document(town))
    who = town.who("water", "secrecy_reviewer")
    assert sign_as(town, submission, 1, who, digest="0" * 64) == "digest"
    assert sign_as(town, submission, 1, who, opinion="approval") == "step"


def test_signing_twice_and_in_two_acts(town):
    from tests.organisation_world import appoint

    who = town.who("water", "secrecy_reviewer")
    appoint(who, town.units["water"], "reviewer")
    submission = world.sign_all(town, world.hand_in(town, world.document(town)), until=2)
    assert sign_as(town, submission, 1, who) == "already_signed"
    assert sign_as(town, submission, 2, who) == "one_act"


def test_two_opinions_in_one_act_only_where_the_regulation_merges_them(town):
    from tests.organisation_world import appoint

    water = town.units["water"]
    who = town.who("water", "secrecy_reviewer")
    appoint(who, water, "reviewer")
    submission = world.hand_in(town, world.document(town))
    held = [Authority(who.pk, water.pk, post) for post in ("secrecy_reviewer", "reviewer")]
    rows = sign(submission, [1, 2], who, held)
    assert len({row.act for row in rows}) == 1
    leader = town.who("water", "supervising_leader")
    appoint(leader, water, "branch_leader")
    appoint(leader, water, "dedicated")
    posts = ("supervising_leader", "branch_leader", "dedicated")
    with pytest.raises(Refusal) as caught:
        sign(submission, [3, 4, 5], leader, [Authority(leader.pk, water.pk, post) for post in posts])
    assert caught.value.code == "merge"
    assert not SignOff.objects.filter(submission=submission, person_id=leader.pk).exists()


def test_nobody_joins_the_act_of_another(town):
    submission = world.hand_in(town, world.document(town))
    first = world.sign_step(town, submission, world.steps(submission)[0])
    assert sign_as(town, submission, 2, town.who("water", "reviewer"), act=first.act) == "merge"


def test_a_delegation_counts_while_it_runs_and_only_for_leaders(town):
    water = town.units["water"]
    leader, other = town.who("water", "supervising_leader"), town.who("water", "branch_leader")
    lent = delegation(leader, other, water, "supervising_leader")
    submission = world.sign_all(town, world.hand_in(town, world.document(town)), until=3)
    assert sign_as(town, submission, 3, other) == "not_holder"
    assert sign_as(town, submission, 3, town.who("water", "reviewer"), delegation_id=lent.pk) in (
        "not_holder",
        "one_act",
    )
    row = sign(submission, [3], other, [Authority(other.pk, water.pk, "supervising_leader", lent.pk)])[0]
    assert row.delegation_id == lent.pk
