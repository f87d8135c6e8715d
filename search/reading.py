"""Words of approved files (PDF, Word, Excel, text), so that a policy is found by what its attachment says.

Files come from outside the portal: each is read by a process of its own with limits on time, memory and length, so
that a hostile one costs a few seconds and nothing else. `python -m search.reading pdf < file` prints the words.
"""

import io
import re
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

SECONDS = 20
MEMORY = 1 << 30
MOST_BYTES = 50 * 1024 * 1024
MOST_CHARACTERS = 60_000
MOST_PAGES = 500
MOST_UNPACKED = 100 * 1024 * 1024

TAGS = re.compile(r"<[^>]*>")
PARAGRAPHS = re.compile(r"</w:p>|<w:br\b[^>]*>|<w:tab\b[^>]*>")


class Unreadable(Exception):
    """Why a file has no words for search; a code that is kept beside its digest."""


def words(path: Path, ending: str) -> str:
    """The words of a file, from a process of its own. Raises Unreadable."""
    if ending not in READERS:
        raise Unreadable("kind")
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable("too_large")
    command = [sys.executable, "-m", "search.reading", ending]
    try:
        with path.open("rb") as file:
            done = subprocess.run(
                command,
                stdin=file,
                capture_output=True,
                timeout=SECONDS,
                check=False,
                cwd=Path(__file__).resolve().parent.parent,
                env={"PYTHONIOENCODING": "utf-8"},  # no password of a database within its reach
            )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_slow") from None
    if done.returncode != 0:
        raise Unreadable("broken")
    return done.stdout.decode("utf-8", "replace").replace("\x00", " ")[:MOST_CHARACTERS]


# --- inside the process of its own ---


def _pdf(data: bytes):
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for number in range(min(len(document), MOST_PAGES)):
        # A line's end is no end of a word in Chinese.
        yield re.sub(
            r"(?<=[^\x00-\x7f])\s*\r?\n\s*(?=[^\x00-\x7f])",
            "",
            document[number].get_textpage().get_text_bounded(),
        )


def _docx(data: bytes):
    with _unpacked(data) as archive:
        text = archive.read("word/document.xml").decode("utf-8", "replace")
    yield _unescaped(TAGS.sub("", PARAGRAPHS.sub(" ", text)))


def _xlsx(data: bytes):
    import openpyxl

    with _unpacked(data):
        pass
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield " ".join(str(cell) for cell in row if cell is not None)


def _txt(data: bytes):
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            yield data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return


def _unpacked(data: bytes) -> zipfile.ZipFile:
    """An archive whose contents are no bomb."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
        raise Unreadable("too_large")
    return archive


def _unescaped(text: str) -> str:
    from html import unescape

    return unescape(text)


READERS = {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx, "txt": _txt, "csv": _txt}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    left = MOST_CHARACTERS
    for piece in READERS[sys.argv[1]](sys.stdin.buffer.read(MOST_BYTES)):
        sys.stdout.buffer.write(piece[:left].encode("utf-8", "replace") + b"\n")
        left -= len(piece)
        if left <= 0:
            return


if __name__ == "__main__":
    main()
