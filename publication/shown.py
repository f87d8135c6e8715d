"""What a page shows, noted while it is drawn, so that the page cache knows what would make it stale.

The tags are those that PostgreSQL writes when a publication opens or closes (migration 0008): `site`,
`object:<uuid>`, `list:<uuid>`, `kind:<kind>`, `unit:<id>`, `beside:<uuid>`, `sitemap:<n>`. Whoever reads from the
tables of what is public notes what it asked for, found or not: a link appears when its target opens.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SITE = "site"
MOMENT = "portal.moment"  # in a request's environment: while it is the same, nothing public has changed

_collected: ContextVar[set[str] | None] = ContextVar("what the page being drawn shows", default=None)


def note(kind: str, *keys) -> None:
    """`note("list", column_object_id)`; where nobody collects it does nothing."""
    tags = _collected.get()
    if tags is not None:
        tags.update(f"{kind}:{key}" for key in keys if key)


def note_site() -> None:
    """The frame: navigation, footer, subsites, the face of the column."""
    tags = _collected.get()
    if tags is not None:
        tags.add(SITE)


@contextmanager
def collecting() -> Iterator[set[str]]:
    """The set fills while the page is drawn."""
    tags: set[str] = set()
    token = _collected.set(tags)
    try:
        yield tags
    finally:
        _collected.reset(token)
