"""`make bench`: what things cost, beside the figures to reach; results go to bench/results/.

Everything that could grow is measured at 100,000 rows, with `make bench ARGS=--million` at 1,000,000, which takes far
longer.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from bench.figures import figure

RESULTS = Path(__file__).resolve().parent / "results"
CACHED = ("home", "column", "information")
MOST_QUERIES, MOST_BYTES, CLONE_SECONDS = 8, 100_000, 0.2


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from bench import at_scale, serving
    from tests import databases
    from tests.portal import running

    options = argparse.ArgumentParser(prog="python -m bench")
    options.add_argument("--million", action="store_true", help="measure at 1,000,000 rows")
    million = options.parse_args().million
    figures = [clones(databases), *search(databases, million), *content_checks()]
    figures += at_scale.importing(databases)
    large = 1_000_000 if million else 100_000
    figures += at_scale.growing(1000, large)
    with running("bench") as portal:
        costs = costs_of(portal)
        figures += pages(costs)
        figures += beside_wagtail(portal, costs)
        figures += serving.measure(portal, {kind: costs[kind]["path"] for kind in CACHED})
        figures.append(verification(portal))
    for row in figures:
        print(f"{row['what']:<56} {row['measured']:>12}   to reach: {row['reference']}")
    keep(figures)
    return 0


def clones(databases) -> dict:
    """A worker's database ready: several beside each other, as the workers have them.

    Dropped only at the end: ext4 without a journal looks long for places of files when many were just deleted
    (0.4 to 1.3 s for the same copy).
    """
    made, seconds = [databases.clone("bench")], []  # the first builds the template if need be
    for number in range(7):
        start = time.perf_counter()
        made.append(databases.clone(f"bench_{number}"))
        seconds.append(time.perf_counter() - start)
    for clone in made:
        databases.drop(clone)
    return figure("a worker's database ready, s", f"{statistics.median(seconds):.3f}", f"≤ {CLONE_SECONDS}")


def costs_of(portal) -> dict:
    return json.loads(inside(portal, "bench.pages", PORTAL_PROCESS="public", PORTAL_DATABASE_ROLE="public"))


def inside(portal, module: str, **environ) -> str:
    """The last line of what a part of the bench says in one of the portal's processes."""
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, env=portal.environ | environ, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{module}: {done.stderr[-2000:]}")
    return done.stdout.splitlines()[-1]


def pages(costs) -> list[dict]:
    found = []
    for kind, cost in costs.items():
        found += [
            figure(f"{kind}, not cached, queries", cost["queries"], f"≤ {MOST_QUERIES}"),
            figure(f"{kind}, not cached, ms", f"{cost['milliseconds']:.1f}", "–"),
            figure(f"{kind}, bytes of HTML", cost["bytes"], f"≤ {MOST_BYTES}"),
        ]
    return found


def beside_wagtail(portal, costs) -> list[dict]:
    """Pages that are not cached, over what Wagtail's own way of serving them costs."""
    stock = json.loads(inside(portal, "bench.stock", PORTAL_PROCESS="admin", PORTAL_DATABASE_ROLE="app"))
    return [
        figure(
            f"{kind}, not cached, CPU × Wagtail's serve", f"{costs[kind]['processor'] / spent:.2f}", "≤ 0.4"
        )
        for kind, spent in stock.items()
    ]


def search(databases, million: bool) -> list[dict]:
    """Quality and time of search on documents of its own, beside the stock Wagtail backend."""
    found = searched(databases, 100_000, "--stock")
    larger = [searched(databases, 1_000_000)["times"]] if million else []
    parts, stock, times = found["substrings"], found["stock"], found["times"]
    return [
        figure("search, nDCG@10", found["portal"]["ndcg@10"], f"≥ 0.85 (stock {stock['ndcg@10']})"),
        figure("search, recall@20", found["portal"]["recall@20"], f"– (stock {stock['recall@20']})"),
        figure("search, any 2 to 4 characters, recall", parts["recall"], "≥ 0.99"),
        figure("search, any 2 to 4 characters, precision", parts["precision"], "≥ 0.95"),
        figure(f"search, p99 of {times['rows']} rows, ms", times["p99"], "≤ 50"),
        *(figure(f"search, p99 of {more['rows']} rows, ms", more["p99"], "≤ 150") for more in larger),
        *on_server(found),
    ]


def on_server(found) -> list[dict]:
    """The same of the search server that SEARCH_URL names, beside PostgreSQL's."""
    if "server" not in found:
        return []
    server, own = found["server"], found["portal"]
    parts, times = server["substrings"], server["times"]
    return [
        figure("search server, nDCG@10", server["ndcg@10"], f"≥ 0.85 (PostgreSQL {own['ndcg@10']})"),
        figure("search server, recall@20", server["recall@20"], f"– (PostgreSQL {own['recall@20']})"),
        figure("search server, any 2 to 4 characters, recall", parts["recall"], "≥ 0.99"),
        figure("search server, any 2 to 4 characters, precision", parts["precision"], "≥ 0.95"),
        figure(
            f"search server, p99 of {times['rows']} rows, ms", times["p99"], f"– ({found['times']['p99']})"
        ),
        figure("search server, entries a second", server["entered a second"], "–"),
    ]


def searched(databases, rows: int, *options: str) -> dict:
    database = databases.clone("bench_search")
    command = [sys.executable, "-m", "bench.search", *options, "--rows", str(rows)]
    try:
        done = subprocess.run(
            command, env=database.environ("owner"), capture_output=True, text=True, check=True
        )
    finally:
        databases.drop(database)
    return json.loads(done.stdout.splitlines()[-1])


def content_checks() -> list[dict]:
    """What the checks find on labelled sentences, rule by rule, and what an article costs them."""
    command = [sys.executable, "-m", "bench.checks"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    total = f"content checks, {found['sentences']} sentences"
    cost = f"check of {found['characters']} characters, {found['entries']} words, ms"
    return [
        figure(f"{total}, precision", found["precision"], "≥ 0.95"),
        figure(f"{total}, recall", found["recall"], "≥ 0.95"),
        *(
            figure(f"  {rule}, precision / recall", f"{precision} / {recall}", "≥ 0.8 / ≥ 0.8")
            for rule, (precision, recall) in found["rules"].items()
        ),
        figure(cost, found["milliseconds"], "≤ 50"),
    ]


def verification(portal) -> dict:
    start = time.perf_counter()
    done = portal.manage("verify")
    seconds = time.perf_counter() - start
    last = done.stdout.strip().splitlines()[-1]
    return figure("verify of the whole demo, s (with start-up)", f"{seconds:.2f}", f"– ({last})")


def keep(figures: list[dict]) -> None:
    RESULTS.mkdir(exist_ok=True)
    name = datetime.now().astimezone().strftime("%Y-%m-%dT%H%M%S")
    (RESULTS / f"{name}.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
