"""Addresses are allotted once and stay, whatever becomes of the tree, the column or the title."""

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from publication.models import AllottedPath
from publication.refused import as_refusal
from regulation.refusals import Refusal

SITE = "portal"


def path_of(object_id) -> str:
    """The address an item has already, or nothing."""
    return AllottedPath.objects.filter(object_id=object_id).values_list("path", flat=True).first() or ""


def allot(object_id, column_path, kind, at=None, site=SITE) -> str:
    """The item's address: what it has, or a new one below its column at birth.

    ``/<column>/2026/11/t000123.html`` for items; for columns, units and the home page ``column_path`` itself.
    """
    if existing := path_of(object_id):
        return existing
    if kind in ("home", "column", "unit"):
        return claim(object_id, site, "/" + "".join(f"{part}/" for part in column_path.split("/") if part))
    day = timezone.localtime(at)
    parts = [part for part in column_path.split("/") if part]
    with as_refusal():
        number = _next_number()
        path = f"/{'/'.join([*parts, f'{day:%Y}', f'{day:%m}'])}/t{number:06d}.html"
        return AllottedPath.objects.create(id=number, object_id=object_id, site=site, path=path).path


def claim(object_id, site, path) -> str:
    """Keep an address for an item (old sites' addresses too); refuse one that is another's."""
    row, created = None, False
    with as_refusal():
        row, created = AllottedPath.objects.get_or_create(
            object_id=object_id, defaults={"site": site, "path": path}
        )
    if not created and (row.site, row.path) != (site, path):
        raise Refusal(_("The address of an item never changes."), article="18", code="allotted_path")
    return row.path


def _next_number():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('publication_allottedpath', 'id'))")
        return cursor.fetchone()[0]
