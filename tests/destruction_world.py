"""An item that was found secret, and its destruction step by step (Articles 13, 19)."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from home.holdings import destroy_originals
from home.models import PortalDocument, UnitLibrary
from publication.models import OutboxMessage
from regulation.refusals import Refusal
from review import acts
from secrecy import services
from secrecy.holdings import destroy_files
from secrecy.models import Quarantine
from secrecy.services import destroying

WORDS = "水源地巡护路线"


def attachment(town, name="water", title=WORDS):
    library = UnitLibrary.objects.get(unit=town.units[name])
    file = ContentFile(f"{title}甲乙丙".encode(), name="luxian.txt")
    made = PortalDocument(title=title, collection=library.collection, file=file)
    made.save()
    return made


def confirmed(town, case, name="water"):
    """Found, sealed away and confirmed by the secrecy body."""
    acts.quarantine(case, town.who(name, "secrecy_reviewer"), remark="见封存件")
    record = Quarantine.objects.get(submission_id=case.pk)
    return services.decide_quarantine(record, town.who(name, "secrecy_body"), "confirmed", "属国家秘密。")


def proposed(town, record, name="water"):
    return destroying.propose(
        record, town.who(name, "secrecy_body"), grounds="无保存必要", carriers="无纸质件"
    )


def approved(town, record, name="water"):
    made = proposed(town, record, name)
    return destroying.decide(made, town.who(name, "supervising_leader"), approve=True)


def destroyed(town, record, name="water"):
    made = approved(town, record, name)
    destroying.witness(made, town.who(name, "dedicated"))
    return destroying.witness(made, town.who("gov", "reviewer"))


def code_of(call, *args, **kwargs):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        call(*args, **kwargs)
    return refused.value.code


def tables_that_say(words):
    """Every table of the database is read."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{words}%"])
            bytes_too = (
                f"SELECT count(*) FROM \"{table}\" WHERE position(convert_to(%s, 'UTF8') IN document) > 0"
            )
            total = cursor.fetchone()[0]
            if table in ("publication_submission", "publication_publication"):
                cursor.execute(bytes_too, [words])
                total += cursor.fetchone()[0]
            if total:
                found.append(table)
    return found


def carry_out_the_outbox():
    for message in OutboxMessage.objects.filter(done_at__isnull=True, kind__startswith="destroy_"):
        {"destroy_files": destroy_files, "destroy_originals": destroy_originals}[message.kind](
            message.payload
        )


def bytes_below(folder, words):
    return [
        place for place in Path(folder).rglob("*") if place.is_file() and words.encode() in place.read_bytes()
    ]
