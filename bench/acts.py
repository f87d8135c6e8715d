"""`python -m bench.acts 1000 100000`: the last approval, the inbox and `verify` at each number of publications.

Each size gets a database of its own, filled by `manage.py seed_scale`. Prints one line of JSON for each size.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from functools import partial
from types import SimpleNamespace as Light

from bench.seeded import main, timed

APPROVALS, READS = 7, 7
UNIT, FEW, MANY = "shuiwu", 10, 10_000
BYTES = "bytes differ from what was signed"


def measure(portal) -> dict:
    found = {"verify": verified(portal)}
    return found | json.loads(portal.run("app", "-m", "bench.acts", "--inside"))


def verified(portal) -> dict:
    """Seconds, PostgreSQL's included, and greatest memory of `manage.py verify`, which must find nothing."""
    environ = portal.environ | {"PORTAL_DATABASE_ROLE": "owner"}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "verify"], env=environ, stdout=subprocess.PIPE, text=True
    )
    lines = process.stdout.read().splitlines()
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"verify: {lines[:1]} … {lines[-1:]}")
    return {"seconds": round(time.perf_counter() - start, 2), "megabytes": used.ru_maxrss // 1024}


def inside() -> None:
    """In the admin process, as the application role."""
    import django

    django.setup()
    print(json.dumps({"proof": proof(), "approval": approvals(), "inbox": inbox()}))


def proof() -> dict:
    """The two parts of `verify` that read every byte: the register's chain, and the digests of the publications."""
    from django.db import connection

    from bench.clock import Clock
    from ledger import register
    from publication import verification
    from publication.models import Publication

    with (clock := Clock(connection)):
        found = [*register.offenders(), *verification.rows(verification.STATEMENTS[BYTES])]
    if found:
        raise SystemExit(f"verify: {found[:3]}")
    return {"publications": Publication.objects.count(), "processor": round(clock.processor, 2)}


def approvals() -> dict:
    """The act after which an item is public: queries and milliseconds, the first one left out as warming up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from demo.acting import Actors
    from demo.people import People
    from demo.seals import Sealer
    from review import acts

    actors = Actors(People(), Sealer(), None)
    queries, spent = [], []
    for number in range(APPROVALS):
        case = actors.until(actors.submit(Light(route="", unit=UNIT), draft(actors, number)), {}, "check")
        last = partial(acts.agree, case, actors.people.signatory(case), form_agrees=True)
        with CaptureQueriesContext(connection) as seen:
            spent.append(timed(last))
        queries.append(len(seen))
    return {"queries": max(queries[1:]), "milliseconds": round(statistics.median(spent[1:]), 1)}


def draft(actors, number):
    from home.models import ColumnPage, InformationPage
    from units.models import UnitHomePage

    unit, author = actors.people.unit(UNIT), actors.people.at(UNIT, "author")
    page = InformationPage(
        title=f"供水管网冲洗安排（测速第{number}号）",
        slug=f"bench{number}",
        unit=unit,
        column=next(c for c in ColumnPage.objects.live() if c.takes_from(unit)),
        owner=author,
        editor="责任编辑",
        body=[("rich_text", "<p>城区供水管网定于周一冲洗，请提前储水。</p>" * 10)],
    )
    UnitHomePage.objects.get(unit=unit).add_child(instance=page)
    page.save_revision(user=author)
    return page


def inbox() -> dict:
    """The first page of whoever checks for the whole district, at few and at many waiting items."""
    from demo.data.organisation import EGOV
    from demo.people import People
    from tests import factories

    people = People()
    units = {"egov": people.unit(EGOV), "water": people.unit(UNIT), "jiuzhou": people.unit("jiuzhou")}
    town, reader = Light(units=units), people.at(EGOV, "web_manager")
    factories.bulk_cases(town, FEW)
    count_rows()
    few = first_page(reader)
    factories.bulk_cases(town, MANY - FEW)
    count_rows()
    return {"few": few, "many": first_page(reader)}


def count_rows() -> None:
    """As autovacuum does within a minute: no portal has ten thousand rows that PostgreSQL does not know of."""
    import psycopg2

    owner = psycopg2.connect(os.environ["DATABASE_OWNER_URL"])
    try:
        with owner, owner.cursor() as cursor:
            cursor.execute("ANALYZE review_case")
    finally:
        owner.close()


def first_page(reader) -> dict:
    """Its queries are counted where they are limited: tests/integration/test_review_inbox.py."""
    from django.test import Client
    from django.urls import reverse

    client, address = Client(HTTP_HOST="localhost"), reverse("review:inbox")
    client.force_login(reader, backend="organisation.authentication.AppointedBackend")
    client.get(address)
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"inbox: {answer.status_code}")
    spent = statistics.median(timed(lambda: client.get(address)) for _ in range(READS))
    return {"milliseconds": round(spent, 1), "bytes": len(answer.content)}


if __name__ == "__main__":
    main(measure, inside)
