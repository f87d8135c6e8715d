"""Files by digest: a private store that never forgets, a public store that holds only what is public.

Private: everything a submission names, kept under its SHA-256 for good (Article 19). Public: what open
publications name, copied after the commit and removed when the last of them ends (Article 3). A web server
may serve the public store; no web server ever sees the private one.
"""

import hashlib
import mimetypes
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import IntegrityError, transaction

from publication.models import PublicationAsset, StoredFile

CHUNK = 1024 * 1024
URL_PREFIX = "/files/"
SHA256 = re.compile(r"[0-9a-f]{64}")
UNSAFE = re.compile(r"[^\w.\-]+", re.UNICODE)


def safe_name(name: str) -> str:
    """The last part of a file's name, without anything a path or a URL could stumble over."""
    return UNSAFE.sub("_", os.path.basename(name.replace("\\", "/"))).lstrip(".")[-120:] or "file"


# --- the private store ---


def store(file, name: str) -> StoredFile:
    """Keep the bytes of an open file object; the same bytes are kept once. Returns the row that finds them."""
    sha256, size, temporary = _copy_in(file, _private_root())
    relative = f"{sha256[:2]}/{sha256}"
    _settle(temporary, _private_root() / relative)
    known = StoredFile.objects.filter(pk=sha256).first()
    if known is not None:
        return known
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                sha256=sha256, size=size, content_type=content_type, path=relative
            )
    except IntegrityError:  # another process kept the same bytes a moment ago
        return StoredFile.objects.get(pk=sha256)


def open_private(sha256: str):
    """The stored bytes, for those who may see them. Raises FileNotFoundError."""
    if not SHA256.fullmatch(sha256):
        raise FileNotFoundError(sha256)
    return (_private_root() / sha256[:2] / sha256).open("rb")


def destroy(sha256: str) -> bool:
    """Remove the bytes for good; the row stays and says that there was such a file. Only a lawful destruction asks
    for it (Article 13): everything else is kept. Returns whether there was something to remove.
    """
    if not SHA256.fullmatch(sha256):
        raise ValueError(sha256)
    place = _private_root() / sha256[:2] / sha256
    if not place.exists():
        return False
    overwrite(place)
    place.unlink()
    return True


def overwrite(place: Path) -> None:
    """Zeros over the bytes before the name goes, so that they do not lie about on the disk."""
    left = place.stat().st_size
    with place.open("r+b", buffering=0) as file:
        while left > 0:
            left -= file.write(bytes(min(left, CHUNK)))
        os.fsync(file.fileno())


def _private_root() -> Path:
    return Path(settings.PRIVATE_ROOT) / "objects"


def _copy_in(source, folder: Path) -> tuple[str, int, Path]:
    """Copy to a temporary file beside its place, hashing on the way."""
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    if hasattr(source, "seek"):
        source.seek(0)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as target:
        while piece := source.read(CHUNK):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), size, Path(target.name)


def _settle(temporary: Path, place: Path, mode: int = 0o640) -> None:
    """Put a finished file in its place in one step; a half-written one is never seen."""
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary.chmod(mode)
    os.replace(temporary, place)


# --- the public store ---


def public_path(sha256: str, name: str) -> Path:
    return Path(settings.PUBLIC_STORE_ROOT) / "files" / sha256[:2] / sha256 / safe_name(name)


def public_url(sha256: str, name: str) -> str:
    """Where the public fetches the file; the digest makes it good for ever, the name makes it readable."""
    return f"{URL_PREFIX}{sha256[:2]}/{sha256}/{quote(safe_name(name))}"


def release(sha256: str, name: str) -> Path:
    """Copy one approved file out; safe to repeat. The bytes are checked against the digest on the way.

    Raises ValueError when the private store does not hold what was approved.
    """
    place = public_path(sha256, name)
    if place.exists():
        return place
    root = Path(settings.PUBLIC_STORE_ROOT)
    with open_private(sha256) as source:
        found, _size, temporary = _copy_in(source, root)
    if found != sha256:
        temporary.unlink()
        raise ValueError(f"The private store does not hold {sha256}.")
    _settle(temporary, place, mode=0o644)
    return place


def release_publication(publication_id: int) -> int:
    """Copy out whatever this publication names, if it is still open."""
    rows = PublicationAsset.objects.filter(publication_id=publication_id, publication__ended_at__isnull=True)
    named = list(rows.values_list("sha256", "name"))
    for sha256, name in named:
        release(sha256, name)
    return len(named)


def remove_unreferenced(candidates) -> int:
    """Of these (sha256, name), remove from the public store what no open publication names."""
    removed = 0
    for sha256, name in candidates:
        if is_public(sha256, name):
            continue
        place = public_path(sha256, name)
        if place.exists():
            place.unlink()
            removed += 1
        _drop_empty(place.parent)
    return removed


def is_public(sha256: str, name: str) -> bool:
    rows = PublicationAsset.objects.filter(sha256=sha256, publication__ended_at__isnull=True)
    return any(safe_name(known) == safe_name(name) for known in rows.values_list("name", flat=True))


def _drop_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return  # another name of the same bytes is still public, or the folder is gone already
