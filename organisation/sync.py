"""What ``manage.py sync_portal`` does: every app registers its part, in its place of the order.

Each part is a callable without arguments that may be run any number of times and yields (or returns) a line
for each thing it changed; a second run in a row yields nothing.
"""

from dataclasses import dataclass, field

_PARTS = {}


@dataclass(frozen=True, order=True)
class Part:
    order: int
    name: str
    run: object = field(compare=False)


def register(name, order):
    """Decorator: ``@register("routes", order=40)``. Apps import the module in ``AppConfig.ready``."""

    def decorate(func):
        _PARTS[name] = Part(order, name, func)
        return func

    return decorate


def parts():
    return sorted(_PARTS.values())


def run_all():
    """Runs all parts in order; yields ``(part name, line)`` for what changed."""
    for part in parts():
        for line in part.run() or ():
            yield part.name, line
