"""Lists and sources from Excel: the first line names the columns; one bad line and nothing is taken over.

What is exported can be imported again; the headings are those of the screens.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from checks import lists
from checks.files import archives, uploads
from checks.files.archives import Hostile
from checks.models import ReprintSource, WordEntry

MAX_ROWS = 60_000
MAX_BYTES = 20 * 1024 * 1024
MOST_ERRORS = 20


@dataclass(frozen=True)
class Table:
    """Which columns a model's sheet has, and what tells two lines apart."""

    model: type
    fields: tuple[str, ...]
    key: tuple[str, ...]


WORDS = Table(
    WordEntry,
    (
        "list",
        "word",
        "standard",
        "level",
        "exceptions",
        "contexts",
        "order",
        "note",
        "valid_from",
        "valid_to",
    ),
    ("list", "word"),
)
SOURCES = Table(
    ReprintSource,
    ("name", "kind", "domain", "valid_from", "valid_to", "note"),
    ("name", "domain", "valid_from"),
)


class Unreadable(Exception):
    """The sheet as a whole, or some of its lines; `sentences` say which and why."""

    def __init__(self, *sentences):
        super().__init__(sentences[0])
        self.sentences = sentences


def read(upload, table: Table) -> list:
    """Unsaved objects of all lines, each valid."""
    rows = lines_of(upload)
    columns = columns_of(next(rows, ()), table)
    found, errors = {}, []
    for number, row in enumerate(rows, start=2):
        values = {name: row[place] for name, place in columns.items() if place < len(row)}
        if not any(value not in (None, "") for value in values.values()):
            continue
        try:
            instance = made(values, table)
        except ValidationError as error:
            errors.append(
                _("Line %(number)s: %(error)s") % {"number": number, "error": "；".join(error.messages)}
            )
            continue
        found[tuple(str(getattr(instance, name)) for name in table.key)] = instance
    if errors:
        raise Unreadable(*errors[:MOST_ERRORS])
    if not found:
        raise Unreadable(_("The sheet has no lines."))
    return list(found.values())


def lines_of(upload):
    from openpyxl import load_workbook

    upload.seek(0)
    data = upload.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is too large."))
    try:
        uploads.require_harmless_archive(data)
        with archives.opened(data):
            upload.seek(0)
            book = load_workbook(upload, read_only=True, data_only=True)
    except (Hostile, KeyError, ValueError, OSError) as error:
        raise Unreadable(_("This is not a readable Excel file (.xlsx).")) from error
    for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True)):
        if number > MAX_ROWS:
            raise Unreadable(_("The sheet has more than %(number)s lines.") % {"number": MAX_ROWS})
        yield row


def columns_of(head, table: Table) -> dict[str, int]:
    """By the headings of the screens or the names of the fields."""
    named = {str(cell).strip().lower(): place for place, cell in enumerate(head) if cell}
    found = {}
    for name in table.fields:
        label = str(capfirst(table.model._meta.get_field(name).verbose_name)).lower()
        place = named.get(label, named.get(name))
        if place is not None:
            found[name] = place
    missing = [name for name in table.key if name not in found and name != "domain"]
    if missing:
        labels = "、".join(str(table.model._meta.get_field(name).verbose_name) for name in missing)
        raise Unreadable(_("The first line lacks the columns %(columns)s.") % {"columns": labels})
    return found


def made(values: dict, table: Table):
    cleaned = {}
    for name, value in values.items():
        field = table.model._meta.get_field(name)
        choices = {str(label): code for code, label in field.choices or ()}
        if isinstance(value, datetime):
            value = value.date()
        if not isinstance(value, date):
            text = "" if value is None else str(value).strip()
            value = choices.get(text, text)
        if value == "" and (field.null or field.has_default()):
            continue
        cleaned[name] = value
    instance = table.model(**cleaned)
    instance.full_clean(validate_unique=False, validate_constraints=False)
    return instance


@transaction.atomic
def write_words(entries: list[WordEntry], by, reason: str):
    """Known words are replaced, new ones added, the others stay; one new version."""
    fields = [name for name in WORDS.fields if name not in WORDS.key]
    WordEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=list(WORDS.key), update_fields=fields, batch_size=2000
    )
    return lists.new_version(by, reason)


@transaction.atomic
def write_sources(rows: list[ReprintSource], by=None, reason: str = ""):
    ReprintSource.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=list(SOURCES.key),
        update_fields=["kind", "valid_to", "note"],
        batch_size=2000,
    )
