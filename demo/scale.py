"""Many publications in little time, to measure lists, pages and proofs at the size of a real portal.

For a database that is thrown away. Structure, batches and their signatures come the lawful way, through the portal's
services; the items of a batch are written by COPY as the owner of the tables, with the triggers that judge each row
switched off. What stands there in the end is what the way of Article 25 leaves: signed digests, canonical documents,
register lines chained by SM3, lists and counters by the database's own function. So `verify` accepts all of it but
search, which has no entries for these items unless `search=True` asks for them: they take longer than all the rest.
Dates of first publication are spread over eight years, which no import does.
"""

import io
import json
import random
import uuid
from datetime import timedelta
from types import SimpleNamespace as Light

from django.db import connection, transaction
from django.utils import timezone

from demo import loading, scale_entries
from demo.batch import Batch
from demo.data import organisation
from demo.founding import Founding
from demo.people import People
from demo.tree import Tree
from ledger import register
from publication import documents, evidence
from publication.models import Publication, Submission
from publication.submissions import latest_version

TITLE = "测速用存量信息清单"
BATCH, ROWS = 20_000, 4_000
YEARS = timedelta(days=8 * 365)
TABLES = (
    "publication_allottedpath",
    "publication_submission",
    "publication_publication",
    "publication_listing",
    "ledger_registerentry",
)
SUBJECTS = [
    "供水管网冲洗",
    "医疗保险缴费",
    "义务教育招生",
    "农村公路养护",
    "公租房受理",
    "森林防火",
    "秸秆禁烧",
    "低保复核",
]
FORMS = ["通知", "公告", "公示", "方案", "通报", "简报", "公开目录"]
SENTENCES = (
    "请各村（居）委会于月底前将有关情况报区政府办公室汇总。",
    "办理时间为工作日上午九时至下午五时，逾期不再受理。",
    "本次工作由分管领导牵头，各单位按职责分工落实，确保按期完成。",
    "有关费用按省、市规定标准执行，不得擅自提高或者变相收取。",
    "群众如有疑问，可拨打政务服务便民热线或者到现场咨询。",
)


def is_real() -> bool:
    """Anything public that neither the structure nor an earlier seeding brought."""
    seeded = Submission.objects.filter(title=TITLE).values("pk")
    items = Publication.objects.exclude(kind__in=("home", "column", "unit"))
    return items.exclude(submission__batch__in=seeded).exists()


def seed(total: int, *, search=False, say=lambda line: None) -> None:
    if not Publication.objects.exists():
        with transaction.atomic():
            Founding().run()
            loading.bring_in_line()
            Tree(People()).run()
        loading.finish()
        say("units, people and columns")
    seeder = Seeder(total)
    while seeder.left:
        with transaction.atomic():
            seeder.batch(min(BATCH, seeder.left))
        say(f"{total - seeder.left} publications")
    if search:
        say(f"{scale_entries.enter_missing()} entries for search")
    with connection.cursor() as cursor:
        for table in (*TABLES, "publication_columncounter", "publication_facetcounter"):
            cursor.execute(f"ANALYZE {table}")


class Seeder:
    def __init__(self, total: int):
        self.left = total
        self.step = YEARS / total
        self.random = random.Random(total)  # noqa: S311 - words, not secrets
        self.people = People()
        self.author = self.people.at(organisation.EGOV, "author")
        self.version = latest_version("import", "")
        public = Publication.objects.open()
        units = {unit.pk: unit for unit in self.people.units.values()}
        rows = public.filter(kind="unit").values_list("unit_id", "object_id")
        self.units = [(units[pk], str(face)) for pk, face in rows]
        parents = set(public.filter(kind="column").values_list("parent", flat=True))
        columns = public.filter(kind="column").exclude(object_id__in=parents - {None})
        self.columns = [(str(key), path) for key, path in columns.values_list("object_id", "path")]
        self.number = Submission.objects.count() * 10

    def batch(self, size: int) -> None:
        """One list, proposed and decided as Article 25 has it, and everything on it."""
        items = [self._item() for _ in range(size)]
        signed = Batch(
            self.people, key=f"scale {self.number}", route="import", title=TITLE, note="", remark="同意"
        )
        batch = signed._submit_batch([digest for *_rest, digest in items])
        signed._sign(batch)
        register.append(
            "baseline", facts=evidence.facts(batch), submission_id=batch.pk, object_id=batch.object_id
        )
        with JudgesAway():
            for start in range(0, size, ROWS):
                self._write(batch, items[start : start + ROWS])

    def _item(self) -> tuple:
        """(object, unit, path, bytes, digest)"""
        pick, self.number = self.random.choice, self.number + 1
        unit, face = pick(self.units)
        column, place = pick(self.columns)
        key, path = str(uuid.uuid4()), f"{place}2018/01/s{self.number:07d}.html"
        document = TEMPLATE | {
            "object": key,
            "path": path,
            "title": f"关于{pick(SUBJECTS)}的{pick(FORMS)}（第{self.number}号）",
            "unit": {"code": unit.code, "name": unit.name, "short": unit.short_name},
            "source": {"name": unit.name, "url": ""},
            "column": column,
            "section": face,
            "summary": pick(SENTENCES),
            "body": [{"type": "rich_text", "html": "".join(f"<p>{pick(SENTENCES)}</p>" for _ in range(12))}],
        }
        data = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        return key, unit.pk, path, data, documents.digest(data)

    def _write(self, batch, items) -> None:
        now = timezone.now()
        rows = [(uuid.uuid4(), *item) for item in items]
        copy("publication_allottedpath", "object_id, site, path", ((r[1], "portal", r[3]) for r in rows))
        same = (self.author.pk, "import", "", self.version, "f")
        copy("publication_submission", SUBMISSION, (self._line(row, batch, same, now) for row in rows))
        with connection.cursor() as cursor:
            cursor.execute(
                PUBLISH, [now, self.left * self.step, self.step, [str(r[0]) for r in rows], batch.pk]
            )
            born = {key: more for key, *more in cursor.fetchall()}
        self._register(batch, rows, born, now)
        self.left -= len(rows)

    @staticmethod
    def _line(row, batch, same, now) -> tuple:
        key, object_id, unit, path, data, _digest = row
        said = f"\\\\x{data.hex()}"
        return (key, object_id, 0, TEMPLATE["type"], "portal", path, unit, *same, said, batch.pk, now)

    def _register(self, batch, rows, born, now) -> None:
        """The facts are the gate's own; light objects stand for the rows that were just copied."""
        same = {"batch_id": batch.pk, "author_id": self.author.pk, "route": "import", "variant": ""}
        pairs = []
        for key, object_id, unit, path, data, digest in rows:
            number, published_at, first = born[key]
            item = {"pk": key, "object_id": object_id, "unit_id": unit, "path": path, "document": data}
            submission = Light(**item, digest=digest, created_at=now, **same)
            dates = {"published_at": published_at, "first_published_at": first}
            pairs.append((submission, Light(pk=number, legacy=True, **dates)))
        copy("ledger_registerentry", ENTRY, chained(pairs))


def chained(pairs):
    """The register's lines, each hashed over the one before, as `register.append_many` makes them."""
    number, previous, now = register._end()
    for (submission, publication), facts in zip(pairs, evidence.facts_of_many(pairs), strict=True):
        number += 1
        ids = {
            "submission_id": submission.pk,
            "publication_id": publication.pk,
            "object_id": submission.object_id,
        }
        line = {"number": number, "previous_hash": previous, "recorded_at": now, "kind": "baseline", **ids}
        previous = register.hash_of(Light(**line, facts=facts))
        said = json.dumps(facts, ensure_ascii=False).replace("\\", "\\\\")
        yield (*line.values(), said, previous)


ENTRY = "number, previous_hash, recorded_at, kind, submission_id, publication_id, object_id, facts, hash"
SUBMISSION = (
    "id, object_id, page_id, page_type, site, path, unit_id, author_id, route, variant, route_version, restricted,"
    " document, batch_id, created_at"
)
PUBLISH = """
    INSERT INTO publication_publication (submission_id, object_id, site, path, unit_id, document, published_at,
                                         first_published_at, end_reason, end_note, legacy)
    SELECT s.id, s.object_id, s.site, s.path, s.unit_id, s.document, clock_timestamp(),
           %s::timestamptz - %s::interval + row_number() OVER () * %s::interval, '', '', true
    FROM unnest(%s::uuid[]) AS wanted JOIN publication_submission s ON s.id = wanted AND s.batch_id = %s
    RETURNING submission_id, id, published_at, first_published_at
"""
TEMPLATE = {
    "format": documents.FORMAT,
    "type": "home.InformationPage",
    "kind": "information",
    "language": "zh-hans",
    "site": "portal",
    "parent": None,
    "assets": [],
    "attachments": [],
    "keywords": [],
    "editor": "区电子政务办公室",
    "correction": "",
}


class JudgesAway:
    """The triggers of each row are off inside; lists and counters still follow by the statement."""

    kept = "publication_batch_opened"

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE publication_publication ENABLE TRIGGER {self.kept}")

    def __exit__(self, *failure):
        if failure[0] is not None:
            return  # the transaction takes everything back
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def copy(table: str, columns: str, rows) -> None:
    lines = io.StringIO("".join("\t".join(map(str, row)) + "\n" for row in rows))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", lines)
