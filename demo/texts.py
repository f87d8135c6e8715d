"""Reads the demo's texts: one Markdown file a route, one item a top-level heading; what an older site had by subject.

Under the heading stand `name: value` lines up to the first empty line, then the body: paragraphs, `##` headings.
"""

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "texts"
#: Content of an older site, taken over as one batch (Article 25): a file for each part of the column tree.
LEGACY = FOLDER.with_name("legacy")
ROUTES = ("government", "department", "township", "reprint", "interactive", "emergency")
#: Lines that may stand several times.
LISTS = ("attach", "table")


@dataclass(frozen=True)
class ItemText:
    """One item of the demo: its words, its place, and the state it shall reach."""

    route: str
    title: str
    key: str
    unit: str
    column: str
    state: str
    summary: str
    paragraphs: tuple[str, ...]
    values: dict[str, str] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()

    @property
    def is_policy(self) -> bool:
        return self.values.get("type") == "policy"

    def get(self, name: str) -> str:
        return self.values.get(name, "")


def read_all() -> tuple[ItemText, ...]:
    """All items in the order of the files: the order in which they are made."""
    return tuple(item for path in _files(FOLDER) for item in read(path, path.stem.rpartition("_")[2]))


def read_legacy() -> tuple[ItemText, ...]:
    return tuple(item for path in _files(LEGACY) for item in read(path, LEGACY.name))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.md"))


def read(path: Path, route: str) -> list[ItemText]:
    chunks = ("\n" + path.read_text(encoding="utf-8")).split("\n# ")[1:]
    return [_item(route, chunk) for chunk in chunks]


def _item(route: str, chunk: str) -> ItemText:
    head, _, body = chunk.partition("\n\n")
    title, *lines = head.splitlines()
    values: dict[str, str] = {}
    lists: dict[str, list[str]] = {name: [] for name in LISTS}
    for line in lines:
        name, _, value = line.partition(": ")
        if name in LISTS:
            lists[name].append(value)
        else:
            values[name] = value
    return ItemText(
        route=route,
        title=title.strip(),
        paragraphs=_paragraphs(body),
        attachments=tuple(lists["attach"]),
        tables=tuple(lists["table"]),
        **{name: values.pop(name) for name in ("key", "unit", "column", "state", "summary")},
        values=values,
    )


def _paragraphs(body: str) -> tuple[str, ...]:
    """Blocks between empty lines; a heading may stand right above its paragraph."""
    blocks: list[str] = []
    for block in body.split("\n\n"):
        lines = [line for line in block.strip().splitlines() if line.strip()]
        if lines and lines[0].startswith("## "):
            blocks.append(lines.pop(0))
        if lines:
            blocks.append("\n".join(lines))
    return tuple(blocks)
