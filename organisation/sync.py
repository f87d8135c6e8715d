"""What ``manage.py sync_portal`` does: every app registers its part, in its place of the order.

Each part is a callable without arguments that may be run any number of times and yields (or returns) a line
for each thing it changed; a second run in a row yields nothing.
"""

from dataclasses import dataclass, field

from django.db import transaction

_PARTS = {}


@dataclass(frozen=True, order=True)
class Part:
    order: int
    name: str
    run: object = field(compare=False)
    of_units: bool = field(default=False, compare=False)


def register(name, order, of_units=False):
    """Decorator: ``@register("routes", order=40)``. Apps import the module in ``AppConfig.ready``.

    ``of_units``: follows from the units and their names, so that it is due whenever one of them changes.
    """

    def decorate(func):
        _PARTS[name] = Part(order, name, func, of_units)
        return func

    return decorate


def parts():
    return sorted(_PARTS.values())


def run_all():
    """Runs all parts in order; yields ``(part name, line)`` for what changed."""
    yield from _run(parts())


@transaction.atomic
def follow_units():
    """What a unit founded, renamed or closed needs at once: its group, library, page and rights (Article 17)."""
    return list(_run(part for part in parts() if part.of_units))


def _run(chosen):
    for part in chosen:
        for line in part.run() or ():
            yield part.name, line
