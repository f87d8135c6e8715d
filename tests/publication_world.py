"""Submissions without pages: what the gate and PostgreSQL judge, for tests of publication and ledger.

Units and posts come from `tests.factories.town`; routes are in every test database. Documents are made by hand, so
that no page type is needed; the register's labels and lists see them like any other.
"""

import uuid
from contextlib import contextmanager
from itertools import count

import pytest
from django.db import DatabaseError, connection, transaction

from organisation.authority import Authority
from publication import gate, paths, submissions
from publication.models import FrozenStep
from publication.signing import sign
from secrecy import services
from tests import factories

_numbers = count(1)


def document(made, name="water", kind="information", **changes):
    """A document that stands alone; `changes` replace keys."""
    key = str(uuid.uuid4())
    number = next(_numbers)
    where = made.units[name]
    return {
        "format": 1,
        "type": "tests.Item",
        "kind": kind,
        "object": key,
        "language": "zh-hans",
        "site": "portal",
        "path": f"/tests/t{number:06d}.html",
        "title": f"供水管网冲洗安排 {number}",
        "unit": {"code": where.code, "name": where.name, "short": where.name},
        "column": None,
        "section": None,
        "parent": None,
        "body": [{"type": "rich_text", "html": "<p>正文</p>"}],
        "assets": [],
    } | changes


@transaction.atomic
def hand_in(made, content, name="water", route="department", variant="", author=None, **options):
    author = author or made.who(name, "author")
    submission = submissions.submit(
        object_id=content["object"],
        page_id=0,
        page_type=content["type"],
        revision_id=None,
        site=content["site"],
        path=content.get("path", ""),
        unit_id=made.units[name].pk,
        author=author,
        route=route,
        variant=variant,
        document=content,
        **options,
    )
    if any(step.opinion == "secrecy" for step in steps(submission)):
        source = {"source": "reprint", "reprint_source": "省报"} if route == "reprint" else {"source": "own"}
        services.open_row(submission, author, department="办公室", form="web", **source)
    return submission


def steps(submission):
    return list(FrozenStep.objects.filter(submission=submission).order_by("position"))


def signatory(made, step):
    name = next(key for key, unit in made.units.items() if unit.pk == step.unit_id)
    return made.who(name, step.posts[0])


@transaction.atomic
def sign_step(made, submission, step, who=None, decision="agree", **options):
    who = who or signatory(made, step)
    held = Authority(who.pk, step.unit_id, step.posts[0])
    if decision == "agree" and step.opinion == "seal":
        factories.seal(submission, who)
    row = sign(submission, [step.position], who, [held], decision=decision, **options)[0]
    fill_row(submission, step, who, held, decision)
    return row


def fill_row(submission, step, who, held, decision):
    """What an opinion writes on the statutory table (Article 13), so that the seal finds decided rows."""
    if decision == "agree" and step.opinion == "secrecy":
        services.review_row(submission.pk, who, "agree", authority=held)
    if decision == "agree" and step.opinion == "leader_opinion":
        services.decide_row(submission.pk, who, "agree", authority=held)
    if decision == "reopen":
        services.reject_seal(submission.pk, who.pk, "退回补表")


def sign_all(made, submission, until=None):
    """Every step by its own person, or those before position `until`."""
    for step in steps(submission):
        if until is not None and step.position >= until:
            return submission
        sign_step(made, submission, step)
    return submission


def approved(made, content=None, **options):
    return sign_all(made, hand_in(made, content or document(made), **options))


def public(made, content=None, **options):
    """A publication, by the whole way."""
    return gate.complete(approved(made, content, **options))


def column(made, parent=None, **changes):
    """An open column, by the route of Article 18."""
    number = next(_numbers)
    above = parent.path if parent else "/"
    content = document(
        made,
        "egov",
        kind="column",
        path=f"{above}column{number}/",
        parent=str(parent.object_id) if parent else None,
        column_info={"order": number},
    )
    return public(made, content | changes, name="egov", route="columns")


def correction(made, publication, **changes):
    """The same object with changed words, handed in anew."""
    from publication.documents import parse

    content = parse(publication.document) | {"title": f"更正 {next(_numbers)}"} | changes
    unit = next(key for key, where in made.units.items() if where.pk == publication.unit_id)
    return hand_in(made, content, name=unit, route=publication.submission.route)


def public_correction(made, publication, **changes):
    return gate.complete(sign_all(made, correction(made, publication, **changes)))


def address(kind="information"):
    """An allotted address of the usual shape, and its object."""
    key = uuid.uuid4()
    return key, paths.allot(key, "/tests/", kind)


@contextmanager
def behind_the_back(as_role, *tables):
    """The owner with the triggers of these tables switched off, and on again: what `verify` must find out."""
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


DENIED = "42501"  # insufficient privilege


def refusal_code(statement) -> str | None:
    """As `attempt`, for statements that may go through; what did is undone."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)
    except DatabaseError as error:
        diagnosis = error.__cause__.diag
        return diagnosis.constraint_name or diagnosis.sqlstate
    return None


def attempt(statement, parameters=None):
    """The refusal of a statement, its code where a trigger gave one."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    name = caught.value.__cause__.diag.constraint_name
    return (name or caught.value.__cause__.pgcode).removeprefix("publication_")
