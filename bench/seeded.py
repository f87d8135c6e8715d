"""A portal of N publications in a database of its own, filled by `manage.py seed_scale`, for whatever is measured at size.

Filling takes longest, so `make bench` measures everything of one size in one of them.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SAID = re.compile(r"^\s*([\d.]+) s  (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Seeded:
    """`spent`: seconds for the publications and for their search entries, without the units and columns they stand in."""

    size: int
    port: int
    environ: dict[str, str]
    database: object
    spent: dict[str, float]

    def run(self, role: str, *command: str, **more: str) -> str:
        """What a Python process says that works on this portal with the rights of this role."""
        return run(self.environ | {"PORTAL_DATABASE_ROLE": role} | more, *command)


@contextmanager
def portal_of(size: int) -> Iterator[Seeded]:
    from tests import databases, portal

    database = databases.clone(f"bench_{size}")
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        port = portal.free_ports()
        environ = portal.environment(database, folder, port) | {"LOG_LEVEL": "ERROR"}
        said = run(
            environ | {"PORTAL_DATABASE_ROLE": "owner"}, "manage.py", "seed_scale", str(size), "--search"
        )
        yield Seeded(size, port, environ, database, spent(said))
    finally:
        databases.drop(database)
        shutil.rmtree(folder, ignore_errors=True)


def spent(said: str) -> dict[str, float]:
    """Seconds of each part, from what the command says: the time since it began, and what is done."""
    lines = [(float(at), what) for at, what in SAID.findall(said)]
    begun = next(at for at, what in lines if what.startswith("units"))
    filled = max(at for at, what in lines if what.endswith("publications"))
    found = next(at for at, what in lines if what.endswith("search"))
    return {"publications": filled - begun, "entries": found - filled}


def run(environ: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout[-1000:]} {done.stderr[-2000:]}")
    return done.stdout


def main(measure, inside) -> None:
    """`--inside` is the measured process; without it, one line of JSON for each size of the command."""
    if sys.argv[1:2] == ["--inside"]:
        inside()
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    for size in map(int, sys.argv[1:] or ["1000"]):
        with portal_of(size) as portal:
            print(json.dumps({"size": size} | measure(portal)), flush=True)


def timed(act) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000
