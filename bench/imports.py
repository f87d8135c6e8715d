"""Older content (Article 25): items a second from the list to the last commit, by the whole lawful way.

`python -m bench.imports 4000` prints one line of JSON; `python -m bench` starts it on a database of its own. One batch
is handed in, signed by its two signatories and published, with register lines, lists and counters; the worker then
enters what search finds, which is timed by itself.
"""

import json
import random
import sys
import uuid

from bench import search_documents as town

ITEMS = 4000
LENGTH = 600  # characters of a text; the generator's own are shorter than real ones


def main() -> None:
    import django

    django.setup()
    print(json.dumps(measure(int(sys.argv[1]) if sys.argv[1:] else ITEMS)))


def measure(total: int) -> dict:
    from django.db import connection, transaction

    from bench.clock import Clock
    from publication import batches, gate, outbox
    from tests import factories
    from tests import publication_world as world

    made = factories.town()
    column = world.column(made)
    contents = [content(made, one, column) for one in texts(total)]
    items = [{"document": one, "unit_id": made.units["water"].pk} for one in contents]
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    author, clock, worker = made.who("water", "author"), Clock(connection), Clock(connection)
    with clock:
        batch = batch_of(made, contents)
        batches.hand_in(batch, items, author=author)
        with transaction.atomic():
            world.sign_all(made, batch)
        published = gate.complete(batch)
    if len(published) != total:
        raise SystemExit(f"{len(published)} of {total} were published")
    with worker:
        outbox.replay()
    return {
        "items": total,
        "a second": round(total / clock.wall),
        "a second of a core": round(total / clock.processor),
        "entered a second": round(total / worker.wall),
        "entered a second of a core": round(total / worker.processor),
    }


def texts(total: int):
    """Documents of the seeded town; each goes on with what others say until it is as long as real ones are."""
    made = list(town.documents(total))
    dice = random.Random(town.SEED + 4)
    for one in made:
        parts = [one.text]
        while sum(map(len, parts)) < LENGTH:
            parts.append(dice.choice(made).text)
        yield one, "".join(f"<p>{part}</p>" for part in "\n".join(parts).split("\n") if part)


def content(made, item, column) -> dict:
    from tests import publication_world as world

    one, html = item
    policy = {"policy": {"document_number": one.number, "validity": "有效"}} if one.number else {}
    return world.document(
        made,
        kind=one.kind,
        title=one.title,
        column=str(column.object_id),
        body=[{"type": "rich_text", "html": html}],
        **policy,
    )


def batch_of(made, contents):
    from publication import documents
    from tests import publication_world as world

    digests = [documents.digest(documents.canonical(one)) for one in contents]
    batch = documents.batch_document(object_id=uuid.uuid4(), title="旧站存量信息", digests=digests)
    return world.hand_in(made, batch | {"path": ""}, name="egov", route="import")


if __name__ == "__main__":
    main()
