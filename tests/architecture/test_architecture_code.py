"""Rules about the code itself that no other tool checks."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PROJECT = Path(settings.BASE_DIR)
APPS = (
    "config",
    "demo",
    "intake",
    "units",
    "conversion",
    "home",
    "secrecy",
    "review",
    "publication",
    "ledger",
    "checks",
    "search",
    "organisation",
    "regulation",
)
LONGEST_FILE = 300
LONGEST_FUNCTION = 60
BANNED_NAMES = {"core", "utils", "helpers", "misc", "common"}
THIRD_PARTY = re.compile(
    r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import"""
)


def python_files():
    for folder in (*APPS, "tests"):
        yield from sorted((PROJECT / folder).rglob("*.py"))


def written_files():
    """What people write: migrations 0001 are generated."""
    return [path for path in python_files() if path.name != "0001_initial.py"]


def relative(path):
    return str(path.relative_to(PROJECT))


def test_files_stay_readable():
    lengths = {relative(path): len(path.read_text().splitlines()) for path in written_files()}
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE}


@pytest.mark.parametrize("app", APPS)
def test_functions_fit_a_screen(app):
    too_long = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in sorted((PROJECT / app).rglob("*.py"))
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert not too_long


def test_no_star_imports():
    starred = [
        relative(path)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names)
    ]
    assert not starred


def test_names_say_what_is_inside():
    assert not [relative(path) for path in python_files() if BANNED_NAMES & {path.stem, *path.parts[1:]}]


def test_layers():
    """Higher may import lower, never the reverse: the contract in pyproject.toml."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_nothing_is_loaded_from_third_parties():
    """Pages work offline and tell no stranger who reads them."""
    found = []
    for folder in ("templates", "static", *(f"{app}/templates" for app in APPS)):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in {".html", ".css", ".js", ".svg"} and THIRD_PARTY.search(path.read_text()):
                found.append(relative(path))
    assert not found


def test_no_local_paths():
    """Nothing names the machine it was written on."""
    local = re.compile(r"(?<!\w)/(?:root|home/\w+|work|Users)/")
    found = [
        relative(path) for path in python_files() if path != Path(__file__) and local.search(path.read_text())
    ]
    assert not found


def test_ci_runs_test_and_lint_and_nothing_else():
    lines = [line.strip() for line in (PROJECT / ".ci" / "run").read_text().splitlines()]
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["make test", "make lint"]


def test_pre_commit_runs_exactly_lint():
    import yaml

    repos = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [hook["entry"] for repo in repos for hook in repo["hooks"]] == ["make lint"]


def test_make_offers_these_commands_only():
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE)
    assert set(targets) == {"help", "demo", "run", "test", "lint", "format", "bench", "check"}


def test_lock_names_the_public_registry():
    registries = set(re.findall(r'registry = "([^"]+)"', (PROJECT / "uv.lock").read_text()))
    assert registries == {"https://pypi.org/simple"}
