"""`make bench`: what things cost on the demo, beside the figures to reach; results go to bench/results/."""

import json
import os
import statistics
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"
MOST_QUERIES, MOST_BYTES, CLONE_SECONDS = 8, 100_000, 0.2


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from tests import databases
    from tests.portal import running

    figures = [clones(databases)]
    with running("bench") as portal:
        figures += pages(portal)
        figures.append(verification(portal))
    for figure in figures:
        print(f"{figure['what']:<46} {figure['measured']:>12}   to reach: {figure['reference']}")
    keep(figures)
    return 0


def clones(databases) -> dict:
    """A worker's database ready."""
    databases.drop(databases.clone("bench"))  # builds the template if need be
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        clone = databases.clone("bench")
        seconds.append(time.perf_counter() - start)
        databases.drop(clone)
    return figure("a worker's database ready, s", f"{statistics.median(seconds):.3f}", f"≤ {CLONE_SECONDS}")


def pages(portal) -> list[dict]:
    environ = portal.environ | {"PORTAL_PROCESS": "public", "PORTAL_DATABASE_ROLE": "public"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.pages"], env=environ, capture_output=True, text=True, check=True
    )
    found = []
    for kind, cost in json.loads(done.stdout.splitlines()[-1]).items():
        found += [
            figure(f"{kind}, not cached, queries", cost["queries"], f"≤ {MOST_QUERIES}"),
            figure(f"{kind}, not cached, ms", f"{cost['milliseconds']:.1f}", "–"),
            figure(f"{kind}, bytes of HTML", cost["bytes"], f"≤ {MOST_BYTES}"),
        ]
    return found


def verification(portal) -> dict:
    start = time.perf_counter()
    done = portal.manage("verify")
    seconds = time.perf_counter() - start
    last = done.stdout.strip().splitlines()[-1]
    return figure("verify of the whole demo, s (with start-up)", f"{seconds:.2f}", f"– ({last})")


def figure(what: str, measured, reference: str) -> dict:
    return {"what": what, "measured": str(measured), "reference": reference}


def keep(figures: list[dict]) -> None:
    RESULTS.mkdir(exist_ok=True)
    name = datetime.now().astimezone().strftime("%Y-%m-%dT%H%M%S")
    (RESULTS / f"{name}.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
