"""The figures that need many rows in a database of their own: acts, inbox, `verify`, pages, the import of older content."""

import json
import subprocess
import sys

from bench import acts, freshness, scale, seeded
from bench.figures import figure


def growing(small: int, large: int) -> list[dict]:
    """Everything that could grow, in a small portal and in a large one."""
    few, many = everything(small), everything(large)
    return [*listing(few, many), *spreading(few, many), *acting(few, many)]


def everything(size: int) -> dict:
    """What adds to the portal comes after what only reads: first the proofs, Wagtail's own rows last."""
    with seeded.portal_of(size) as portal:
        found = {"size": size} | scale.measure(portal)
        found |= {"spread": freshness.measure(portal)} | acts.measure(portal)
        return found | {"stock": scale.stock(portal)}


def listing(few: dict, many: dict) -> list[dict]:
    """Pages that are not cached, at both sizes; beside them Wagtail's own listing over as many pages."""
    small, large = few["size"], many["size"]
    rows = [(kind, many["pages"][kind] / few["pages"][kind], "≤ 1.1") for kind in few["pages"]]
    rows += [(f"Wagtail's {kind}", many["stock"][kind] / few["stock"][kind], "–") for kind in few["stock"]]
    last = many["pages"]["column, last page"] / many["pages"]["column"]
    filled, entered = many["seeded"]["publications"], many["seeded"]["entries"]
    return [
        *(figure(f"{what} at {large}, × at {small}", f"{ratio:.2f}", goal) for what, ratio, goal in rows),
        figure("column, last page, × first", f"{last:.2f}", "≤ 1.1"),
        figure(f"seed_scale {large}, publications a second", round(large / filled), "–"),
        figure(f"seed_scale {large}, search entries a second", round(large / entered), "–"),
    ]


def spreading(few: dict, many: dict) -> list[dict]:
    """After how long the public sees what happened, with many cached pages."""
    here, there = many["spread"], few["spread"]
    of, small = f"at {many['size']}, {here['cached']} cached pages", f"at {few['size']}"
    return [
        figure(
            f"published and seen {of}, s, worst",
            here["seen"]["worst"],
            f"≤ 1 ({small}: {there['seen']['worst']})",
        ),
        figure(
            f"taken down and gone {of}, s, worst",
            here["gone"]["worst"],
            f"≤ 1 ({small}: {there['gone']['worst']})",
        ),
        figure("cached pages dropped by a publication, most", here["dropped"], "those that show it"),
    ]


def acting(few: dict, many: dict) -> list[dict]:
    """What an approval, the inbox and `verify` cost in a portal of many publications, over what they cost in a small one."""
    small, large = few["size"], many["size"]
    growth = many["approval"]["milliseconds"] / few["approval"]["milliseconds"]
    inbox, idle = many["inbox"]["many"], many["inbox"]["few"]
    longer = inbox["milliseconds"] / idle["milliseconds"]
    proof = many["verify"]["seconds"] - few["verify"]["seconds"]
    of_a_core = many["proof"]["publications"] / many["proof"]["processor"]
    return [
        figure(f"last approval at {large}, queries", many["approval"]["queries"], "≤ 60"),
        figure(f"last approval at {large}, × at {small}", f"{growth:.2f}", "≤ 1.2"),
        figure("inbox at 10,000 waiting, bytes", inbox["bytes"], "≤ 60000"),
        figure("inbox at 10,000 waiting, × at 10", f"{longer:.2f}", "≤ 1.2"),
        figure("verify, chain and digests, a second of a core", round(of_a_core), "≥ 20000"),
        figure("verify, all it proves, publications a second", round((large - small) / proof), "–"),
        figure(
            f"verify at {large}, MB (at {small}: {few['verify']['megabytes']})",
            many["verify"]["megabytes"],
            "constant",
        ),
    ]


def importing(databases) -> list[dict]:
    """Older content by the whole lawful way, and the worker's part after it."""
    found = on_a_clone(databases, "imports", "app")
    return [
        figure("import of older content, items a second", found["a second"], "≥ 1000"),
        figure("  the same, a second of one processor", found["a second of a core"], "≥ 1000"),
        figure("  search entries by the worker, a second", found["entered a second"], "–"),
    ]


def on_a_clone(databases, module: str, role: str) -> dict:
    database = databases.clone(f"bench_{module}")
    command = [sys.executable, "-m", f"bench.{module}"]
    try:
        done = subprocess.run(command, env=database.environ(role), capture_output=True, text=True, check=True)
    finally:
        databases.drop(database)
    return json.loads(done.stdout.splitlines()[-1])
