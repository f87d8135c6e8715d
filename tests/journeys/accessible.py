"""axe-core on what a browser shows."""

from axe_playwright_python.sync_playwright import Axe

SERIOUS = ("serious", "critical")


def violations(page, impacts=SERIOUS, within=None) -> list[str]:
    """What axe finds on this page, one line each; `impacts=None` for all. `within` is a CSS selector."""
    found = Axe().run(page, context=within).response["violations"]
    return [
        f"{rule['impact']} {rule['id']}: {rule['help']} — {node['target']} {node['html'][:160]}"
        for rule in found
        if impacts is None or rule["impact"] in impacts
        for node in rule["nodes"]
    ]
