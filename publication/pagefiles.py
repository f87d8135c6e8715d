"""The cached pages as files beside memory, so that nginx serves them by `try_files` without asking the portal.

One process writes them, the one that holds the lock in their folder. Should it die, the system lets go of its lock,
and the next process that looks throws away what it left behind.
"""

import fcntl
import os
import shutil
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

DROPPED = "dropped-"
ENDINGS = (("", ""), ("gzip", ".gz"), ("br", ".br"))  # as nginx's gzip_static and brotli_static look for them


class PageFiles:
    def __init__(self, root: Path):
        self.root = Path(root)
        self.pages = self.root / "pages"
        self._lock = None

    @property
    def is_held(self) -> bool:
        return self._lock is not None

    def take(self) -> bool:
        """Become the one who writes, if nobody is; what an earlier one left is not trusted."""
        if self.is_held:
            return True
        self.root.mkdir(parents=True, exist_ok=True)
        lock = (self.root / "lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self._lock = lock
        self.clear()
        return True

    def write(self, path: str, page, body: bytes) -> None:
        """Whole or not at all. A disk that is full or refuses costs speed and no page."""
        if not self.is_held or not dict(page.headers).get("Content-Type", "").startswith("text/html"):
            return
        bodies = page.bodies | {"": body}
        try:
            for encoding, ending in reversed(ENDINGS):  # the plain one last: nginx looks for it first
                if encoding in bodies:
                    _write(self._file(path, ending), bodies[encoding])
        except OSError:
            self.remove(path)

    def remove(self, path: str) -> None:
        if self.is_held:
            for _encoding, ending in ENDINGS:
                with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                    self._file(path, ending).unlink()

    def clear(self) -> None:
        """Moved away at once, removed in peace."""
        if not self.is_held:
            return
        if self.pages.exists():
            self.pages.rename(Path(tempfile.mkdtemp(dir=self.root, prefix=DROPPED)) / "pages")
        self.pages.mkdir()
        threading.Thread(target=self._sweep, args=(list(self.root.glob(f"{DROPPED}*")),), daemon=True).start()

    @staticmethod
    def _sweep(folders) -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _file(self, path: str, ending: str) -> Path:
        return self.pages / f"{path.lstrip('/')}{'index.html' if path.endswith('/') else ''}{ending}"


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".")
    with os.fdopen(handle, "wb") as out:
        out.write(body)
    os.chmod(name, 0o644)  # what is public; nginx runs as another user
    os.replace(name, file)
