"""Rendered public pages, dropped exactly when something that they show has changed.

One cache for each process, in memory. Nothing is shared between processes: each follows the database by itself
(publication/following.py) and so can answer for what it holds. A page is kept only if none of its tags changed after
its drawing began, so a page drawn from what a withdrawal is just taking away is never kept.
"""

import gzip
import hashlib
import re
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import brotli

MEMORY = 256 * 1024 * 1024  # bytes of pages that a process keeps
SMALLEST = 512  # bytes; less is not worth compressing
REMEMBERED = 1_000  # changes against which a page just drawn is checked
STRIPES = 256
OWN_HEADERS = {"etag", "content-length", "vary"}
REFUSED = re.compile(r"\s*q=0(\.0*)?\s*")

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """A page ready to send. Only compressed bodies are kept; who takes neither gets it unpacked."""

    etag: str
    headers: Headers
    tags: frozenset[str]
    bodies: dict[str, bytes]
    answers: dict[str, Headers] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 2_000  # about what headers and tags take

    def answer(self, accepted: str) -> tuple[Headers, bytes, str]:
        """Headers, body and ETag for a client with this Accept-Encoding."""
        takes = encodings(accepted)
        encoding = next((name for name in self.bodies if name in takes), "")
        if encoding:
            return self.answers[encoding], self.bodies[encoding], tagged(self.etag, encoding)
        body = gzip.decompress(self.bodies["gzip"]) if "gzip" in self.bodies else self.bodies[""]
        return headers_of(self.headers, self.etag, "", len(body)), body, tagged(self.etag, "")


@lru_cache(256)
def encodings(accepted: str) -> frozenset[str]:
    parts = (part.partition(";") for part in accepted.lower().split(","))
    return frozenset(name.strip() for name, _semicolon, weight in parts if not REFUSED.fullmatch(weight))


def page_of(body: bytes, headers: Headers, tags: Iterable[str]) -> Page:
    packed = len(body) >= SMALLEST
    bodies = (
        {"br": brotli.compress(body, quality=5), "gzip": gzip.compress(body, 6, mtime=0)} if packed else {}
    )
    bodies = bodies or {"": body}
    own = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
    etag = hashlib.sha256(body).hexdigest()[:24]
    answers = {name: headers_of(own, etag, name, len(packed)) for name, packed in bodies.items()}
    return Page(etag, own, frozenset(tags), bodies, answers)


def headers_of(headers: Headers, etag: str, encoding: str, length: int) -> Headers:
    """Each encoding is a representation with an ETag of its own (RFC 9110, 8.8.3)."""
    coded = [("Content-Encoding", encoding)] if encoding else []
    own = [("ETag", tagged(etag, encoding)), ("Vary", "Accept-Encoding"), ("Content-Length", str(length))]
    return [*headers, *coded, *own]


def tagged(etag: str, encoding: str) -> str:
    return f'"{etag}-{encoding}"' if encoding else f'"{etag}"'


class PageCache:
    def __init__(self, memory: int = MEMORY, files=None):
        self.memory = memory
        self.files = files
        self._pages: dict[str, Page] = {}
        self._shown: dict[str, set[str]] = {}
        self._size = 0
        self._changes: deque[frozenset[str]] = deque(maxlen=REMEMBERED)
        self._heard = 0  # changes heard of since the process began
        self._lock = threading.Lock()
        self._drawing = [threading.Lock() for _ in range(STRIPES)]

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: str) -> Page | None:
        return self._pages.get(key)

    def alone(self, key: str) -> threading.Lock:
        """Held while a page is drawn, so that a crowd before a missing page draws it once."""
        return self._drawing[hash(key) % STRIPES]

    @property
    def moment(self) -> int:
        """To be noted before a page is drawn, and handed to `keep`."""
        return self._heard

    def keep(self, key: str, page: Page, since: int, body: bytes) -> bool:
        """Unless one of its tags has changed since; what changes from now on will drop it."""
        with self._lock:
            missed = self._heard - since
            if not page.tags or missed > len(self._changes):
                return False
            if any(page.tags & self._changes[-number] for number in range(1, missed + 1)):
                return False
            self._forget(key)
            self._pages[key] = page
            self._size += page.size
            for tag in page.tags:
                self._shown.setdefault(tag, set()).add(key)
            if self.files:
                self.files.write(key, page, body)
            while self._size > self.memory and len(self._pages) > 1:
                self._forget(next(iter(self._pages)))
            return True

    def drop(self, tags: Iterable[str]) -> int:
        """What shows one of these things goes; how many pages."""
        with self._lock:
            changed = frozenset(tags)
            self._changes.append(changed)
            self._heard += 1
            doomed = {key for tag in changed for key in self._shown.get(tag, ())}
            for key in doomed:
                self._forget(key)
            return len(doomed)

    def clear(self) -> None:
        """Everything, and what is being drawn at this moment is not kept either."""
        with self._lock:
            self._pages.clear()
            self._shown.clear()
            self._size = 0
            self._changes.clear()
            self._heard += 1
            if self.files:
                self.files.clear()

    def _forget(self, key: str) -> None:
        page = self._pages.pop(key, None)
        if page is None:
            return
        self._size -= page.size
        for tag in page.tags:
            keys = self._shown[tag]
            keys.discard(key)
            if not keys:
                del self._shown[tag]
        if self.files:
            self.files.remove(key)
