"""`python -m bench.freshness 1000 100000`: after how long everybody sees a publication, and nobody what was taken down.

The public process runs as it does for readers, with 10,000 pages in its cache. An item is then published and taken down
through the portal's services in another process, which asks the public one until its own page, column, subsite and feed
say so. Seconds count from the moment the service returns. Prints one line of JSON for each size.
"""

import json
import statistics
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace as Light

from bench.seeded import main

ROUNDS, CACHED, READERS, PATIENCE = 5, 10_000, 4, 10
FIRST = 101  # numbers of its items; those of bench.acts come before


def measure(portal) -> dict:
    from config import runner

    processes = runner.start(runner.parse(["--port", str(portal.port)]), portal.environ)
    try:
        runner.wait_until_served(processes, "127.0.0.1", portal.port, portal.port + 1)
        return json.loads(portal.run("app", "-m", "bench.freshness", "--inside").splitlines()[-1])
    finally:
        runner.end(processes)


def inside() -> None:
    """In an admin process, as the application role."""
    import django

    django.setup()
    from django.conf import settings

    from bench.acts import UNIT, draft
    from demo.acting import Actors
    from demo.people import People
    from demo.seals import Sealer
    from publication.models import Publication
    from review import acts

    pages, address = Path(settings.PAGE_CACHE_ROOT) / "pages", settings.PUBLIC_BASE_URL
    fill(address, pages)
    actors = Actors(People(), Sealer(), None)
    seen, gone, dropped = [], [], []
    for number in range(FIRST, FIRST + ROUNDS):
        text = Light(route="", unit=UNIT)
        case = actors.until(actors.submit(text, draft(actors, number)), {}, "check")
        before = kept(pages)
        actors.sign(case, {})
        publication = Publication.objects.open().get(submission_id=case.pk)
        places = places_of(publication)
        seen.append(seconds_until(len(places), address, places, publication.title))
        dropped.append(before - kept(pages))
        leader = actors.people.at(UNIT, "branch_leader")
        acts.take_down(publication, leader, reason="under_check", remark="测速")
        gone.append(seconds_until(0, address, places, publication.title))
    found = {"cached": before, "seen": summary(seen), "gone": summary(gone), "dropped": max(dropped)}
    print(json.dumps(found))


def summary(seconds) -> dict:
    return {"median": round(statistics.median(seconds), 3), "worst": round(max(seconds), 3)}


def fill(address: str, pages: Path) -> None:
    """Newest articles, and every column and subsite, read once; the first reader of each finds it drawn."""
    from publication.models import Publication

    wanted = Publication.objects.open().order_by("-pk").values_list("path", flat=True)[:CACHED]
    lists = Publication.objects.open().filter(kind__in=("column", "unit")).values_list("path", flat=True)
    with ThreadPoolExecutor(READERS) as readers:
        list(readers.map(lambda path: read(address + path), [*wanted, *lists, "/"]))
    if kept(pages) < min(CACHED, len(wanted)) * 0.9:
        raise SystemExit(f"only {kept(pages)} pages are cached")


def kept(pages: Path) -> int:
    return sum(1 for place in pages.rglob("*.html") if place.is_file())


def places_of(publication) -> list[str]:
    """Where a reader meets it."""
    from publication.models import Publication

    holders = (publication.column, publication.section)
    open_ones = Publication.objects.open().filter(object_id__in=[key for key in holders if key])
    return [publication.path, "/feed/", *open_ones.values_list("path", flat=True)]


def read(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.read().decode()
    except urllib.error.HTTPError as refused:
        return "" if refused.code in (404, 410) else refused.read().decode()


def seconds_until(wanted: int, address: str, places: list[str], title: str) -> float:
    """As many of the places say it."""
    began = time.perf_counter()
    while sum(title in read(address + place) for place in places) != wanted:
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit(f"not within {PATIENCE} s")
        time.sleep(0.01)
    return time.perf_counter() - began


if __name__ == "__main__":
    main(measure, inside)
