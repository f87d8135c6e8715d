"""The figures that need many rows in a database of their own: acts, inbox, `verify`, pages, the import of older content."""

import json
import subprocess
import sys

from bench.figures import figure


def acting(small: int, large: int) -> list[dict]:
    """What an approval, the inbox and `verify` cost in a portal of many publications, over what they cost in a small one."""
    from bench import acts

    few, many = acts.at_size(small), acts.at_size(large)
    growth = many["approval"]["milliseconds"] / few["approval"]["milliseconds"]
    inbox, idle = many["inbox"]["many"], many["inbox"]["few"]
    proof = many["verify"]["seconds"] - few["verify"]["seconds"]
    return [
        figure(f"last approval at {large}, queries", many["approval"]["queries"], "≤ 60"),
        figure(f"last approval at {large}, × at {small}", f"{growth:.2f}", "≤ 1.2"),
        figure("inbox at 10,000 waiting, bytes", inbox["bytes"], "≤ 60000"),
        figure(
            "inbox at 10,000 waiting, × at 10", f"{inbox['milliseconds'] / idle['milliseconds']:.2f}", "≤ 1.2"
        ),
        figure(
            "verify, chain and digests, a second of a core",
            round(many["proof"]["publications"] / many["proof"]["processor"]),
            "≥ 20000",
        ),
        figure("verify, all it proves, publications a second", round((large - small) / proof), "–"),
        figure(
            f"verify at {large}, MB (at {small}: {few['verify']['megabytes']})",
            many["verify"]["megabytes"],
            "constant",
        ),
    ]


def listing(small: int, large: int) -> list[dict]:
    """Pages that are not cached, at both sizes; beside them Wagtail's own listing over as many pages."""
    from bench import scale

    few, many = scale.at_size(small), scale.at_size(large)
    rows = [(kind, many["pages"][kind] / few["pages"][kind], "≤ 1.1") for kind in few["pages"]]
    rows += [(f"Wagtail's {kind}", many["stock"][kind] / few["stock"][kind], "–") for kind in few["stock"]]
    last = many["pages"]["column, last page"] / many["pages"]["column"]
    return [
        *(figure(f"{what} at {large}, × at {small}", f"{ratio:.2f}", goal) for what, ratio, goal in rows),
        figure("column, last page, × first", f"{last:.2f}", "≤ 1.1"),
        figure(f"seed_scale {large}, publications a second", round(large / many["seeded_seconds"]), "–"),
    ]


def spreading(small: int, large: int) -> list[dict]:
    """After how long the public sees what happened, with many cached pages, in a small portal and in a large one."""
    from bench import freshness

    few, many = freshness.at_size(small), freshness.at_size(large)
    of = f"at {large}, {many['cached']} cached pages"
    return [
        figure(
            f"published and seen {of}, s, worst",
            many["seen"]["worst"],
            f"≤ 1 (at {small}: {few['seen']['worst']})",
        ),
        figure(
            f"taken down and gone {of}, s, worst",
            many["gone"]["worst"],
            f"≤ 1 (at {small}: {few['gone']['worst']})",
        ),
        figure("cached pages dropped by a publication, most", many["dropped"], "those that show it"),
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
