"""One page of any rows by key, newest first, as the lists of columns have it (publication/reading.py): no OFFSET."""

from urllib.parse import urlencode

from publication.reading import PAGE_SIZE, newer_than, older_than, read_cursor, write_cursor


def page_of(rows, cursor, wanted=None, by="published_at"):
    """(rows, addresses of the neighbouring pages); `by` is the time that orders them."""
    at, key, backwards = read_cursor(cursor)
    if at is not None:
        rows = rows.filter(newer_than(at, key, by) if backwards else older_than(at, key, by))
    order = (by, "pk") if backwards else (f"-{by}", "-pk")
    found = list(rows.order_by(*order)[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    if backwards:
        found.reverse()
    newer = found and (more if backwards else at is not None)
    older = found and (backwards or more)
    pager = {
        "first": f"?{urlencode(wanted or {})}" if newer else "",
        "newer": link(wanted, found[0], by, True) if newer else "",
        "older": link(wanted, found[-1], by, False) if older else "",
    }
    return found, pager


def link(wanted, row, by, backwards) -> str:
    cursor = write_cursor(getattr(row, by), row.pk, backwards)
    return "?" + urlencode((wanted or {}) | {"at": cursor})
