"""Loads the whole demo in order: people, rights, tree, drafts, acts."""

from collections.abc import Callable

from django.db import transaction

from demo import asking, offweb
from demo.acting import Actors
from demo.batch import Batch
from demo.changes import Changes
from demo.content import Writer
from demo.data.synonyms import SYNONYMS
from demo.founding import FOUNDER, Founding
from demo.indexes import built_once
from demo.people import People
from demo.seals import Sealer
from demo.texts import read_all, read_legacy
from demo.tree import Tree
from organisation import sync
from organisation.models import User
from publication import outbox
from search.models import Synonym

Say = Callable[[str], object]


def is_loaded() -> bool:
    return User.objects.filter(username=FOUNDER).exists()


def load(say: Say = lambda line: None) -> None:
    """All or nothing: a demo that broke off would look like a portal in which something is wrong."""
    with built_once(), transaction.atomic():
        Founding().run()
        bring_in_line()
        people = People()
        tree = Tree(people)
        tree.run()
        say(f"{len(people.units)} units, {len(people.users)} people, {len(tree.columns)} columns")
        _items(people, tree, say)
        Changes(people).run()
        offweb.run(people)
        Synonym.objects.bulk_create(Synonym(words=words) for words in SYNONYMS)
    asking.run(people)  # readers hand in over a connection of their own, which no rollback here would undo
    finish()


def _items(people: People, tree: Tree, say: Say) -> None:
    """Drafts first, so that a policy and its interpretation know each other, then the acts."""
    writer = Writer(people, tree)
    actors = Actors(people, Sealer(), writer)
    _legacy(people, writer)
    texts = read_all()
    pages = [writer.write(text) for text in texts]
    for text, page in zip(texts, pages, strict=True):
        actors.bring(text, page)
    say(f"{len(texts)} items on their six routes")


def _legacy(people: People, writer: Writer) -> None:
    """What an older site had, so that no column of the demo is empty: one decision for all (Article 25)."""
    pages = [writer.write(text) for text in read_legacy()]
    Batch(
        people,
        key="legacy",
        route="import",
        title="旧站存量信息导入清单",
        note="旧站仍然有效的信息，一次提出、一次批准，逐条登记。",
        remark="同意导入",
    ).publish(pages)


def bring_in_line() -> None:
    """What `sync_portal` does, for the units that are new; nothing of it needs the database owner."""
    for _change in sync.run_all():
        pass


def finish() -> None:
    """The worker's part, so that the portal stands as soon as it is served: files released, bundles published."""
    outbox.replay()
