"""The lists in the database: shipped, versioned, and turned into an automaton that is kept by version."""

import csv
import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from checks.models import ListVersion, WordEntry
from checks.models.words import parted
from checks.words import Word, WordSet

DATA = Path(__file__).parent / "data"
FIELDS = (
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
)
LOCK = 20171030


def current(day=None) -> WordSet:
    """The automaton of the latest version; one query when nothing changed."""
    day = day or timezone.localdate()
    version = ListVersion.objects.order_by("-number").first()
    return _automaton(version.label if version else "", version.digest if version else "", day)


@lru_cache(maxsize=2)
def _automaton(label: str, digest: str, day) -> WordSet:
    """Entries that ended stay for leaders only: a name with a post of the past is a finding."""
    valid = set(WordEntry.objects.valid(day).values_list("pk", flat=True))
    rows = [row for row in WordEntry.objects.all() if row.pk in valid or row.list == "leader"]
    return WordSet((as_word(row, row.pk in valid) for row in rows), label)


def as_word(row: WordEntry, is_current: bool = True) -> Word:
    return Word(
        row.list, row.word, row.standard, row.level, parted(row.exceptions), parted(row.contexts), row.note,
        row.order, is_current,
    )  # fmt: skip


def digest_of_entries() -> tuple[str, int]:
    digest, total = hashlib.sha256(), 0
    for values in WordEntry.objects.order_by("list", "word").values_list(*FIELDS).iterator():
        digest.update(json.dumps(values, ensure_ascii=False, default=str).encode() + b"\n")
        total += 1
    return digest.hexdigest(), total


def new_version(by, reason: str) -> ListVersion:
    """After every change of entries, in the transaction of the change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    digest, total = digest_of_entries()
    last = ListVersion.objects.order_by("-number").first()
    if last and last.digest == digest:
        return last
    number = last.number + 1 if last else 1
    return ListVersion.objects.create(number=number, digest=digest, entries=total, reason=reason[:200], by=by)


def shipped():
    """(list, word) → row of the files that come with the portal."""
    rows = {}
    for path in sorted(DATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                rows[row["list"], row["word"]] = row
    return rows


@transaction.atomic
def ship():
    """Brings in what is new in the files. What the office changed or deleted stays as the office left it."""
    known = set(WordEntry.objects.values_list("list", "word"))
    if known and not settled_files_changed():
        return
    new = [
        WordEntry(shipped=True, **{k: v for k, v in row.items() if k in FIELDS and v})
        for key, row in shipped().items()
        if key not in known
    ]
    if new:
        WordEntry.objects.bulk_create(new)
        yield f"{len(new)} entries of the word lists"
    new_version(None, shipping_reason())


def shipping_reason() -> str:
    digest = hashlib.sha256()
    for path in sorted(DATA.glob("*.csv")):
        digest.update(path.read_bytes())
    return f"随系统提供的词库 {digest.hexdigest()[:12]}"


def settled_files_changed() -> bool:
    """Whether the files are others than those brought in last: else deleted entries would come back."""
    return not ListVersion.objects.filter(reason=shipping_reason()).exists()
