"""The portal as it really runs, for journeys and crawls: both processes and the worker, on a database of its own.

The demo is loaded once into a template, keyed by the project's code, and cloned with its files.
"""

import hashlib
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from config import runner
from tests import databases

DEMO = "portal_demo_"
ADDRESS = "http://localhost:{}"
NOWHERE = 1  # the port of the addresses in a template, which nobody serves
LOCK = databases.LOCK + 1  # loading takes a minute, in which other tests still want their clones


@dataclass(frozen=True)
class Portal:
    """Where a running portal is reached, and what it works on."""

    public: str
    admin: str
    database: databases.Clone
    stores: Path
    environ: dict[str, str]

    def manage(self, *arguments: str, role: str = "app") -> subprocess.CompletedProcess:
        """`manage.py …` on this portal; the caller looks at the return code."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=databases.PROJECT,
            env={**self.environ, "PORTAL_DATABASE_ROLE": role},
            capture_output=True,
            text=True,
            check=False,
        )


@contextmanager
def running(suffix: str = "demo") -> Iterator[Portal]:
    """A portal with the demo in it; ended and dropped afterwards."""
    template, files = demo_template()
    database = databases.clone(suffix, of=template)
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    shutil.copytree(files, folder, dirs_exist_ok=True)
    port = free_ports()
    environ = environment(database, folder, port)
    processes: list[subprocess.Popen] = []
    try:
        processes = runner.start(runner.parse(["--port", str(port)]), environ)
        runner.wait_until_served(processes, "127.0.0.1", port, port + 1)
        yield Portal(environ["PUBLIC_BASE_URL"], environ["ADMIN_BASE_URL"], database, folder, environ)
    finally:
        runner.end(processes)
        databases.drop(database)
        shutil.rmtree(folder, ignore_errors=True)


def environment(database: databases.Clone, folder: Path, port: int) -> dict[str, str]:
    return database.environ() | {
        "PRIVATE_ROOT": str(folder / "private"),
        "PUBLIC_STORE_ROOT": str(folder / "public"),
        "PAGE_CACHE_ROOT": str(folder / "pages"),
        "PUBLIC_BASE_URL": ADDRESS.format(port),
        "ADMIN_BASE_URL": ADDRESS.format(port + 1),
        "DEBUG": "0",
        "LOG_LEVEL": "WARNING",
    }


def demo_template() -> tuple[str, Path]:
    """Database and files with the demo loaded, built by whichever worker comes first."""
    key = code_fingerprint()
    name, files = DEMO + key, settings.VAR / "test-demo" / key
    with databases.maintenance(LOCK) as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'portal\\_demo\\_%'")
        present = {row[0] for row in cursor.fetchall()}
        if name in present and files.exists():
            return name, files
        for old in present:
            cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        shutil.rmtree(files.parent, ignore_errors=True)
        building = databases.clone("demo_template")
        load_demo(building, files)
        cursor.execute(f'ALTER DATABASE "{building.name}" RENAME TO "{name}"')
    return name, files


def load_demo(building: databases.Clone, files: Path) -> None:
    environ = environment(building, files, NOWHERE)
    for arguments, role in ((["sync_portal"], "owner"), (["load_demo"], "app"), (["work", "--once"], "app")):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=databases.PROJECT,
            env={**environ, "PORTAL_DATABASE_ROLE": role},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"manage.py {arguments[0]}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


def code_fingerprint() -> str:
    """Any change of ours may change what the demo looks like."""
    digest = hashlib.sha256()
    for path in sorted(databases.PROJECT.glob("*/**/*")):
        outside = path.relative_to(databases.PROJECT).parts[0] in {
            "tests",
            "var",
            "docs",
            "locale",
            ".venv",
            ".git",
        }
        if not outside and path.is_file() and path.suffix in {".py", ".md", ".txt", ".json", ".toml", ".typ"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def free_ports() -> int:
    """A port that is free together with the one above it."""
    for _ in range(50):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise RuntimeError("no two free ports side by side")
