"""What `manage.py verify` says, and a publication with a file for it to look at."""

import io
import re

from django.core.management import call_command

from publication import files, outbox
from tests import publication_world as world


def with_a_file(made):
    """In a column, with a file in the public store, beside another one."""
    stored = files.store(io.BytesIO(b"%PDF-1.4 attachment"), "附件.pdf")
    asset = {
        "sha256": stored.sha256,
        "name": "附件.pdf",
        "content_type": "application/pdf",
        "size": stored.size,
    }
    column = world.column(made)
    world.public(made, world.document(made, column=str(column.object_id)))
    publication = world.public(made, world.document(made, column=str(column.object_id), assets=[asset]))
    outbox.replay()
    return publication


def verify():
    """The lines, and whether it ended with 1."""
    out, failed = io.StringIO(), False
    try:
        call_command("verify", stdout=out)
    except SystemExit as error:
        failed = error.code == 1
    lines = out.getvalue().splitlines()
    last = re.fullmatch(
        r"verified: (\d+) publications, (\d+) register entries, (\d+) files, (\d+) offenders", lines[-1]
    )
    assert last and int(last[4]) == len(lines) - 1
    assert failed == (int(last[4]) > 0)
    return lines[:-1]


def names(lines, *parts):
    return any(all(str(part) in line for part in parts) for line in lines)
