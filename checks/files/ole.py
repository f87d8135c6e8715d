"""Files of the binary generation (doc, xls, ppt, wps, et): streams are listed and read as text, never run ([MS-CFB])."""

import io
import re

import olefile

from checks import seals
from checks.files.archives import Hostile
from checks.files.inspection import Inspection
from checks.files.office import NOBODY

WIDE = re.compile("[\u0020-\u007e\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2018-\u201d\r\n\t★☆〔〕]{4,}")
CHINESE = re.compile("[\u4e00-\u9fff]")
TEXTS = {"WordDocument", "1Table", "0Table", "Workbook", "Book", "PowerPoint Document"}
MACROS = {"vba", "macros", "_vba_project_cur", "_vba_project"}
EMBEDDED = {"objectpool", "mbd"}
ENCRYPTED = {"encryptedpackage", "encryptioninfo"}
MAX_STREAM = 20 * 1024 * 1024


def read(data: bytes, inspection: Inspection) -> None:
    try:
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as file:
            streams(file, inspection)
            author(file, inspection)
    except Hostile:
        raise
    except (
        Exception
    ) as error:  # olefile raises what its parsing stumbles over; a broken file must not break us
        raise Hostile("broken", type(error).__name__) from error


def streams(file, inspection: Inspection) -> None:
    for path in file.listdir(streams=True, storages=True):
        lowered = {name.lower() for name in path}
        if lowered & ENCRYPTED:
            raise Hostile("encrypted")
        if lowered & MACROS:
            inspection.found("file.macro")
        if any(name.startswith(tuple(EMBEDDED)) for name in lowered) or "\x01ole10native" in lowered:
            inspection.found("file.embedded")
        if file.get_type(path) != olefile.STGTY_STREAM or file.get_size(path) > MAX_STREAM:
            continue
        content = file.openstream(path).read()
        if seals.find_in_bytes(content):
            inspection.found("debris.seal")
        if path[-1] in TEXTS:
            inspection.say(*words(content))


def words(content: bytes) -> list[str]:
    """Runs of Chinese in two-byte characters, whichever byte they begin at."""
    found = []
    for shift in (0, 1):
        text = content[shift:].decode("utf-16-le", errors="replace")
        found += [
            run
            for run in WIDE.findall(text)
            if len(CHINESE.findall(run)) * 2 >= len(run) or run.isascii() is False
        ]
    return [run.replace("\r", "\n") for run in found if CHINESE.search(run)]


def author(file, inspection: Inspection) -> None:
    properties = file.get_metadata()
    for value in (properties.author, properties.last_saved_by, properties.company, properties.manager):
        name = value.decode("gb18030", errors="replace") if isinstance(value, bytes) else str(value or "")
        if not NOBODY.match(name.strip("\0 ")):
            inspection.found("file.author")
