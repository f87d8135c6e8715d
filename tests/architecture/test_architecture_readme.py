"""Both READMEs name every folder, every variable and every command there is, and no other."""

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-hans.md")
PRODUCTION = ("settings/base.py", "settings/admin.py", "settings/public.py", "databases.py")
ASKED = re.compile(r'environment\.(?:text|listed|flag|required)\(\s*"([A-Z_]+)"')
# Set by the portal's own programs, never by whoever runs it.
INTERNAL = {"PORTAL_DATABASE_ROLE", "PORTAL_PROCESS"}


def read(name):
    return (PROJECT / name).read_text(encoding="utf-8")


def table_below(text, first_cell):
    """First cells of the table whose head begins with that word."""
    lines = text.split(f"| {first_cell} |", 1)[1].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append(line.split("|")[1])
    return re.findall(r"`([^`]+)`", " ".join(rows))


@pytest.mark.parametrize(("readme", "head"), zip(READMES, ("Variable", "变量"), strict=True))
def test_every_variable_of_production_is_explained(readme, head):
    asked = {name for path in PRODUCTION for name in ASKED.findall(read(f"config/{path}"))} - INTERNAL
    assert len(asked) > 20  # the pattern still finds them
    assert asked <= set(table_below(read(readme), head))


@pytest.mark.parametrize(("readme", "head"), zip(READMES, ("Folder", "目录"), strict=True))
def test_every_folder_is_explained(readme, head):
    packages = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["root_packages"]
    named = {name.rstrip("/") for name in table_below(read(readme), head)}
    assert set(packages) | {"bench"} == named


@pytest.mark.parametrize("readme", READMES)
def test_every_link_and_command_of_the_readme_exists(readme):
    text = read(readme)
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (PROJECT / target).exists(), target
    offered = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) <= offered
    for command in set(re.findall(r"(?:python |`)manage\.py ([a-z_]+)", text)):
        ours = list(PROJECT.glob(f"*/management/commands/{command}.py"))
        assert ours or command in {"migrate", "collectstatic", "db_worker"}, command
