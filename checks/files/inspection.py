"""One inspection for every kind of file; which reader reads what is one table."""

from collections.abc import Callable
from dataclasses import dataclass, field

from checks.files.archives import Hostile
from checks.findings import Hit

MAX_TEXT = 500_000


@dataclass
class Inspection:
    """The words inside a file and what else is in it."""

    texts: list[str] = field(default_factory=list)
    hits: dict[str, Hit] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)[:MAX_TEXT]

    def say(self, *texts: str) -> None:
        self.texts.extend(text for text in texts if text and text.strip())

    def found(self, rule: str, message: str = "", level: str = "") -> None:
        """Once per rule and file."""
        self.hits.setdefault(rule, Hit(rule, message=message, identity=rule, level=level))

    def settle(self) -> "Inspection":
        if sum(map(len, self.texts)) > MAX_TEXT:
            self.found("file.partly")
        return self


def look(data: bytes, name: str) -> Inspection:
    """Never raises for what is in the file: a file that cannot be read is a finding."""
    inspection = Inspection()
    reader = readers().get(name.rsplit(".", 1)[-1].lower())
    if reader is None:
        return inspection
    try:
        reader(data, inspection)
    except Hostile as hostile:
        inspection.found("file.unreadable", str(hostile))
    except (
        ValueError,
        KeyError,
        IndexError,
        OSError,
        RecursionError,
        MemoryError,
        TypeError,
        AttributeError,
    ) as error:
        inspection.found("file.unreadable", f"文件结构异常，无法审读（{type(error).__name__}）。")
    return inspection.settle()


def readers() -> dict[str, Callable[[bytes, Inspection], None]]:
    from checks.files import ole, pdf, photos, plain, presentations, sheets, words

    return {
        "docx": words.read, "xlsx": sheets.read, "pptx": presentations.read, "ofd": plain.read_ofd,
        "doc": ole.read, "xls": ole.read, "ppt": ole.read, "wps": ole.read, "et": ole.read,
        "pdf": pdf.read, "txt": plain.read, "csv": plain.read, "vtt": plain.read,
        "jpg": photos.read, "jpeg": photos.read, "png": photos.read, "webp": photos.read, "gif": photos.read,
    }  # fmt: skip
