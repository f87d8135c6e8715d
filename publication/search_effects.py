"""What search is told after a publication: words of its files, and the search server where there is one.

Entries in PostgreSQL need no telling: triggers write them in the publishing transaction (search, migration 0002).
Those of older content alone are the worker's part: they would take longer than all the rest of a batch.
"""

from pathlib import Path

from django.dispatch import receiver

from publication import files, outbox
from publication.models import PublicationAsset
from publication.signals import closed, published
from search import entries, reading
from search.engines import on_server
from search.models import FileText


@receiver(published, dispatch_uid="publication.search_effects.published")
def follow_publication(publication, submission, **about):
    document = submission.said
    if any(_ending(file["name"]) in reading.READERS for file in document.get("attachments") or ()):
        outbox.put("read_files", publication=publication.pk)
    if on_server() and not (publication.legacy and publication.supersedes_id is None):
        gone = [publication.supersedes_id] if publication.supersedes_id else []
        outbox.put("index_search", publications=[publication.pk, *gone])


@receiver(closed, dispatch_uid="publication.search_effects.closed")
def follow_closing(publication, **about):
    if on_server():
        outbox.put("index_search", publications=[publication.pk])


@outbox.register("index_search")
def index_search(payload):
    """What is open is indexed, what is not is dropped: safe to repeat, in whatever order."""
    entries.index(*payload["publications"])


@outbox.register("enter_search", slow=True)
def enter_search(payload):
    """Entries of older content, as far as it is still public: safe to repeat."""
    entries.enter(*payload["publications"])


@outbox.register("read_files", slow=True)
def read_files(payload):
    """Each file once for its digest; PostgreSQL then renews the entries that name it."""
    rows = PublicationAsset.objects.filter(publication_id=payload["publication"])
    for sha256, name in rows.values_list("sha256", "name"):
        ending = _ending(name)
        if ending not in reading.READERS or FileText.objects.filter(pk=sha256).exists():
            continue
        text, problem = _read(sha256, ending)
        FileText.objects.bulk_create(
            [FileText(sha256=sha256, text=text, problem=problem)], ignore_conflicts=True
        )
    if on_server():
        entries.index(payload["publication"])


def _read(sha256, ending) -> tuple[str, str]:
    try:
        with files.open_private(sha256) as file:
            return reading.words(Path(file.name), ending), ""
    except reading.Unreadable as problem:
        return "", str(problem)


def _ending(name) -> str:
    return name.rpartition(".")[2].lower()
