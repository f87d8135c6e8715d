"""What follows a publication outside the database: approved files come and go (Article 3)."""

from django.db import connection

from publication import files, outbox

LOCK = 20171026  # one at a time: a file must not be removed while another publication brings it


def _alone():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@outbox.register("release_files")
def release_files(payload):
    _alone()
    files.release_publication(payload["publication"])


@outbox.register("remove_files")
def remove_files(payload):
    _alone()
    files.remove_unreferenced(payload["files"])
