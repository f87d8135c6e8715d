"""Cost of public pages that are not cached, measured inside the public process.

Prints one line of JSON; `python -m bench` starts it with the public process's settings.
"""

import json
import statistics
import time

from bench.clock import Clock

REPEATS = 15


def main() -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost")
    found = {}
    for kind, path in examples().items():
        client.get(path)  # templates and connection are warm in a running process
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path}: {response.status_code}")
        found[kind] = {
            "path": path,
            "queries": len(queries),
            "milliseconds": statistics.median(timed(client, path) for _ in range(REPEATS)),
            "processor": statistics.fmean(worked(client, path, connection) for _ in range(REPEATS)),
            "bytes": len(response.content),
        }
    print(json.dumps(found))


def timed(client, path: str) -> float:
    start = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - start) * 1000


def worked(client, path: str, connection) -> float:
    """Milliseconds of the processor, the database's part with it."""
    with (clock := Clock(connection)):
        client.get(path)
    return clock.processor * 1000


def examples() -> dict[str, str]:
    """The home page, and the latest page of each other kind."""
    from publication.models import Publication

    return {
        kind: Publication.objects.open().filter(kind=kind).order_by("-id").values_list("path", flat=True)[0]
        for kind in ("home", "column", "information", "policy", "unit")
    }


if __name__ == "__main__":
    main()
