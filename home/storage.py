"""Private, append-only storage of originals and of the admin's thumbnails.

Wagtail deletes the old file when an image or document is replaced or removed
(images/forms.py, documents/forms.py, signal_handlers.py), before the database
can refuse. Article 3 wants every file under review and Article 19 wants what
was once approved kept, so this storage cannot forget: names carry the digest of
the content, nothing is overwritten and `delete` keeps the bytes.
"""

import hashlib
import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils.deconstruct import deconstructible

CHUNK = 1024 * 1024


def digest_of(content) -> str:
    """SHA-256 of a file object, read in pieces; its position is put back to the start."""
    content.seek(0)
    digest = hashlib.sha256()
    while piece := content.read(CHUNK):
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()


@deconstructible(path="home.storage.PrivateStorage")
class PrivateStorage(FileSystemStorage):
    """Files under PRIVATE_ROOT/library; no web server sees this folder."""

    @property
    def base_location(self):
        return os.path.join(settings.PRIVATE_ROOT, "library")

    @property
    def location(self):
        return os.path.abspath(self.base_location)

    def _save(self, name, content):
        folder, base = os.path.split(name)
        sha256 = digest_of(content)
        stored = (
            f"{folder}/{sha256[:2]}/{sha256[:32]}/{base}" if folder else f"{sha256[:2]}/{sha256[:32]}/{base}"
        )
        if self.exists(stored):
            return stored
        return super()._save(stored, content)

    def delete(self, name):
        """Keep the bytes: a row may go, what was uploaded stays."""

    def url(self, name):
        """Only the admin may show a private file, and only to those whose library it is in."""
        return reverse("portal_private_file", args=[name])


def private_storage():
    """Callable for model fields, so that migrations name no folder."""
    return PrivateStorage()
